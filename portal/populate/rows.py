"""The rows of the procedure and the published items, boiled down once to what the load writes again and again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from accounts.models import Organisation, Party
from approvals.actions.effects import GRANTING
from approvals.models import LicensingItem
from approvals.queries import questions
from casework import registry
from casework.actions.issue import remedy_of
from casework.models import Case
from casework.office import OFFICE_STEPS
from casework.procedure import Procedure, Step
from law.periods import add_months
from portal.populate.paths import LEGAL, VISIT
from portal.populate.people import Office
from portal.populate.record import as_jsonb, told
from portal.populate.sheet import plain

# Of several that may take a step, who does.
PREFERRED = ("citizen", "the_law", "case_officer", "section_head", "head_of_organ", "departmental_legal_unit")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table with the texts that every act of it has."""

    step: Step
    words: tuple[str, ...]
    role: str
    papers: tuple[tuple[str, str, str], ...]  # code, word of its number, title
    public: bool
    tells_applicant: bool
    tells_officer: bool


def rows_of(table: Procedure) -> dict[str, Row]:
    every = {**OFFICE_STEPS, **{row.name: row for row in table.steps}}
    return {name: _row(row) for name, row in every.items()}


def _row(row: Step) -> Row:
    attested = [gate.words for gate in row.needs if gate.attested]
    role = next((role for role in PREFERRED if role in row.by), row.by[0])
    kinds = [kind for code in row.gives if (kind := registry.paper(code))]
    papers = tuple((kind.code, kind.word, kind.printed_title({})) for kind in kinds)
    return Row(
        row, told(row.name, row.label, attested, "；".join(map(str, row.under))), role, papers, row.name in GRANTING,
        "applicant" in row.tells, "case_officer" in row.tells,
    )  # fmt: skip


@dataclass(slots=True)
class Matter:
    """One item with its office: what differs between the cases of one item and those of another."""

    item: LicensingItem
    office: Office
    point: int
    materials: list[tuple[str, str]]
    code: str = ""
    title: str = ""
    answers: dict[str, Any] = field(default_factory=dict)

    def way(self, way: str) -> list[str]:
        """The steps of a way for this item."""
        return way.format(
            visit=VISIT if self.item.site_visit else "",
            legal=LEGAL if self.item.major else "",
            extended="extend" if self.item.limit_key == "xk_decide" else "",
            abandoned="abandon_without_correction" if self.item.market_regulation else "withdraw",
        ).split()

    def valid_to(self, day: date) -> date | None:
        months = self.item.validity_months
        return add_months(day, months) if months else None


def remedies_of(organ: Organisation, rows: Iterable[Row], years: Iterable[int]) -> dict[tuple[str, bool, int], str]:
    """What the decisions of an organ told about remedies at the beginning of each year."""
    kinds = {row.papers[0][0]: registry.papers()[row.papers[0][0]] for row in rows if row.step.decides}
    found = {}
    for year in years:
        for code, kind in kinds.items():
            for natural in (True, False):
                party = Party(kind=Party.Kind.NATURAL if natural else Party.Kind.LEGAL)
                text = remedy_of(kind, Case(organ=organ, applicant=party), date(year, 1, 1))
                found[code, natural, year] = plain(as_jsonb({"code": kind.remedy, "text": text}))
    return found


def matter_of(item: LicensingItem, office: Office) -> Matter:
    points = sorted(item.points.all(), key=lambda each: each.pk)
    materials = [(each.code, plain(f"{each.name}.pdf")) for each in item.materials.all() if each.asked]
    matter = Matter(item, office, points[0].point_id, materials)
    matter.code, matter.title = plain(item.code), plain(item.name)
    matter.answers = {ask.name: _answer(ask) for ask in questions.asks(item)}
    return matter


def _answer(ask: Any) -> Any:
    if ask.kind == "choice":
        return ask.choices[0][0]
    if ask.kind == "many":
        return [value for value, _ in ask.choices[: max(ask.at_least, 1)]]
    samples = {"text": "与实际情况一致。（示例）", "date": "2026-12-01", "money": "3000000.00", "yes": True}
    return samples.get(ask.kind, max(ask.at_least, 12) if ask.kind == "number" else f"示例{ask.label}"[:40])
