"""Clean-ups: which documents one takes in, what was said of each, and what the gates look at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import Organisation
from casework.models import Act, Case, Deadline
from law.models import Relation
from regulations.models import NormativeDocument
from regulations.queries.about import document_of
from regulations.rules.cleanup import LAUNCHING, PROPOSALS

PROCEDURE, ITEM = "regulations.cleanup", "regulations.cleanup_item"
MOST = 200  # documents of one clean-up: all of them are opened, and ended, with one act
OUTCOMES = {
    "propose_keep": "继续有效", "propose_amend": "修改", "propose_repeal": "废止", "propose_lapse": "宣布失效",
}  # fmt: skip
RESTS = (Relation.Kind.BASED_ON, Relation.Kind.IMPLEMENTS)


@dataclass(frozen=True, slots=True)
class Line:
    """One document of a clean-up: its case, and the proposal that stands."""

    case: Case
    document: NormativeDocument
    step: str = ""

    @property
    def outcome(self) -> str:
        return OUTCOMES.get(self.step, "没有提出意见")


def in_force(on: date) -> QuerySet[NormativeDocument]:
    """The documents of the district that apply on a day or will: what was published and has not ended."""
    found = NormativeDocument.objects.filter(organ__isnull=False, published_on__lte=on)
    return found.filter(
        Q(valid_until=None) | Q(valid_until__gte=on), Q(ended_on=None) | Q(ended_on__gte=on)
    ).select_related("organ")


def scope(facts: Mapping[str, Any], on: date) -> QuerySet[NormativeDocument]:
    """What a clean-up would take in, by the facts of its launch; the oldest first."""
    found = in_force(on)
    if facts.get("organs"):
        found = found.filter(organ__code__in=facts["organs"])
    if facts.get("before"):
        found = found.filter(published_on__lt=facts["before"])
    if facts.get("law"):
        resting = Relation.objects.filter(kind__in=RESTS, target_family=family(str(facts["law"])))
        found = found.filter(versions__text__in=resting.values("source")).distinct()
    return found.order_by("published_on", "pk")


def family(name: str) -> str:
    """The name that all versions of a law share."""
    return name.strip().strip("《》").removeprefix("中华人民共和国")


def makers(case: Case | None, on: date) -> list[tuple[str, str]]:
    """The organs that have documents in force."""
    held = in_force(on).order_by().values("organ")
    return list(Organisation.objects.filter(pk__in=held).order_by("code").values_list("code", "name"))


def documents_left(case: Case, on: date) -> list[tuple[str, str]]:
    """Documents in force that the clean-up has not taken in yet."""
    listed = [each.matter.removeprefix("document:") for each in case.children.filter(procedure=ITEM)]
    left = in_force(on).exclude(pk__in=[int(key) for key in listed if key.isdecimal()]).order_by("-published_on", "-pk")
    return [(str(each.pk), f"{each.title}（{each.number}）") for each in left[:500]]


def known(case: Case | None, facts: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    """Plain values for `regulations.rules.cleanup`; what costs a query is asked only when a rule looks at it."""
    if case is None:
        return {}
    on = timezone.localdate(at)
    return {
        "scope": lambda: list(scope(facts, on).values_list("pk", flat=True)[: MOST + 1]),
        "most": MOST,
        "standing": lambda: found.standing(on) if (found := document_of(case)) else "",
    }


def lines(case: Case) -> list[Line]:
    """Every document of a clean-up in the order in which it was listed. Three queries."""
    children = list(case.children.filter(procedure=ITEM).order_by("pk"))
    said: dict[int, Act] = {}
    for act in Act.objects.filter(case__in=children, step__in=PROPOSALS).order_by("seq"):
        said[act.case_id] = act
    keys = {each.pk: each.matter.removeprefix("document:") for each in children}
    documents = NormativeDocument.objects.select_related("organ").in_bulk([int(key) for key in keys.values()])
    found = []
    for child in children:
        last = said.get(child.pk) if child.state != "to_assess" else None
        found.append(Line(child, documents[int(keys[child.pk])], last.step if last else ""))
    return found


def sorted_out(rows: Iterable[Line]) -> dict[str, list[str]]:
    """The lists of a result: names of documents by outcome, what was left out under an empty name."""
    found: dict[str, list[str]] = {step: [] for step in (*OUTCOMES, "")}
    for row in rows:
        if row.case.state != "removed":
            found[row.step].append(f"《{row.document.title}》（{row.document.number}）")
    return found


def launch_of(case: Case) -> Act:
    """The act by which a clean-up was launched."""
    return case.acts.filter(step__in=LAUNCHING).earliest("seq")


def next_due(on: date) -> Deadline | None:
    """The clock of two years that runs since the last regular clean-up."""
    found = Deadline.objects.filter(key="gfxwj_cleanup_cycle", owner="organ", case__procedure=PROCEDURE)
    return found.order_by("-triggered_at").first()
