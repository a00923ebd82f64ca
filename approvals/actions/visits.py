"""Booking, checking in, drawing a number, calling: everything of a point and a day behind one lock."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localtime

from accounts.models import ServicePoint, User
from approvals.models import Visit, VisitPlan
from approvals.queries import items, visits
from approvals.rules.visits import HALF_HOURS, MOST_AHEAD, MOST_PLACES
from casework.refusal import NotAllowed, Reason, Refused

State = Visit.State
SETTING = "设定预约安排"
LIVE = (State.BOOKED, State.WAITING, State.CALLED)


def _refuse(code: str, words: str) -> Refused:
    return Refused([Reason(code, words)], "预约排队")


def _locked(point: ServicePoint) -> ServicePoint:
    """One after the other at a point: whoever comes second sees what the first took."""
    return ServicePoint.objects.select_for_update().get(pk=point.pk)


@transaction.atomic
def book(point: ServicePoint, person: User, day: date, slot: time, matter: str, at: datetime) -> Visit:
    """A place in a half hour. Pressing again gives the same; Refused if all are taken or the day cannot be booked."""
    point, now = _locked(point), localtime(at)
    _check_matter(point, matter, day)
    places = visits.plan(point).places.get(slot, 0)
    if day not in [each.day for each in visits.days(point, now)] or not places:
        raise _refuse("not_bookable", "这个时段不能预约，请另选。")
    theirs = Visit.objects.filter(person=person, point=point, day=day, state__in=LIVE).first()
    if theirs is not None:
        if theirs.slot == slot:
            return theirs
        raise _refuse("one_a_day", "您当天在这个网点已经有预约，可以先取消再另约。")
    taken = set(
        Visit.objects.filter(point=point, day=day, slot=slot)
        .exclude(state=State.CANCELLED)
        .values_list("place", flat=True)
    )
    place = next((each for each in range(1, places + 1) if each not in taken), None)
    if place is None:
        raise _refuse("full", "这个时段已经约满，请另选。")
    return Visit.objects.create(
        point=point, person=person, day=day, slot=slot, place=place, matter=matter, state=State.BOOKED, made_at=at
    )


def _check_matter(point: ServicePoint, matter: str, on: date) -> None:
    """A visit is about an item that the point takes in, or about none that is named."""
    if matter and not items.serves(point, matter, on):
        raise _refuse("not_served", "这个网点不办理所选的事项，请另选网点或者事项。")


@transaction.atomic
def cancel(visit: Visit) -> Visit:
    """Give the place up; nothing changes for who has come already."""
    visit = Visit.objects.select_for_update().get(pk=visit.pk)
    if visit.state == State.BOOKED:
        visit.state = State.CANCELLED
        visit.save(update_fields=["state"])
    return visit


@transaction.atomic
def check_in(visit: Visit, at: datetime) -> Visit:
    """Somebody who booked is there: they get their number. Once."""
    point = _locked(visit.point)
    visit = Visit.objects.select_for_update(of=("self",)).select_related("point").get(pk=visit.pk)
    if visit.state in (State.WAITING, State.CALLED, State.SERVED):
        return visit
    if visit.state != State.BOOKED or visit.day != localtime(at).date():
        raise _refuse("not_today", "预约的不是今天，或者已经取消。")
    visit.state, visit.number = State.WAITING, _next_number(point, visit.day)
    visit.save(update_fields=["state", "number"])
    return visit


@transaction.atomic
def draw(point: ServicePoint, at: datetime, matter: str = "") -> Visit:
    """A number for somebody who comes without an appointment."""
    point, day = _locked(point), localtime(at).date()
    _check_matter(point, matter, day)
    return Visit.objects.create(
        point=point, day=day, matter=matter, state=State.WAITING, number=_next_number(point, day), made_at=at
    )


def _next_number(point: ServicePoint, day: date) -> int:
    last = Visit.objects.filter(point=point, day=day).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


@transaction.atomic
def call_next(point: ServicePoint, by: User, window: str, at: datetime) -> Visit | None:
    """Whose turn it is comes to a window; whoever stood there before has been served. None if nobody waits."""
    point, now = _locked(point), localtime(at)
    visit = visits.in_line(point.pk, now).first()
    return _call(point, visit, by, window, at)


@transaction.atomic
def call_again(visit: Visit, by: User, window: str, at: datetime) -> Visit | None:
    """A number that nobody answered is there after all: it comes to the window at once, with its number."""
    point = _locked(visit.point)
    again = Visit.objects.filter(pk=visit.pk, point=point, day=localtime(at).date(), state=State.MISSED).first()
    if again is None:
        raise _refuse("not_missed", "这个号码不是今天的过号，或者已经再次叫到。")
    return _call(point, again, by, window, at)


def _call(point: ServicePoint, visit: Visit | None, by: User, window: str, at: datetime) -> Visit | None:
    """Somebody comes to a window of a point that is held; whoever the clerk had there today has been served."""
    before = Visit.objects.filter(point=point, day=localtime(at).date(), called_by=by, state=State.CALLED)
    before.update(state=State.SERVED)
    if visit is not None:
        visit.state, visit.called_at, visit.called_by, visit.window = State.CALLED, at, by, window
        visit.save(update_fields=["state", "called_at", "called_by", "window"])
    return visit


def missed(visit: Visit, by: User) -> Visit:
    """Nobody came when the number was called."""
    return _leave(visit, by, State.MISSED)


def served(visit: Visit, by: User) -> Visit:
    """What somebody came for is done; the window calls nobody for now."""
    return _leave(visit, by, State.SERVED)


@transaction.atomic
def _leave(visit: Visit, by: User, state: Visit.State) -> Visit:
    visit = Visit.objects.select_for_update().get(pk=visit.pk)
    if visit.state == State.CALLED and visit.called_by_id == by.pk:
        visit.state = state
        visit.save(update_fields=["state"])
    return visit


@transaction.atomic
def set_hours(
    point: ServicePoint, ahead: int, places: Mapping[time, int], by: User, at: datetime, *, seen: int | None
) -> VisitPlan:
    """Set when a point can be visited. What was booked before stands; whoever was shown another plan looks again.

    `seen` is the number of the plan that the person was shown, none where the point followed its kind.
    """
    point = _locked(point)
    if point not in visits.managed(by, localtime(at).date()):
        raise NotAllowed([Reason("not_allowed", "预约安排由网点所属单位的负责人设定。")], SETTING)
    if visits.plan(point).number != seen:
        raise Refused([Reason("changed_meanwhile", "预约安排已经由他人修改，请核对后重新设定。")], SETTING)
    given = {slot: number for slot, number in places.items() if number}
    sound = all(slot in HALF_HOURS and 0 < number <= MOST_PLACES for slot, number in given.items())
    if not given or not sound or not 1 <= ahead <= MOST_AHEAD:
        raise Refused(
            [Reason("malformed", "至少开放一个时段；每个时段的人数、提前的天数应当在允许的范围内。")], SETTING
        )
    written = {f"{slot:%H:%M}": number for slot, number in sorted(given.items())}
    return VisitPlan.objects.create(point=point, ahead=ahead, places=written, set_by=by, set_at=at)
