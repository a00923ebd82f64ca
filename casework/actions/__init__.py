"""The only room that writes. `take` moves a case, `open_case` begins one; nothing else does."""

from casework.actions.settle import settle
from casework.actions.take import Offer, open_case, take

__all__ = ["Offer", "open_case", "settle", "take"]
