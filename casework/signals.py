"""Signals sent inside the transaction of an act. Chapters meet over these, never over one another."""

from django.dispatch import Signal

act_taken = Signal()  # case, act, papers
decision_issued = Signal()  # decision
document_published = Signal()  # document
paper_ordered = Signal()  # after commit: papers wait to be rendered and sealed
file_arrived = Signal()  # after commit: a file is held and waits to be looked into
notices_written = Signal()  # after commit: notices wait to be sent
messages_written = Signal()  # after commit: messages wait to leave for another system
messages_arrived = Signal()  # after commit: messages of another system wait to be taken in
