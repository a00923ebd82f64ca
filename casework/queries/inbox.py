"""Notices to one person, newest first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache

from accounts.models import User
from casework.models import Notice

PAGE = 25
REMEMBERED = 30  # seconds: the number beside the name may be so old, the inbox itself never is


def unread_key(user: AbstractBaseUser | AnonymousUser) -> str:
    return f"casework:unread:{user.pk}"


def unread_soon(user: User, asked: Mapping[str, Any] | None = None) -> int:
    """How many notices wait, for the head of every page: from memory while that is fresh.

    `asked` is what the page has asked the cache for already, this key among others.
    """
    found = cache.get(unread_key(user)) if asked is None else asked.get(unread_key(user))
    if found is None:
        found = unread(user)
        cache.set(unread_key(user), found, REMEMBERED)
    return found


def unread(user: User) -> int:
    """How many notices wait to be read. One query on a partial index."""
    return Notice.objects.filter(to=user, channel=Notice.Channel.INBOX, read_at=None).count()


def notices(user: User, only_unread: bool = False, before: int | None = None) -> tuple[list[Notice], int | None]:
    """One page of the inbox, and the key behind which the next one begins."""
    found = Notice.objects.filter(to=user, channel=Notice.Channel.INBOX).select_related("case").order_by("-pk")
    if only_unread:
        found = found.filter(read_at=None)
    if before:
        found = found.filter(pk__lt=before)
    page = list(found[: PAGE + 1])
    return page[:PAGE], page[PAGE - 1].pk if len(page) > PAGE else None
