"""The parts of a bundle as they stand: what rules look at, what the lead organ's board shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from accounts import queries as people
from approvals.models import Application, BundleItem, OpinionReading
from approvals.queries.applied import application_of
from approvals.queries.bundles import BUNDLE, PART, Whole, subject_of
from approvals.queries.licences import CORRECTIONS
from approvals.rules.bundles import DECIDED, OPINED, REFUSED, SETTLED, UNNEEDED, WAITING, PartView
from casework import lamps
from casework.models import Act, Case
from law.calendar import ONE_DAY, WorkCalendar
from law.periods import Paused, Period
from law.queries import work_calendar
from law.terms import Suspension, day_of

REPORTS = ("report_complete", "report_deficiency", "report_not_needed", "report_not_competent")
OPINIONS = ("agree", "refuse_part", "refuse_for_prerequisite", "grant_part")
# What may be taken back while nobody has opened it.
GIVEN = ("agree", "refuse_part", "report_not_needed", "report_not_competent")
STARTED = ("start_examination", "resume_after_prerequisite")
# Time that the law leaves out of the bundle's clock is left out of the organ's own days as well (行政许可法 45).
PAUSED = ("request_hearing", "announce_public_hearing", "order_special_procedure")
RESUMED = ("confirm_hearing_record", "record_special_result")
NAMING = ("press_silent_check", "press_silent_member", "return_for_review")  # acts about one organ's part
_TOLD = (*REPORTS, *OPINIONS, *STARTED, *PAUSED, *RESUMED)
_ACTS = Prefetch("acts", Act.objects.filter(step__in=_TOLD).order_by("seq"), "told")


@dataclass(frozen=True)
class Standing:
    """One part: its case, how rules see it, what its organ reported, and by when the scheme wants its opinion."""

    case: Case
    view: PartView
    report: Act | None
    opinion: Act | None
    order: int
    days: int
    due_on: date | None

    @property
    def wanted(self) -> list[tuple[str, str]]:
        """The materials that its organ wants put right, as the whole calls them, each with what is wanted of it."""
        if self.report is None or not self.view.asked:
            return []
        return list(zip(self.view.asked, demands(self.report).values(), strict=True))

    @property
    def settled(self) -> bool:
        """Whether its organ has said what it had to say."""
        return self.view.state in SETTLED | REFUSED | UNNEEDED | DECIDED


def of(main: Case, on: date) -> list[Standing]:
    """The parts of a bundle's case in the order of the bundle. Two queries, and those of the whole."""
    whole = whole_of(main)
    places = {member.code: member.place for member in whole.members}
    codes = {member.code: member.codes for member in whole.members}
    calendar, opened = work_calendar(), _opened(Case.objects.filter(parent=main))
    found = [_standing(case, main, places, codes, on, calendar) for case in opened]
    return sorted(found, key=lambda part: part.order)


def several(mains: Sequence[Case], on: date) -> dict[int, list[Standing]]:
    """The parts of several bundles' cases, without what they want put right. Four queries, however many there are."""
    given = Application.objects.filter(case__in=mains).only("case", "bundle", "chosen")
    chosen = {one.case_id: one for one in given}
    places: dict[int, dict[str, BundleItem]] = {}
    for place in BundleItem.objects.filter(bundle__in={one.bundle_id for one in chosen.values()}):
        places.setdefault(place.bundle_id, {})[place.code] = place
    found: dict[int, list[Standing]] = {main.pk: [] for main in mains}
    calendar, above = work_calendar(), {main.pk: main for main in mains}
    for case in _opened(Case.objects.filter(parent__in=mains)):
        main = above[case.parent_id or 0]
        one = chosen[main.pk]
        own = {code: each for code, each in places[one.bundle_id or 0].items() if code in one.chosen}
        found[main.pk].append(_standing(case, main, own, {}, on, calendar))
    return {pk: sorted(listed, key=lambda part: part.order) for pk, listed in found.items()}


def _opened(cases: QuerySet[Case]) -> QuerySet[Case]:
    return cases.filter(procedure=PART).select_related("organ", "handler").prefetch_related(_ACTS).order_by("pk")


def _standing(
    case: Case,
    main: Case,
    places: Mapping[str, BundleItem],
    codes: Mapping[str, Mapping[str, str]],
    on: date,
    calendar: WorkCalendar,
) -> Standing:
    acts: list[Act] = case.told  # type: ignore[attr-defined]
    report, opinion, started = (_last(acts, names) for names in (REPORTS, OPINIONS, STARTED))
    place = places.get(case.matter)
    days = place.days if place else 0
    due_on = _due_on(timezone.localdate(started.at), days, acts, calendar) if started and days else None
    checking = case.state == "checking" and main.state == "filed"
    if checking:  # the scheme sets no days for it: what there is, is the day by which the applicant must be told
        due_on = main.due_on
    waits = case.ended_at is None and case.state not in SETTLED | REFUSED | UNNEEDED
    asked: tuple[str, ...] = ()
    if report and report.step == "report_deficiency" and case.state not in UNNEEDED:
        known = codes.get(case.matter, {})
        asked = tuple(known.get(code, code) for code in demands(report))
    first = [code for code in place.first if code in places] if place else []
    view = PartView(
        code=case.code, item=case.matter, state=case.state, report=report.step if report else "", asked=asked,
        first=tuple(first), late=waits and not checking and due_on is not None and due_on < on,
        silent=checking and lamps.lamp(due_on, on, calendar).code in ("soon", "today", "overdue"),
    )  # fmt: skip
    return Standing(case, view, report, opinion, place.order if place else 0, days, due_on)


def demands(report: Act) -> dict[str, str]:
    """What an organ wants of each material, by the code of its own list."""
    said = report.facts.get("requirements", {})
    if isinstance(said, dict):
        return said
    together = "；".join(str(said).split("\n"))  # reports that were given before each material had its own words
    return dict.fromkeys(report.facts.get("items", ()), together)


def _due_on(started: date, days: int, acts: Sequence[Act], calendar: WorkCalendar) -> date | None:
    """The last of the organ's own days; None while time is left out."""
    out: list[Suspension] = []
    for act in acts:
        day = timezone.localdate(act.at)
        if act.step in PAUSED:
            out.append(Suspension(day, None))
        elif act.step in RESUMED and out and out[-1].end is None:
            since = day_of(out.pop().start)
            out += [Suspension(since, day - ONE_DAY)] if day > since else []
    try:
        return Period(started, calendar, tuple(out)).forward(started, days, "working_day")
    except Paused:
        return None


def _last(acts: Sequence[Act], names: Sequence[str]) -> Act | None:
    return next((act for act in reversed(acts) if act.step in names), None)


def application_of_main(main: Case) -> Application:
    """The application of a bundle's case."""
    found = application_of(main)
    if found is None:
        raise LookupError(f"case {main.number} has no application")
    return found


def whole_of(main: Case) -> Whole:
    """What was applied for in a bundle's case."""
    found = subject_of(application_of_main(main))
    if not isinstance(found, Whole):
        raise LookupError(f"case {main.number} is not about a bundle")
    return found


def known(case: Case, facts: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    """What the rules of parallel approval may look at, each asked only when a rule looks at it."""
    if case._state.adding:
        return {}
    on = timezone.localdate(at)
    if case.procedure == BUNDLE:
        return {
            "parts": lambda: [part.view for part in of(case, on)],
            "officer_organs": lambda: _organs(case, on),
            "as_they_come": lambda: _as_they_come(case),
        }
    if case.procedure != PART or case.parent is None:
        return {}
    main = case.parent

    @cache
    def beside() -> dict[str, PartView]:
        return {part.view.item: part.view for part in of(main, on)}

    def prerequisites() -> list[PartView]:
        # While the parts are being opened, one that is not there yet is one that nobody has agreed to.
        return [beside().get(code) or PartView("", code, "new") for code in beside()[case.matter].first]

    def named(*steps: str) -> Callable[[], bool]:
        return lambda: Act.objects.filter(case=main, step__in=steps, facts__part=case.code).exists()

    return {
        "prerequisites": prerequisites,
        "corrected": lambda: _was_corrected(main, case),
        "notified": lambda: Act.objects.filter(case=main, step="notify_deficiency").exists(),
        "dropped": named("drop_unneeded_item", "drop_foreign_item"),
        "returned": lambda: _was_returned(main, case),
        "split": named("split_refused_item"),
        "as_they_come": lambda: _as_they_come(case),
        "opinion_read": lambda: _was_read(case),
        "rested_on": lambda: any(case.matter in one.first and one.state not in WAITING for one in beside().values()),
    }


def _as_they_come(case: Case) -> bool:
    found = application_of(case)
    return found is not None and found.hand_over == Application.HandOver.AS_THEY_COME


def _was_corrected(main: Case, case: Case) -> bool:
    """Whether the applicant put something right after the organ's last word, if that was what is to be put right."""
    said = Act.objects.filter(case=case, step__in=REPORTS).order_by("-pk").values_list("pk", "step").first()
    if said is None or said[1] != "report_deficiency":
        return False
    return Act.objects.filter(case=main, step__in=CORRECTIONS, pk__gt=said[0]).exists()


def _was_returned(main: Case, case: Case) -> bool:
    """Whether the lead organ sent back what the organ said last."""
    said = Act.objects.filter(case=case, step__in=OPINIONS).order_by("-pk").values("pk")[:1]
    return Act.objects.filter(case=main, step="return_for_review", facts__part=case.code, pk__gt=said).exists()


def _was_read(case: Case) -> bool:
    """Whether somebody else opened what the organ said last."""
    said = Act.objects.filter(case=case, step__in=GIVEN).order_by("-seq").first()
    return said is not None and OpinionReading.objects.filter(act=said).exists()


def said(case: Case, act: Act) -> str:
    """Which organ the lead organ presses, or sends its opinion back to, for the notices of that act."""
    if case.procedure != BUNDLE or act.step not in NAMING:
        return ""
    part = Case.objects.select_related("organ").get(parent=case, code=act.facts["part"])
    return f"{part.organ.short_name}，{part.title}"


def officers(main: Case, on: date) -> list[tuple[str, str]]:
    """Case officers and section heads of every organ that has a part, with the name of their organ."""
    found: dict[int, str] = {}
    for organ in {part.organ_id: part.organ for part in _cases(main)}.values():
        for role in ("case_officer", "section_head"):
            for user in people.holders(role, organ, on):
                found[user.pk] = f"{user.display_name}（{organ.short_name}）"
    return [(str(pk), label) for pk, label in found.items()]


def _organs(main: Case, on: date) -> dict[int, int]:
    return {
        user.pk: organ.pk
        for organ in {part.organ_id: part.organ for part in _cases(main)}.values()
        for role in ("case_officer", "section_head")
        for user in people.holders(role, organ, on)
    }


def _cases(main: Case) -> list[Case]:
    return list(Case.objects.filter(parent=main, procedure=PART).select_related("organ").order_by("pk"))


def listed(wanted: Callable[[PartView], bool]) -> Callable[[Case, date], list[tuple[str, str]]]:
    """The parts that a step may be about, for its form."""

    def options(main: Case, on: date) -> list[tuple[str, str]]:
        return [
            (part.view.code, f"{part.case.title}（{part.case.organ.short_name}）")
            for part in of(main, on)
            if wanted(part.view)
        ]

    return options


def reported(main: Case, on: date) -> list[tuple[str, str]]:
    """What the departments want put right, each material with who wants what of it: all that the one notice says."""
    names = {material.code: material.name for material in whole_of(main).materials.all()}
    said: dict[str, list[str]] = {}
    for part in of(main, on):
        for code, wanted in part.wanted:
            said.setdefault(code, []).append(f"{part.case.organ.short_name}：{wanted}")
    return [(code, f"{names.get(code, code)}（{' '.join(words)}）") for code, words in said.items()]


CHOICES: dict[str, Callable[[Case, date], list[tuple[str, str]]]] = {
    "reported": reported,
    "member_officers": officers,
    "unneeded_parts": listed(lambda part: part.state == "not_needed"),
    "foreign_parts": listed(lambda part: part.state == "not_competent"),
    "opined_parts": listed(lambda part: part.state in OPINED),
    "silent_parts": listed(lambda part: part.silent),
    "late_parts": listed(lambda part: part.late),
    "refused_parts": listed(lambda part: part.state == "refused"),
}
