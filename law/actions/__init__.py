"""What changes the law kept here: the tables of the house, imported texts, a year's holiday notice."""

from .calendar import CalendarError, import_calendar
from .tables import load_law
from .texts import FileReport, import_laws

__all__ = ["CalendarError", "FileReport", "import_calendar", "import_laws", "load_law"]
