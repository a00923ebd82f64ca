"""The yearly plan as everybody may read it: what was to be made by when, and how far it has come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.db.models.expressions import RawSQL

from casework import registry
from casework.models import Act, Case
from regulations.models import TextVersion
from regulations.queries.making import LEVELS, PROCEDURE

PLANNED = ("include_in_plan", "add_out_of_plan")
DONE = ("published", "in_force")
GIVEN_UP = ("rejected", "stopped", "ended_before_effect")
PAGE = 50


@dataclass(frozen=True, slots=True)
class Line:
    """A document of a plan. `late`: its day is over, and it is neither published nor given up."""

    key: int
    name: str
    organ: str
    level: str
    finish_on: date
    added: bool
    state: str
    done: bool
    late: bool


def plan(year: int, on: date, after: tuple[date, int] | None = None) -> tuple[list[Line], tuple[date, int] | None]:
    """The documents whose day is in a year, in the order of their days, and where the next begins. Three queries."""
    finish = RawSQL("(casework_act.facts ->> 'finish_on')::date", ())
    acts = Act.objects.filter(case__procedure=PROCEDURE, step__in=PLANNED).annotate(finish=finish)
    acts = acts.filter(finish__gte=date(year, 1, 1), finish__lte=date(year, 12, 31))
    if after:
        acts = acts.filter(Q(finish__gt=after[0]) | Q(finish=after[0], pk__gt=after[1]))
    listed = list(acts.select_related("case__organ").order_by("finish", "pk")[: PAGE + 1])
    cases = [act.case for act in listed[:PAGE]]
    names = _names(cases)
    last = listed[PAGE - 1] if len(listed) > PAGE else None
    lines = [_line(act, names[act.case_id], on) for act in listed[:PAGE]]
    return lines, (lines[-1].finish_on, last.pk) if last else None


def _names(cases: list[Case]) -> dict[int, str]:
    """What each document is called: by its latest text, else as it was proposed. Two queries."""
    opened = Act.objects.filter(case__in=cases, seq=1).values_list("case", "facts__name")
    written = TextVersion.objects.filter(case__in=cases).order_by("number").values_list("case", "title")
    return {**dict(opened), **dict(written)}


def _line(act: Act, name: str, on: date) -> Line:
    case, finish = act.case, date.fromisoformat(act.facts["finish_on"])
    done = case.state in DONE
    label = registry.procedure(case.procedure, case.version).state(case.state).label
    return Line(
        act.pk, name, case.organ.name, LEVELS.get(str(act.facts["level"]), ""), finish, act.step == "add_out_of_plan",
        label, done, not done and case.state not in GIVEN_UP and finish < on,
    )  # fmt: skip


def years(on: date) -> range:
    """The years that may be asked for: the plan of next year is made in this one."""
    return range(on.year + 1, 2024, -1)
