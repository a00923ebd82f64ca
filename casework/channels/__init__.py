"""Ways out of the house for a notice: e-mail and SMS, behind one port. What is sent, and when, `actions.send` knows."""

from casework.channels.port import Away, Channel, Letter, NotTaken, Rejected, Unanswered, available, opened

__all__ = ["Away", "Channel", "Letter", "NotTaken", "Rejected", "Unanswered", "available", "opened"]
