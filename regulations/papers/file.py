"""What many papers of one case say alike. Plain data, read from the case and the act that gives the paper."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.utils import timezone

from accounts.models import Organisation, Seat
from casework.models import Act, Case
from law.wording import day_zh, instant_zh
from regulations.models import NormativeDocument, TextVersion
from regulations.queries.making import current

Context = Mapping[str, Any]


@dataclass(frozen=True)
class File:
    """A case and the act that gives the paper."""

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

    @cached_property
    def version(self) -> TextVersion:
        found = current(self.case)
        if found is None:
            raise LookupError(f"case {self.case.number} has no text")
        return found

    @cached_property
    def document(self) -> NormativeDocument:
        """The document that the case is about, once it is in the register."""
        return NormativeDocument.objects.select_related("organ").get(case=self.case)

    @cached_property
    def name(self) -> str:
        """What the document is called: as its text says, before that as it was proposed."""
        found = current(self.case)
        if found:
            return found.title
        opened = self.case.acts.filter(seq=1).first()
        return str((opened or self.act).facts.get("name") or self.case.title)

    def fact(self, name: str) -> str:
        return str(self.act.facts.get(name) or "")

    def lines(self, name: str) -> list[str]:
        return lines(self.fact(name))

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
        """The organ in which a role is held."""
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

    @property
    def stamp(self) -> str:
        """Which text is meant: its version and hash."""
        return f"{self.version.title}（第{self.version.number}稿，文本哈希值{self.version.digest}）"


def lines(text: str) -> list[str]:
    """The lines of a text that somebody typed, without empty ones."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def from_case(fill: Callable[[File], Context]) -> Callable[[Case, Act], Context]:
    """A paper of this chapter names its addressee itself: never, by default, the citizen who suggested the document."""
    return lambda case, act: {"addressee": "", **fill(File(case, act))}
