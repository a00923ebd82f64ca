"""Visits to service points: by appointment, or with a number drawn on the spot."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from casework.models.case import new_code


class Visit(models.Model):
    """One visit to one service point on one day. A booked one holds a place in a half hour until it is given up.

    `number` is what the screen calls, without gaps for point and day: given when somebody checks in or draws one.
    """

    class State(models.TextChoices):
        BOOKED = "booked", "已预约"
        WAITING = "waiting", "等候中"
        CALLED = "called", "请到窗口"
        SERVED = "served", "已办理"
        MISSED = "missed", "过号"
        CANCELLED = "cancelled", "已取消"

    code = models.CharField(max_length=15, unique=True, default=new_code, editable=False)
    point = models.ForeignKey("accounts.ServicePoint", models.PROTECT, related_name="visits", db_index=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="visits")
    matter = models.CharField("事项", max_length=80, blank=True)
    day = models.DateField("日期")
    slot = models.TimeField("时段", null=True, blank=True, help_text="when the half hour begins; none if not booked")
    place = models.PositiveSmallIntegerField(null=True, blank=True, help_text="which of the places of the half hour")
    state = models.CharField(max_length=10, choices=State.choices)
    number = models.PositiveSmallIntegerField("排队号", null=True, blank=True)
    made_at = models.DateTimeField()
    called_at = models.DateTimeField(null=True, blank=True)
    called_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    window = models.CharField("窗口", max_length=20, blank=True)

    class Meta:
        verbose_name = "预约和排队"
        constraints = [
            models.UniqueConstraint(
                fields=["point", "day", "slot", "place"], condition=~Q(state="cancelled") & Q(slot__isnull=False),
                name="visit_one_on_a_place",
            ),
            models.UniqueConstraint(
                fields=["person", "point", "day"], condition=Q(state__in=["booked", "waiting", "called"]),
                name="visit_one_a_day",
            ),
            models.UniqueConstraint(
                fields=["point", "day", "number"], condition=Q(number__isnull=False), name="visit_number_once"
            ),
            models.CheckConstraint(
                name="visit_booked_whole",
                condition=Q(slot__isnull=True, place__isnull=True)
                | Q(slot__isnull=False, place__isnull=False, person__isnull=False),
            ),
            models.CheckConstraint(
                name="visit_in_line_has_number",
                condition=Q(state__in=["booked", "cancelled"], number=None)
                | Q(state__in=["waiting", "called", "served", "missed"], number__isnull=False),
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["point", "day", "state"], name="visit_of_the_day")]

    def __str__(self) -> str:
        return f"{self.point_id} {self.day} {self.number or self.slot}"


class VisitPlan(models.Model):
    """How a service point receives visitors, as its manager set it: the latest row applies, the others are kept.

    `places` maps a half hour, written 09:30, to how many may book it. A point without a row follows the table of its
    kind (approvals/data/visit_hours.csv). What was booked before stands.
    """

    point = models.ForeignKey("accounts.ServicePoint", models.PROTECT, related_name="visit_plans", db_index=False)
    ahead = models.PositiveSmallIntegerField("提前几个工作日可以预约")
    places = models.JSONField("各时段人数", default=dict)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    set_at = models.DateTimeField("设定时间")

    class Meta:
        verbose_name = "预约安排"
        constraints = [models.CheckConstraint(name="visit_plan_looks_ahead", condition=Q(ahead__range=(1, 60)))]
        indexes = [models.Index(fields=["point", "-id"], name="visit_plan_latest")]
        triggers = [pgtrigger.Protect(name="plans_stand", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.point_id} {self.set_at:%Y-%m-%d}"
