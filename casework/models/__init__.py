"""What a case is, for every chapter: one table each, so that there is one queue, one time-line, one audit trail."""

from casework.models.act import Act, ActLane
from casework.models.case import Case, Draft, Participant, Series
from casework.models.clock import Deadline, Suspension
from casework.models.count import Count
from casework.models.issue import Decision, Document
from casework.models.message import Message, Notice
from casework.models.search import SearchEntry
from casework.models.upload import Upload
from casework.models.view import SavedView

__all__ = [
    "Act",
    "ActLane",
    "Case",
    "Count",
    "Deadline",
    "Decision",
    "Document",
    "Draft",
    "Message",
    "Notice",
    "Participant",
    "SavedView",
    "SearchEntry",
    "Series",
    "Suspension",
    "Upload",
]
