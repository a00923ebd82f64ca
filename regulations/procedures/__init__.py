"""The procedures of this chapter: tables and nothing else."""

from casework.procedure import Procedure
from regulations.procedures.annual_catalogue import ANNUAL_CATALOGUE
from regulations.procedures.cleanup import CLEANUP
from regulations.procedures.cleanup_item import CLEANUP_ITEM
from regulations.procedures.document import DOCUMENT
from regulations.procedures.filing import FILING
from regulations.procedures.filing_congress import FILING_CONGRESS
from regulations.procedures.plan import PLAN
from regulations.procedures.review_suggestion import REVIEW_SUGGESTION
from regulations.procedures.validity import VALIDITY

PROCEDURES: tuple[Procedure, ...] = (
    PLAN,
    DOCUMENT,
    FILING,
    FILING_CONGRESS,
    ANNUAL_CATALOGUE,
    REVIEW_SUGGESTION,
    CLEANUP,
    CLEANUP_ITEM,
    VALIDITY,
)
