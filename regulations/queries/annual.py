"""The year's list of documents for the people's congress: what the government made, amended and repealed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F, QuerySet

from casework.models import Case
from law.wording import day_zh
from regulations.models import NormativeDocument
from regulations.rules.standing import REPEALED, REPLACED, REVOKED

PROCEDURE = "regulations.annual_catalogue"
LABELS = {"made": "制定的文件", "amended": "修改的文件", "ended": "废止的文件"}


@dataclass(frozen=True, slots=True)
class Year:
    """The documents of a year, each in words."""

    year: int
    made: list[str]
    amended: list[str]
    ended: list[str]

    def lists(self) -> dict[str, list[str]]:
        return {name: getattr(self, name) for name in LABELS}


def matter_of_year(year: int) -> str:
    """Under which matter the list of a year stands."""
    return f"year-{year}"


def year_of(case: Case) -> int:
    return int(case.matter.removeprefix("year-"))


def known(case: Case | None, facts: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    """Plain values for `regulations.rules.annual`."""
    return {"year": year_of(case)} if case else {}


def of_year(year: int) -> Year:
    """What the register knows of a year; a document ends on the day behind its last one. Three queries."""
    own = _of_the_government()
    made = own.filter(published_on__year=year, amends=None).order_by("published_on", "pk")
    version_on = "versions__text__version_on"
    amended = own.filter(**{f"{version_on}__year": year, f"{version_on}__gt": F("published_on")})
    last_days = date(year - 1, 12, 31), date(year, 12, 30)
    ended = own.filter(ended__in=(REPEALED, REVOKED, REPLACED), ended_on__range=last_days).order_by("ended_on", "pk")
    return Year(
        year,
        [f"{one}，{day_zh(one.published_on)}公布" for one in made if one.published_on],
        [str(one) for one in amended.distinct().order_by("published_on", "pk")],
        [f"{one}，{one.get_ended_display()}" for one in ended],
    )


def _of_the_government() -> QuerySet[NormativeDocument]:
    """What is filed with the congress: documents of the district government itself."""
    own = NormativeDocument.objects.filter(organ__kind="district_government", published_on__isnull=False)
    return own.defer("words", "interpretation")


def summary(case: Case) -> list[tuple[str, str]]:
    """What the page of a year's list says; what was sent stands on the paper."""
    found = of_year(year_of(case))
    lists = [(LABELS[name], "；".join(said) or "无") for name, said in found.lists().items()]
    return [("年度", f"{found.year}年"), *lists]
