"""Rows that one person enters and another publishes. What is published stands: it can only be withdrawn, with a reason.

The database demands it itself: no row begins published, the second person is another one, nothing changes afterwards.
"""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

WITHDRAWAL = ("withdrawn_by_id", "withdrawn_at", "withdrawal_reason")


class Disclosed(models.Model):
    """What an organ makes public on its own account."""

    organ = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+", verbose_name="责任机关")
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="录入人")
    entered_at = models.DateTimeField("录入时间")
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="公布人"
    )
    published_at = models.DateTimeField("公布时间", null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="撤回人"
    )
    withdrawn_at = models.DateTimeField("撤回时间", null=True, blank=True)
    withdrawal_reason = models.CharField("撤回理由", max_length=200, blank=True)
    sample = models.BooleanField("示例", default=False)

    class Meta:
        abstract = True


def public(prefix: str = "") -> Q:
    """The condition that a row is published and not withdrawn."""
    return Q(**{f"{prefix}published_at__isnull": False, f"{prefix}withdrawn_at__isnull": True})


def rules_of(name: str) -> list[models.CheckConstraint]:
    """What holds for every row of a table of disclosed rows."""
    return [
        models.CheckConstraint(
            name=f"{name}_second_person",
            condition=Q(published_by=None, published_at=None)
            | Q(published_by__isnull=False, published_at__isnull=False) & ~Q(published_by=F("entered_by")),
        ),
        models.CheckConstraint(
            name=f"{name}_withdrawn_whole",
            condition=Q(withdrawn_by=None, withdrawn_at=None, withdrawal_reason="")
            | Q(withdrawn_by__isnull=False, withdrawn_at__isnull=False, published_at__isnull=False)
            & ~Q(withdrawal_reason=""),
        ),
    ]


def guards_of(*counters: str) -> list[pgtrigger.Trigger]:
    """No row begins published, and a published one stands; `counters` are columns that the database itself keeps."""
    free = ", ".join(f"'{column}'" for column in (*WITHDRAWAL, *counters))
    return [
        pgtrigger.Protect(
            name="entered_first", operation=pgtrigger.Insert, condition=pgtrigger.Q(new__published_at__isnull=False)
        ),
        pgtrigger.Trigger(
            name="published_stands", operation=pgtrigger.Update, when=pgtrigger.Before,
            condition=pgtrigger.Q(old__published_at__isnull=False),
            func=f"""
                IF to_jsonb(NEW) - ARRAY[{free}] IS DISTINCT FROM to_jsonb(OLD) - ARRAY[{free}]
                   OR (OLD.withdrawn_at IS NOT NULL
                       AND (OLD.withdrawn_by_id, OLD.withdrawn_at, OLD.withdrawal_reason)
                           IS DISTINCT FROM (NEW.withdrawn_by_id, NEW.withdrawn_at, NEW.withdrawal_reason)) THEN
                    RAISE EXCEPTION 'what is published stands: withdraw it and enter another' USING ERRCODE = '23514';
                END IF;
                RETURN NEW;
            """,
        ),
        pgtrigger.Protect(
            name="published_is_kept", operation=pgtrigger.Delete,
            condition=pgtrigger.Q(old__published_at__isnull=False),
        ),
    ]  # fmt: skip
