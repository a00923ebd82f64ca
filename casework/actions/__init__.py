"""The only room that writes: `take` moves a case, `open_case` begins one, `settle` does what the law does."""

from casework.actions.perform import Offer, settle
from casework.actions.take import open_case, take

__all__ = ["Offer", "open_case", "settle", "take"]
