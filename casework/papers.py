"""What the papers of many chapters say alike. Plain data, read from the case and the act that gives the paper."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.utils import timezone

from accounts.models import Organisation, Seat
from casework.models import Act, Case
from law.wording import day_zh, instant_zh

Context = Mapping[str, Any]
Of = TypeVar("Of")


@dataclass(frozen=True)
class File:
    """A case and the act that gives the paper. Chapters add what their cases are about."""

    case: Case
    act: Act

    @property
    def on(self) -> date:
        return timezone.localdate(self.act.at)

    @property
    def today(self) -> str:
        return day_zh(self.on)

    @property
    def moment(self) -> str:
        return instant_zh(timezone.localtime(self.act.at))

    @property
    def facts(self) -> Mapping[str, Any]:
        """What the paper says: what was stated with the act."""
        return self.act.facts

    def fact(self, name: str) -> str:
        return str(self.facts.get(name) or "")

    def lines(self, name: str) -> list[str]:
        return lines(self.fact(name))

    def said(self, *names: str) -> dict[str, list[str]]:
        """Facts as elements of the paper, under their own names."""
        return {name: self.lines(name) for name in names}

    def day(self, name: str) -> str:
        said = self.fact(name)
        return day_zh(date.fromisoformat(said)) if said else ""

    def last(self, *steps: str) -> Act | None:
        return Act.objects.filter(case=self.case, step__in=steps).order_by("-seq").first()

    def acting(self) -> Organisation:
        """The organ in whose name the actor acted."""
        organ = self.act.organisation
        if organ is None:
            return self.case.organ
        return organ.parent if organ.organ_id != organ.pk and organ.parent else organ

    def seat_of(self, role: str) -> Organisation:
        """The organ in which a role is held: the government's papers are its own, whoever sits at its table."""
        seat = Seat.objects.at(self.on).filter(role=role).select_related("organisation__parent").order_by("pk").first()
        return seat.organisation if seat else self.case.organ

    def part(self, role: str) -> Organisation:
        """The first organ that holds a part; the responsible one if none does."""
        found = self.case.participants.filter(role=role, until=None, organisation__isnull=False).order_by("pk")
        part = found.select_related("organisation").first()
        return part.organisation if part and part.organisation else self.case.organ

    def parts(self, role: str) -> list[str]:
        found = self.case.participants.filter(role=role, until=None, organisation__isnull=False)
        return list(found.order_by("pk").values_list("organisation__name", flat=True))


def lines(text: str) -> list[str]:
    """The lines of a text that somebody typed, without empty ones."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def grouped(code: str) -> str:
    """A query code as it is printed and read out: 4-4-4-3."""
    return "-".join(code[place : place + 4] for place in range(0, len(code), 4))


def filled(fills: Mapping[str, Callable[[Of], Context]], of: Callable[[Case, Act], Of]) -> dict[str, Any]:
    """What a chapter registers for its papers, by code: functions of case and act. `of` makes a file of them."""
    return {code: _filling(fill, of) for code, fill in fills.items()}


def _filling(fill: Callable[[Of], Context], of: Callable[[Case, Act], Of]) -> Callable[[Case, Act], Context]:
    return lambda case, act: fill(of(case, act))
