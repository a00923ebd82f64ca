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
    case: Case, *, kind: str, name: str, phone: str, address: str, reason: str, by: User, at: datetime
) -> Party:
    """Enter somebody in the file; `accounts.actions.Refused` if the name or the number cannot be right."""
    party = people.register_party(kind=kind, name=name, phone=phone, address=address, at=at, by=by)
    Participant.objects.create(case=case, role=INTERESTED, party=party, since=at, reason=reason)
    return party
