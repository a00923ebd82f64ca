"""Who signs in with a password, and under which name failures are counted."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest

from accounts import queries
from accounts.encryption import blind_index
from accounts.models import User
from accounts.prepared import AN_ID, Prepared

_ACCOUNT = Prepared(User.objects.filter(pk=AN_ID))


class SignInBackend(ModelBackend):
    """User name, mobile number or confirmed e-mail address, with the password."""

    def get_user(self, user_id: int) -> User | None:
        """The account of a session: asked by every request."""
        user = next(iter(_ACCOUNT.rows({AN_ID: user_id})), None)
        return user if user and self.user_can_authenticate(user) else None

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **kwargs: Any
    ) -> User | None:
        if not username or password is None:
            return None
        user = queries.user_by_login(username)
        if user is None:
            # As slow as a wrong password, so that the time does not tell who has an account.
            User().set_password(password)
            return None
        return user if user.check_password(password) and self.user_can_authenticate(user) else None


def lockout_name(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """The account that failures count against, however it was typed; of an unknown one a blind index of the text.

    People type telephone numbers and, by mistake, passwords here: none of it is kept in clear.
    """
    typed = (credentials or {}).get("username") or request.POST.get("login", "")
    known = getattr(request, "_lockout_name", ("", ""))
    if known[0] != typed:
        user = queries.user_by_login(typed)
        name = f"user-{user.pk}" if user else blind_index(typed.strip().lower(), "sign-in")
        known = request._lockout_name = (typed, name)  # type: ignore[attr-defined]
    return known[1]
