"""Passwords, second factors, disabling accounts: what an account proves itself with."""

from __future__ import annotations

import secrets
import string
from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.db.models import F
from django.utils.timezone import localdate

from accounts import queries
from accounts.models import AccessEvent, User

from .record import Refused, record

_LETTERS = "".join(set(string.ascii_letters + string.digits) - set("0O1lI"))


def set_password(user: User, password: str | None, at: datetime) -> None:
    """Give an unsaved or loaded account a password, or none that opens it; the caller saves, and records why."""
    user.set_password(password)
    user.password_changed_at = at
    user.must_change_password = False
    user.session_version += 1


def change_password(user: User, password: str, *, at: datetime, source: str | None = None) -> None:
    """The owner's new password; every session but the one that goes on by `update_session_auth_hash` ends."""
    with transaction.atomic():
        set_password(user, password, at)
        user.save(update_fields=["password", "password_changed_at", "must_change_password", "session_version"])
        record(AccessEvent.Kind.PASSWORD_CHANGED, at, actor=user, user=user, source=source)


def reset_password(user: User, *, by: User, at: datetime, source: str | None = None) -> str:
    """A temporary password for an official who lost theirs, to be handed over in person and changed at once.

    Only the system administrator may; the second factor stays, so the password alone opens nothing.
    """
    on = localdate(at)
    if not queries.holds(by, "system_administrator", None, on):
        raise Refused("只有系统管理员可以重置密码")
    if by.pk == user.pk or not user.is_official:
        raise Refused("不能重置该账号的密码")
    password = "-".join("".join(secrets.choice(_LETTERS) for _ in range(5)) for _ in range(3)) + "#7a"
    with transaction.atomic():
        set_password(user, password, at)
        user.must_change_password = True
        user.save(update_fields=["password", "password_changed_at", "must_change_password", "session_version"])
        _forget_sessions(user)
        record(AccessEvent.Kind.PASSWORD_RESET, at, actor=by, user=user, source=source)
    return password


def enrol_second_factor(user: User, secret: str, *, at: datetime, source: str | None = None) -> None:
    """Bind an authenticator app by its secret (base32), with fresh recovery codes. For demo accounts and tests.

    People enrol on the pages of allauth, which prove that the app works before it is bound.
    """
    with transaction.atomic():
        Authenticator.objects.filter(user=user).delete()
        TOTP.activate(user, secret)
        RecoveryCodes.activate(user)
        record(AccessEvent.Kind.FACTOR_ENROLLED, at, actor=user, user=user, source=source, factor="totp")


def remove_second_factor(user: User, *, by: User, at: datetime, source: str | None = None) -> None:
    """Unbind a lost second factor. The security administrator's act: who resets passwords cannot also do this."""
    if not queries.holds(by, "security_administrator", None, localdate(at)):
        raise Refused("只有安全管理员可以解除第二重验证")
    if by.pk == user.pk:
        raise Refused("不能解除自己的第二重验证")
    with transaction.atomic():
        Authenticator.objects.filter(user=user).delete()
        end_sessions(user)
        record(AccessEvent.Kind.FACTOR_REMOVED, at, actor=by, user=user, source=source)


def disable(user: User, *, by: User, reason: str, at: datetime, source: str | None = None) -> None:
    """Close an account at once: all its sessions end with the next request. Seats stay on record, without effect."""
    on = localdate(at)
    if not queries.holds(by, "system_administrator", None, on):
        raise Refused("只有系统管理员可以停用账号")
    if by.pk == user.pk:
        raise Refused("不能停用自己的账号")
    if user.kind == User.Kind.ADMINISTRATOR:
        for seat in queries.seats(user, on):
            if [one.pk for one in queries.holders(seat.role, None, on)] == [user.pk]:
                raise Refused(f"该账号是唯一的{seat.role_label}，不能停用")
    with transaction.atomic():
        user.is_active, user.disabled_at = False, at
        user.save(update_fields=["is_active", "disabled_at"])
        end_sessions(user)
        record(AccessEvent.Kind.ACCOUNT_DISABLED, at, actor=by, user=user, source=source, reason=reason)


def enable(user: User, *, by: User, at: datetime, source: str | None = None) -> None:
    """Open a disabled account again; a new password has to be given to officials separately."""
    if not queries.holds(by, "system_administrator", None, localdate(at)):
        raise Refused("只有系统管理员可以恢复账号")
    with transaction.atomic():
        user.is_active, user.disabled_at = True, None
        user.save(update_fields=["is_active", "disabled_at"])
        record(AccessEvent.Kind.ACCOUNT_ENABLED, at, actor=by, user=user, source=source)


def end_sessions(user: User) -> None:
    """End every session of the account: the session hash that Django compares on each request changes."""
    User.objects.filter(pk=user.pk).update(session_version=F("session_version") + 1)
    user.refresh_from_db(fields=["session_version"])
    _forget_sessions(user)


def _forget_sessions(user: User) -> None:
    UserSession.objects.filter(user=user).delete()


def offer_email(user: User, email: str) -> EmailAddress | None:
    """Keep an e-mail address, unconfirmed, so that it can be confirmed and used to reset the password."""
    if not email:
        return None
    EmailAddress.objects.filter(user=user).exclude(email__iexact=email).delete()
    return EmailAddress.objects.get_or_create(user=user, email=email.lower(), defaults={"primary": True})[0]
