"""Hearings on drafts: which are to come, who has put their name down for one, and what one's own became."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet
from django.utils.text import Truncator

from accounts.models import User
from casework.models import Case, Document
from regulations.models import Hearing, HearingRegistration

MOST = 50  # of what is to come, on one page
SHOWN = 500  # registrations of one hearing on a page, and to choose from
SIGNS = 30  # of what somebody wants to say, where people are chosen


def _with_case() -> QuerySet[Hearing]:
    return Hearing.objects.select_related("version", "case__organ", "closed_by")


def to_come() -> list[Hearing]:
    """The hearings that are announced and neither held nor cancelled, the next first. One query."""
    return list(_with_case().filter(closed_by=None).order_by("on", "id")[:MOST])


def hearing(pk: int) -> Hearing | None:
    """One hearing with its text and its organ."""
    return _with_case().filter(pk=pk).first()


def of_case(case: Case) -> Hearing | None:
    """The hearing of a case that was announced last."""
    return _with_case().filter(case=case).order_by("-pk").first()


def takes_names(one: Hearing, on: date) -> bool:
    """Whether somebody may put their name down on a day."""
    return one.closed_by_id is None and one.register_by is not None and one.register_by >= on


def registrations(one: Hearing) -> list[HearingRegistration]:
    """Who has put their name down, in the order in which they came. One query."""
    return list(one.registrations.select_related("by", "party").order_by("pk")[:SHOWN])


def own(one: Hearing, user: User) -> HearingRegistration | None:
    """What a person has put down for a hearing."""
    return one.registrations.filter(by=user).first()


def choices(case: Case, on: date) -> list[tuple[str, str]]:
    """Those among whom the participants are chosen. Two queries."""
    found = of_case(case)
    listed = registrations(found) if found else []
    return [(str(one.pk), f"{named(one)}：{Truncator(one.views).chars(SIGNS)}") for one in listed]


def named(one: HearingRegistration) -> str:
    """Who it is, for the officer who chooses."""
    party = f"，代表{one.party.name}" if one.party and one.party.name != one.by.display_name else ""
    return f"{one.by.display_name}（{one.get_capacity_display()}{party}）"


def mine(user: User) -> list[tuple[HearingRegistration, Document | None]]:
    """One's own registrations with their receipts, the newest first. Two queries."""
    found = HearingRegistration.objects.filter(by=user).select_related("hearing__version", "hearing__closed_by")
    listed = list(found.order_by("-pk")[:MOST])
    receipts = {one.act_id: one for one in Document.objects.filter(act__in=[r.act_id for r in listed], kind="paper")}
    return [(one, receipts.get(one.act_id)) for one in listed]
