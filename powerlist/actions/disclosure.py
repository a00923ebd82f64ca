"""Entering, publishing and withdrawing what an organ makes public: two people, one row, nothing changed afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from accounts import queries as people
from accounts.models import Organisation, User
from casework.refusal import NotAllowed, Reason, Refused
from powerlist.models.disclosure import Disclosed
from powerlist.queries.disclosing import ENTERS, PUBLISHES, second_person

Row = TypeVar("Row", bound=Disclosed)

# What the database says, in words for whoever tried.
WORDS = {
    "project_within_catalogue": ("heading", "所选服务事项不在合同签订之日施行的指导性目录内，不得实施政府购买服务"),
    "catalogue_after_all_others": ("since", "施行日期不得早于公布之日，并且须晚于已经公布的各版"),
    "catalogue_one_a_day": ("since", "已有一版目录自同一日起施行"),
    "social_organisation_once": ("name", "已经录入过同名的社会组织"),
    "powerlist_catalogue_number_key": ("", "刚刚有人录入了另一版目录，请再提交一次"),
}


def refuse(words: str, code: str = "refused", field: str = "") -> Refused:
    """One reason, ready to be raised."""
    return Refused([Reason(code, words, field=field)])


def allow(user: User, organ: Organisation, roles: frozenset[str], at: datetime, what: str) -> None:
    """NotAllowed unless the user holds one of the roles in the organ."""
    if not any(people.holds(user, role, organ, localdate(at)) for role in sorted(roles)):
        raise NotAllowed([Reason("not_allowed", f"您没有为{organ.short_name}{what}的权限")])


def enter(row: Row, by: User, at: datetime, parts: Callable[[Row], object] = lambda row: None) -> Row:
    """Keep a row that somebody else has to publish; `parts` writes what belongs to it, in the same transaction."""
    allow(by, row.organ, ENTERS, at, "录入")
    row.entered_by, row.entered_at = by, at
    with transaction.atomic(), in_words():
        row.save(force_insert=True)
        parts(row)
    return row


@transaction.atomic
def publish(row: Row, by: User, at: datetime) -> Row:
    """The second person publishes. A row that was published meanwhile is left as it is."""
    locked = _lock(row)
    allow(by, locked.organ, PUBLISHES, at, "公布")
    if not second_person(locked, by):
        raise NotAllowed([Reason("second_person", "录入的人不能自己公布，请由另一名工作人员核对后公布")])
    if locked.published_at is not None:
        raise refuse("已经公布，不需要再次公布")
    locked.published_by, locked.published_at = by, at
    with in_words():
        locked.save(update_fields=["published_by", "published_at"])
    return locked


@transaction.atomic
def withdraw(row: Row, by: User, reason: str, at: datetime) -> Row:
    """Take a published row back, with a reason that stays with it."""
    locked = _lock(row)
    allow(by, locked.organ, PUBLISHES, at, "撤回")
    if locked.published_at is None or locked.withdrawn_at is not None:
        raise refuse("尚未公布或者已经撤回，不能撤回")
    if not reason.strip():
        raise refuse("请填写撤回理由", field="reason")
    locked.withdrawn_by, locked.withdrawn_at, locked.withdrawal_reason = by, at, reason.strip()
    locked.save(update_fields=["withdrawn_by", "withdrawn_at", "withdrawal_reason"])
    return locked


@transaction.atomic
def drop(row: Disclosed, by: User, at: datetime) -> None:
    """Throw away what nobody has published."""
    locked = _lock(row)
    allow(by, locked.organ, ENTERS | PUBLISHES, at, "删除")
    if locked.published_at is not None:
        raise refuse("已经公布，不能删除，只能撤回")
    locked.delete()


def _lock(row: Row) -> Row:
    found: Any = type(row)._default_manager.select_for_update(of=("self",)).select_related("organ", "entered_by")
    locked: Row | None = found.filter(pk=row.pk).first()
    if locked is None:
        raise refuse("这一条已经被删除")
    return locked


@contextmanager
def in_words() -> Iterator[None]:
    """What the database refuses, said in words. What it says for no reason of ours goes on as it is."""
    try:
        yield
    except IntegrityError as error:
        name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") or ""
        if name not in WORDS:
            raise
        field, words = WORDS[name]
        raise Refused([Reason(name, words, field=field)]) from error
