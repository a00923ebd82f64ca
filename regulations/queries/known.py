"""What the kernel is told of the chapter's procedures: values for rules, summaries, options, and their own pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from casework.models import Case
from regulations.procedures.cleanup import CLEANUP
from regulations.procedures.document import DOCUMENT
from regulations.queries import annual, cleanup, filing, hearings, making, plan, suggestions, validity

Asked = Callable[[Case | None, Mapping[str, Any], datetime], dict[str, Any]]
_MODULES = (making, filing, validity, annual)
_KNOWN: dict[str, Asked] = {
    **{module.PROCEDURE: module.known for module in (*_MODULES, suggestions, cleanup)},
    cleanup.ITEM: cleanup.known,
    making.PLAN: plan.known,
}
_SUMMARIES: dict[str, Callable[[Case], list[tuple[str, str]]]] = {
    module.PROCEDURE: module.summary for module in _MODULES
}
_SUMMARIES |= {
    cleanup.PROCEDURE: cleanup.summary, cleanup.ITEM: cleanup.item_summary, suggestions.PROCEDURE: suggestions.summary,
}  # fmt: skip
_SUMMARIES[making.PLAN] = plan.summary
_KNOWN[filing.CONGRESS], _SUMMARIES[filing.CONGRESS] = filing.known, filing.congress_summary
CHOICES: dict[str, Callable[[Case, date], list[tuple[str, str]]]] = {
    "organs": making.organs,
    "articles": making.articles,
    "registered": hearings.choices,
    "plan_years": plan.choices,
    "successors": validity.choices,
    "clauses": validity.clauses,
    "suspended_clauses": validity.suspended_clauses,
    "makers": cleanup.makers,
    "subjects": cleanup.subjects,
    "documents_left": cleanup.documents_left,
    "reviewed_document": suggestions.reviewed_document,
}
_REVIEWED = ("pass_legality_review", "pass_with_changes", "fail_legality_review", "return_materials")
_HEARD = ("choose_participants", "hold_hearing", "cancel_hearing")
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
    **{(making.PROCEDURE, step): ("听证报名情况", "regulations:registrations") for step in _HEARD},
    **{
        (procedure, step): ("备案材料和逐项审查", "regulations:filing-materials")
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
