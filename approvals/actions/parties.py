"""Entering in a file whose major interest the licence concerns (行政许可法 36), so that they can be told and heard."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts import actions as people
from accounts.models import Party, User
from approvals.queries.known import INTERESTED
from casework.models import Case, Participant


@transaction.atomic
def add_interested(
    case: Case, *, kind: str, name: str, phone: str, address: str, reason: str, by: User, at: datetime,
    id_kind: str = "", id_number: str = "",
) -> Party:  # fmt: skip
    """Enter somebody in the file; `accounts.actions.Refused` if the name or the number cannot be right.

    With the number of an identity paper it is the person of that paper, who then finds the case in the portal.
    """
    party = people.register_party(
        kind=kind, name=name, id_kind=id_kind, id_number=id_number, phone=phone, address=address, at=at, by=by
    )
    Participant.objects.create(case=case, role=INTERESTED, party=party, since=at, reason=reason)
    return party
