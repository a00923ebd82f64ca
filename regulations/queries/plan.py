"""The yearly plan as everybody may read it: what was to be made by when, how far it has come, under which number it was
published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL
from django.urls import reverse

from casework import registry
from casework.models import Act, Case, Document
from regulations.models import NormativeDocument, TextVersion
from regulations.queries.making import LEVELS, PLAN, PROCEDURE
from regulations.rules.making import PLANNED

DONE = ("published", "in_force")
GIVEN_UP = ("rejected", "stopped", "ended_before_effect")
STANDS = ("drawn_up", "published")  # of a plan
FIRST_YEAR = 2025
PAGE = 50


@dataclass(frozen=True, slots=True)
class Line:
    """A document of a plan. `late`: its day is over, and it is neither published nor given up. `url`: its page, once it
    is public."""

    key: int
    name: str
    organ: str
    level: str
    finish_on: date
    added: bool
    state: str
    done: bool
    late: bool
    url: str = ""


def _planned(year: int) -> QuerySet[Any]:
    """The acts by which documents came into the plan of a year, in the order of their days."""
    finish = RawSQL("(casework_act.facts ->> 'finish_on')::date", ())
    acts = Act.objects.filter(case__procedure=PROCEDURE, step__in=PLANNED).annotate(finish=finish)
    acts = acts.filter(finish__gte=date(year, 1, 1), finish__lte=date(year, 12, 31))
    return acts.select_related("case__organ").order_by("finish", "pk")


def plan(year: int, on: date, after: tuple[date, int] | None = None) -> tuple[list[Line], tuple[date, int] | None]:
    """The documents whose day is in a year, in the order of their days, and where the next begins. Four queries."""
    acts = _planned(year)
    if after:
        acts = acts.filter(Q(finish__gt=after[0]) | Q(finish=after[0], pk__gt=after[1]))
    listed = list(acts[: PAGE + 1])
    lines = _lines(listed[:PAGE], on)
    last = listed[PAGE - 1] if len(listed) > PAGE else None
    return lines, (lines[-1].finish_on, last.pk) if last else None


def whole(year: int, on: date, most: int) -> list[Line]:
    """The same without pages, up to so many. Four queries."""
    return _lines(list(_planned(year)[:most]), on)


def projects(year: int) -> list[Line]:
    """What the year's plan lists when it is published: what was included in it and not given up since."""
    acts = _planned(year).filter(step="include_in_plan").exclude(case__state__in=GIVEN_UP)
    return _lines(list(acts), date(year, 1, 1))


def _lines(acts: Sequence[Act], on: date) -> list[Line]:
    cases = [act.case for act in acts]
    names = _names(cases)
    public = NormativeDocument.objects.filter(case__in=cases, published_on__lte=on, text__isnull=False)
    pages = {case: reverse("regulations:document", args=[pk]) for case, pk in public.values_list("case", "pk")}
    return [_line(act, names[act.case_id], pages.get(act.case_id, ""), on) for act in acts]


def _names(cases: list[Case]) -> dict[int, str]:
    """What each document is called: by its latest text, else as it was proposed. Two queries."""
    opened = Act.objects.filter(case__in=cases, seq=1).values_list("case", "facts__name")
    written = TextVersion.objects.filter(case__in=cases).order_by("number").values_list("case", "title")
    return {**dict(opened), **dict(written)}


def _line(act: Act, name: str, url: str, on: date) -> Line:
    case, finish = act.case, date.fromisoformat(act.facts["finish_on"])
    done = case.state in DONE
    label = registry.procedure(case.procedure, case.version).state(case.state).label
    return Line(
        act.pk, name, case.organ.name, LEVELS.get(str(act.facts["level"]), ""), finish, act.step == "add_out_of_plan",
        label, done, not done and case.state not in GIVEN_UP and finish < on, url,
    )  # fmt: skip


def years(on: date) -> range:
    """The years that may be asked for: the plan of next year is made in this one."""
    return range(on.year + 1, FIRST_YEAR - 1, -1)


def offered(on: date) -> tuple[int, int]:
    """The years of which a plan may be drawn up: the next one and this one."""
    return on.year + 1, on.year


def choices(case: Case, on: date) -> list[tuple[str, str]]:
    """The same as options of a question."""
    return [(str(year), f"{year}年") for year in offered(on)]


def matter_of(year: object) -> str:
    """Under which matter the plans of a year stand."""
    return f"plan:{year}"


def year_of(case: Case) -> int:
    """Of which year a plan is."""
    return int(case.matter.partition(":")[2])


@dataclass(frozen=True, slots=True)
class Issued:
    """The published plan of a year."""

    number: str
    on: date
    url: str


def issued(year: int) -> Issued | None:
    """The plan of a year as it was published. One query."""
    papers = Document.objects.filter(
        paper="gfx_annual_plan", case__procedure=PLAN, case__matter=matter_of(year), case__state="published"
    )
    found = papers.order_by("-pk").first()
    if found is None or found.issued_on is None:
        return None
    url = reverse("casework:verify", args=[found.token]) if found.made_at else ""
    return Issued(found.number, found.issued_on, url)


def known(case: Case | None, facts: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    """Plain values for `regulations.rules.plan`."""
    if case is None:
        return {}
    matter = case.matter or matter_of(facts.get("year", ""))
    year = matter.partition(":")[2]
    others = Case.objects.filter(procedure=PLAN, matter=matter, state__in=STANDS)
    return {
        "projects": lambda: bool(year and projects(int(year))),
        "other_plan": lambda: others.exclude(pk=case.pk).exists(),
    }


def summary(case: Case) -> list[tuple[str, str]]:
    """What the page of a plan says: the projects as they stand now."""
    found = projects(year_of(case))
    named = "；".join(f"{one.name}（{one.organ}）" for one in found)
    return [("年度", f"{year_of(case)}年"), ("列入的项目", f"{len(found)} 个：{named}")]
