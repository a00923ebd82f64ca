"""The statute-book, the time limits and thresholds, and the calendar."""

from .days import CalendarDay, PublishedYear, Stamp
from .rules import Threshold, TimeLimit
from .texts import LegalText, Provision, Relation, SuspendedProvision

__all__ = [
    "CalendarDay",
    "LegalText",
    "Provision",
    "PublishedYear",
    "Relation",
    "Stamp",
    "SuspendedProvision",
    "Threshold",
    "TimeLimit",
]
