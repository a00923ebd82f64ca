"""Effective dates: a row holds from `since` (inclusive) to before `until` (exclusive); an empty end is open.

Ending a row on the day it began leaves an empty period, so an end takes effect at once.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Self

import pgtrigger
from django.contrib.postgres.fields import RangeOperators
from django.contrib.postgres.fields.ranges import DateRangeField
from django.db import models
from django.db.models import Func, Q, Value


class Period(Func):
    """The row's period as a PostgreSQL daterange, for exclusion constraints."""

    function = "daterange"
    output_field = DateRangeField()

    def __init__(self, *expressions: Any, **extra: Any) -> None:
        super().__init__(*(expressions or ("since", "until", Value("[)"))), **extra)


OVERLAPS = RangeOperators.OVERLAPS


def in_force(on: date, prefix: str = "") -> Q:
    """The condition that a row's period contains the day `on`; `prefix` reaches over a relation (“seat__”)."""
    return (Q(**{f"{prefix}since__isnull": True}) | Q(**{f"{prefix}since__lte": on})) & (
        Q(**{f"{prefix}until__isnull": True}) | Q(**{f"{prefix}until__gt": on})
    )


class PeriodQuerySet(models.QuerySet[Any]):
    def at(self, on: date) -> Self:
        """The rows in force on one day."""
        return self.filter(in_force(on))


class Effective(models.Model):
    """A row with an effective period whose beginning is known."""

    since = models.DateField("起始日期")
    until = models.DateField("终止日期（不含当日）", null=True, blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        abstract = True

    def covers(self, on: date) -> bool:
        """Whether the row is in force on the day `on`."""
        return self.since <= on and (self.until is None or on < self.until)


def ordered_period(name: str) -> models.CheckConstraint:
    """No period ends before it begins."""
    return models.CheckConstraint(
        name=name, condition=Q(until__isnull=True) | Q(since__isnull=True) | Q(until__gte=models.F("since"))
    )


def raises_access_version(name: str, users: str, *, operation: Any = None) -> pgtrigger.Trigger:
    """A trigger that dates the permission snapshots of the accounts concerned.

    `users` is an SQL condition on accounts_user u that may use `changed`, the row as it was or is. In the database,
    so that no path of change is forgotten.
    """
    update = f"UPDATE accounts_user u SET access_version = access_version + 1 WHERE {users};"  # noqa: S608 - constants of the models
    func = f"""
        IF TG_OP <> 'DELETE' THEN changed := NEW; {update} END IF;
        IF TG_OP <> 'INSERT' THEN changed := OLD; {update} END IF;
        RETURN NULL;
    """
    return pgtrigger.Trigger(
        name=name,
        operation=operation or (pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete),
        when=pgtrigger.After,
        declare=[("changed", "RECORD")],
        func=func,
    )
