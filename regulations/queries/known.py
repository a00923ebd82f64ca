"""What the kernel is told of the chapter's procedures: values for rules, summaries, options, and their own pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from casework.models import Case
from regulations.procedures.cleanup import CLEANUP
from regulations.procedures.document import DOCUMENT
from regulations.queries import cleanup, filing, making, suggestions, validity

Asked = Callable[[Case | None, Mapping[str, Any], datetime], dict[str, Any]]
_MODULES = (making, filing, validity)
_KNOWN: dict[str, Asked] = {
    **{module.PROCEDURE: module.known for module in (*_MODULES, suggestions, cleanup)},
    cleanup.ITEM: cleanup.known,
}
_SUMMARIES: dict[str, Callable[[Case], list[tuple[str, str]]]] = {
    module.PROCEDURE: module.summary for module in _MODULES
}
_SUMMARIES[cleanup.PROCEDURE] = cleanup.summary
_KNOWN[filing.CONGRESS], _SUMMARIES[filing.CONGRESS] = filing.known, filing.congress_summary
CHOICES: dict[str, Callable[[Case, date], list[tuple[str, str]]]] = {
    "organs": making.organs,
    "articles": making.articles,
    "prohibitions": filing.prohibitions,
    "successors": validity.choices,
    "clauses": validity.clauses,
    "suspended_clauses": validity.suspended_clauses,
    "makers": cleanup.makers,
    "documents_left": cleanup.documents_left,
}
_REVIEWED = ("pass_legality_review", "pass_with_changes", "fail_legality_review", "return_materials")
_PACKED = (
    "submit_filing", "register", "ask_supplement", "record_no_problem", "issue_correction_opinion", "issue_opinion",
    "close_without_problem",
)  # fmt: skip
PAGES = {(making.PROCEDURE, "form_text"): "regulations:write"}
AIDS = {
    **{
        (making.PROCEDURE, row.name): ("文件各稿和对照", "regulations:texts")
        for row in DOCUMENT.steps
        if not row.opening
    },
    **{(making.PROCEDURE, step): ("审核清单和系统标出的条款", "regulations:review") for step in _REVIEWED},
    **{
        (cleanup.PROCEDURE, row.name): ("逐件意见和办理进度", "regulations:cleanup")
        for row in CLEANUP.steps
        if not row.opening
    },
    (making.PROCEDURE, "publish_feedback"): ("逐条答复意见", "regulations:answers"),
    **{
        (procedure, step): ("备案材料和可疑条款", "regulations:filing-materials")
        for procedure in (filing.PROCEDURE, filing.CONGRESS)
        for step in _PACKED
    },
}


def known(case: Case | None, facts: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    """Plain values for `regulations.rules`."""
    asked = _KNOWN.get(case.procedure) if case else None
    return asked(case, facts, at) if asked else {}


def summary(case: Case) -> list[tuple[str, str]]:
    """What a case is about, in a few lines of its page."""
    told = _SUMMARIES.get(case.procedure)
    return told(case) if told else []
