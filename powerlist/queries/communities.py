"""Communities with their stations, social organisations, activities, and who takes part in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch, Q, QuerySet

from accounts import identity
from accounts.models import Organisation, ServicePoint, User
from powerlist.models import Activity, SignUp, SocialOrganisation
from powerlist.models.disclosure import public

PAGE = 20


def communities(on: date, subdistrict: str = "") -> list[Organisation]:
    """The communities of the day with subdistrict and `stations`, by subdistrict. Two queries."""
    stations = Prefetch(
        "service_points", ServicePoint.objects.at(on).filter(kind=ServicePoint.Kind.COMMUNITY_STATION),
        to_attr="stations",
    )  # fmt: skip
    found = Organisation.objects.at(on).filter(kind=Organisation.Kind.COMMUNITY)
    if subdistrict:
        found = found.filter(parent__code=subdistrict)
    return list(found.select_related("parent").prefetch_related(stations).order_by("parent__code", "code"))


def subdistricts(on: date) -> list[tuple[str, str]]:
    """Code and short name of the subdistricts of the day. One query."""
    found = Organisation.objects.at(on).filter(kind=Organisation.Kind.SUBDISTRICT_OFFICE).order_by("code")
    return list(found.values_list("code", "short_name"))


def social_organisations(on: date) -> list[SocialOrganisation]:
    """The registered social organisations of the day. One query."""
    return list(hosts(on).select_related("organ"))


def hosts(on: date) -> QuerySet[SocialOrganisation]:
    """The published social organisations of the day: who may be host of an activity."""
    return SocialOrganisation.objects.at(on).filter(public()).order_by("name")


def shown() -> QuerySet[Activity]:
    """Published activities that are not called off, with what a page says of them."""
    return Activity.objects.filter(public()).select_related("organ", "host", "community")


def coming(
    at: datetime, subdistrict: str = "", words: str = "", after: tuple[datetime, int] | None = None
) -> tuple[list[Activity], tuple[datetime, int] | None]:
    """One page of the activities that have not ended, the nearest first, and where the next begins. One query."""
    found = shown().filter(ends_at__gt=at).order_by("starts_at", "id")
    if subdistrict:
        found = found.filter(Q(organ__code=subdistrict) | Q(community__parent__code=subdistrict))
    for word in words.split()[:4]:
        found = found.filter(Q(title__icontains=word) | Q(place__icontains=word) | Q(host__name__icontains=word))
    if after:
        moment, key = after
        found = found.filter(Q(starts_at__gt=moment) | Q(starts_at=moment, id__gt=key))
    rows = list(found[: PAGE + 1])
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    return rows[:PAGE], (last.starts_at, last.pk) if last else None


def past(at: datetime, after: tuple[datetime, int] | None = None) -> tuple[list[Activity], tuple[datetime, int] | None]:
    """One page of the activities that have ended, the latest first, and where the next begins. One query."""
    found = shown().filter(ends_at__lte=at).order_by("-starts_at", "-id")
    if after:
        moment, key = after
        found = found.filter(Q(starts_at__lt=moment) | Q(starts_at=moment, id__lt=key))
    rows = list(found[: PAGE + 1])
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    return rows[:PAGE], (last.starts_at, last.pk) if last else None


def of_community(organ: Organisation, at: datetime) -> list[Activity]:
    """The nearest activities to come in a community or of its subdistrict's, at most a page. One query."""
    if organ.kind not in (Organisation.Kind.COMMUNITY, Organisation.Kind.SUBDISTRICT_OFFICE):
        return []
    found = shown().filter(Q(organ=organ) | Q(community=organ), ends_at__gt=at)
    return list(found.order_by("starts_at", "id")[:PAGE])


def activity(pk: int) -> Activity | None:
    """A published activity, also one that was called off. One query."""
    found = Activity.objects.filter(published_at__isnull=False)
    return found.select_related("organ", "host", "community").filter(pk=pk).first()


def own(activity: Activity, user: User) -> SignUp | None:
    """The part that somebody has in an activity now. One query."""
    return activity.sign_ups.filter(person=user).exclude(state=SignUp.State.LEFT).first()


def turn(sign_up: SignUp) -> int:
    """The place on the waiting list, counted from one. One query."""
    before = SignUp.objects.filter(activity=sign_up.activity_id, state=SignUp.State.WAITING, pk__lte=sign_up.pk)
    return before.count()


def mine(user: User) -> list[SignUp]:
    """Somebody's own sign-ups, the latest first, with their activities. One query."""
    found = SignUp.objects.filter(person=user).select_related("activity__organ").order_by("-pk")
    return list(found[:100])


@dataclass(frozen=True, slots=True)
class Participant:
    """One line of the organiser's list; name and number are masked."""

    number: int
    name: str
    phone: str
    state: str
    signed_at: datetime
    waiting: bool


def participants(activity: Activity) -> list[Participant]:
    """Who takes part, then who waits, in their order. One query."""
    found = activity.sign_ups.exclude(state=SignUp.State.LEFT).select_related("person").order_by("state", "pk")
    return [
        Participant(
            number=number, name=identity.mask_name(one.person.display_name),
            phone=identity.mask_phone(one.person.phone), state=str(one.get_state_display()), signed_at=one.signed_at,
            waiting=one.state == SignUp.State.WAITING,
        )
        for number, one in enumerate(found, 1)
    ]  # fmt: skip


def communities_of(organs: set[int], on: date) -> QuerySet[Organisation]:
    """The communities of these subdistricts; of an organ that is none, all."""
    found = Organisation.objects.at(on).filter(kind=Organisation.Kind.COMMUNITY).select_related("parent")
    streets = Organisation.objects.filter(pk__in=organs, kind=Organisation.Kind.SUBDISTRICT_OFFICE)
    of_streets = list(streets.values_list("pk", flat=True))
    return (found.filter(parent__in=of_streets) if len(of_streets) == len(organs) else found).order_by("code")
