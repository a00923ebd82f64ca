"""What a case is, for every chapter: one table each, so that there is one queue, one time-line, one audit trail."""

from casework.models.act import Act, ActLane
from casework.models.case import Case, Draft, Participant, Series
from casework.models.clock import Deadline, Suspension
from casework.models.issue import Decision, Document
from casework.models.message import Message, Notice
from casework.models.view import SavedView

__all__ = [
    "Act",
    "ActLane",
    "Case",
    "Deadline",
    "Decision",
    "Document",
    "Draft",
    "Message",
    "Notice",
    "Participant",
    "SavedView",
    "Series",
    "Suspension",
]
