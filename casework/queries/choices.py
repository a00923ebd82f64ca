"""The options of a step's questions that depend on the case: the organ's officers, the chapter's own lists."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from accounts import queries as people
from casework import registry
from casework.models import Case
from casework.procedure import Step

Options = list[tuple[str, str]]


def officers(case: Case, on: date) -> Options:
    """Case officers and section heads of the responsible organ who need not keep out of the case."""
    away = people.recused_users(f"case:{case.pk}") if case.pk else set()
    found = {
        user.pk: user for role in ("case_officer", "section_head") for user in people.holders(role, case.organ, on)
    }
    return [(str(pk), user.display_name) for pk, user in found.items() if pk not in away]


def verifiers(case: Case, on: date) -> Options:
    """The officers whom the case names as verifiers."""
    named = case.participants.filter(role="verifier", until=None).select_related("user").order_by("pk")
    return [(str(part.user_id), part.user.display_name) for part in named if part.user]


KERNEL: dict[str, Callable[[Case, date], Options]] = {"officers": officers, "verifiers": verifiers}


def choices_for(case: Case, row: Step, on: date) -> dict[str, Options]:
    """Options by the question's name, for the questions of a row that name a source."""
    chapter = registry.chapter_of(case.procedure).choices
    return {ask.name: {**KERNEL, **chapter}[ask.source](case, on) for ask in row.asks if ask.source}
