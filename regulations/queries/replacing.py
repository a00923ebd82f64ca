"""Which documents a new one takes the place of: stated with the proposal or the plan, ended when it takes effect."""

from __future__ import annotations

from datetime import date

from casework.models import Act, Case
from regulations.models import NormativeDocument
from regulations.queries.cleanup import in_force
from regulations.rules.names import normal_number

STATED = ("propose_project", "include_in_plan", "add_out_of_plan")


def numbers(words: object) -> list[str]:
    """The numbers that somebody wrote, one on each line."""
    return list(dict.fromkeys(number for line in str(words or "").splitlines() if (number := normal_number(line))))


def stated(case: Case) -> list[str]:
    """The numbers that the proposal and the plan state. One query."""
    said = Act.objects.filter(case=case, step__in=STATED).order_by("seq").values_list("facts", flat=True)
    return list(dict.fromkeys(number for facts in said for number in numbers(facts.get("replaces"))))


def unfound(words: object, on: date) -> list[str]:
    """The numbers under which no document of the district is in force."""
    wanted = numbers(words)
    found = set(in_force(on).filter(number__in=wanted).values_list("number", flat=True)) if wanted else set()
    return [number for number in wanted if number not in found]


def replaced(case: Case, on: date) -> list[NormativeDocument]:
    """The documents, still in force, that the document of a case takes the place of."""
    wanted = stated(case)
    return list(in_force(on).filter(number__in=wanted, ended="").defer("words").order_by("pk")) if wanted else []


def foreign(case: Case, on: date) -> list[str]:
    """Those of them that this maker may not end: the government ends any organ's, an organ only its own."""
    makers = case.participants.filter(role="maker", until=None, organisation__isnull=False).select_related(
        "organisation"
    )
    organs = {part.organisation for part in makers if part.organisation}
    if any(organ.kind == "district_government" for organ in organs):
        return []
    return [str(one) for one in replaced(case, on) if one.organ not in organs]
