"""What `accounts.middleware` adds to the request of a signed-in person. For annotations of views."""

from __future__ import annotations

from django.http import HttpRequest

from accounts.models import User
from accounts.permissions import PartyRef


class SignedIn(HttpRequest):
    """A request behind the sign-in page: its user is an account with a snapshot of its permissions."""

    user: User
    acting_party: PartyRef | None
