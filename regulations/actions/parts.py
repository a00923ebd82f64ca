"""Who comes into a case with a part: organs and people, each through the act that names them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from accounts.models import Organisation, Seat, User
from casework.models import Act, Case, Participant
from casework.refusal import Reason, Refused

LABELS = {
    "legal_office": "政府法制机构", "government": "区政府及其常务会议", "maker": "制定机关", "receiver": "审查机关",
    "concerned": "有关机关",
}  # fmt: skip
OFFICE = ("district_legal_office",)
GOVERNMENT_KINDS = ("district_government", "gov_office")


def government(on: date) -> list[Organisation]:
    """The district government and the office of its meetings."""
    return list(Organisation.objects.at(on).filter(kind__in=GOVERNMENT_KINDS).order_by("code"))


def seated(roles: Iterable[str], on: date) -> list[Organisation]:
    """The organs in which one of the roles is held on a day. Two queries."""
    seats = Seat.objects.at(on).filter(role__in=list(roles)).select_related("organisation__parent")
    return list(Organisation.objects.filter(pk__in={seat.organisation.organ_id for seat in seats}).order_by("code"))


def bring_in(case: Case, act: Act, role: str, organs: Iterable[Organisation]) -> None:
    """Give organs a part; those that held it before give way. Raises Refused when there is nobody to give it to."""
    listed = list({organ.pk: organ for organ in organs}.values())
    if not listed:
        raise Refused([Reason("nobody", f"没有{LABELS.get(role, '有关机关')}的任职人员，不能办理")], act.label)
    case.participants.filter(role=role, until=None).update(until=act.at)
    Participant.objects.bulk_create(
        Participant(case=case, role=role, organisation=organ, act=act, since=act.at) for organ in listed
    )


def bring_in_person(case: Case, act: Act, role: str, user: User) -> None:
    """Give an account a part beside those that hold it."""
    Participant.objects.create(case=case, role=role, user=user, act=act, since=act.at)
