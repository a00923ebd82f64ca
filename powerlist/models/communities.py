"""Registered social organisations, public-welfare activities 社会组织公益行, and who takes part in them.

A place is given by the database: it counts who takes part under the lock of the activity's row and refuses one more
than there are places, whoever writes the row and however many do so at once.
"""

from __future__ import annotations

from datetime import datetime

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.models.periods import Effective, ordered_period
from powerlist.models.disclosure import Disclosed, guards_of, rules_of

# Counters move with every sign-up; the check constraint of the activity refuses what is too much.
_COUNTED = """
    UPDATE powerlist_activity a SET
        taken = a.taken + {taken}, waiting = a.waiting + {waiting}
    WHERE a.id = NEW.activity_id;
    RETURN NULL;
"""
_IN_TIME = """
    IF NOT EXISTS (
        SELECT 1 FROM powerlist_activity a
        WHERE a.id = NEW.activity_id AND a.published_at IS NOT NULL AND a.withdrawn_at IS NULL
          AND NEW.signed_at <= a.closes_at
    ) OR NEW.state = 'left' THEN
        RAISE EXCEPTION 'activity: not open for sign-up' USING ERRCODE = '23514', CONSTRAINT = 'sign_up_in_time';
    END IF;
    RETURN NEW;
"""
_ONWARD = """
    IF (to_jsonb(NEW) - ARRAY['state', 'promoted_at', 'left_at'])
       IS DISTINCT FROM (to_jsonb(OLD) - ARRAY['state', 'promoted_at', 'left_at'])
       OR (OLD.state, NEW.state) NOT IN (('waiting', 'in'), ('waiting', 'left'), ('in', 'left')) THEN
        RAISE EXCEPTION 'sign-up: somebody who left signs up anew' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
"""


def _one(state: str) -> str:
    """How many more stand in the state because of this row."""
    return f"(NEW.state = '{state}')::int"


def _moved(state: str) -> str:
    return f"{_one(state)} - (OLD.state = '{state}')::int"


class SocialOrganisation(Effective, Disclosed):
    """A registered social organisation, published by the organ that registered it: it may be host of an activity.

    Whose registration has ended is withdrawn, with the reason.
    """

    class Kind(models.TextChoices):
        """社会团体登记管理条例 2, 民办非企业单位登记管理暂行条例 2, 基金会管理条例 2."""

        ASSOCIATION = "association", "社会团体"
        SERVICE = "service", "社会服务机构（民办非企业单位）"
        FOUNDATION = "foundation", "基金会"

    name = models.CharField("名称", max_length=120)
    kind = models.CharField("类型", max_length=12, choices=Kind.choices)
    scope = models.CharField("业务范围", max_length=200)

    class Meta:
        verbose_name = "社会组织"
        ordering = ["name"]
        constraints = [
            *rules_of("social_organisation"),
            ordered_period("social_organisation_period_ordered"),
            models.UniqueConstraint(name="social_organisation_once", fields=["name"], condition=Q(withdrawn_at=None)),
        ]
        triggers = guards_of()

    def __str__(self) -> str:
        return self.name


class Activity(Disclosed):
    """A public-welfare activity, published like everything else that an organ discloses; withdrawn means called off."""

    host = models.ForeignKey(
        SocialOrganisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="activities",
        verbose_name="承办社会组织",
    )
    community = models.ForeignKey(
        "accounts.Organisation", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="所在社区"
    )
    title = models.CharField("活动名称", max_length=80)
    about = models.TextField("内容")
    place = models.CharField("地点", max_length=120)
    starts_at = models.DateTimeField("开始时间")
    ends_at = models.DateTimeField("结束时间")
    closes_at = models.DateTimeField("报名截止时间")
    places = models.PositiveSmallIntegerField("名额")
    waiting_places = models.PositiveSmallIntegerField("候补名额", default=0)
    taken = models.PositiveIntegerField("已报名", default=0, editable=False)
    waiting = models.PositiveIntegerField("候补中", default=0, editable=False)

    class Meta:
        verbose_name = "公益活动"
        ordering = ["starts_at", "id"]
        constraints = [
            *rules_of("activity"),
            models.CheckConstraint(name="activity_has_places", condition=Q(places__gte=1)),
            models.CheckConstraint(name="activity_places_not_exceeded", condition=Q(taken__lte=F("places"))),
            models.CheckConstraint(name="activity_waiting_not_exceeded", condition=Q(waiting__lte=F("waiting_places"))),
            models.CheckConstraint(
                name="activity_times_ordered", condition=Q(closes_at__lte=F("starts_at"), starts_at__lt=F("ends_at"))
            ),
        ]
        indexes = [
            models.Index(
                fields=["starts_at", "id"], name="activity_public",
                condition=Q(published_at__isnull=False, withdrawn_at__isnull=True),
            ),
            models.Index(fields=["organ", "-id"], name="activity_of_organ"),
        ]  # fmt: skip
        triggers = guards_of("taken", "waiting")

    def __str__(self) -> str:
        return self.title

    def open_at(self, at: datetime) -> bool:
        """Whether one can sign up at the moment, be it for the waiting list."""
        return self.published_at is not None and self.withdrawn_at is None and at <= self.closes_at

    @property
    def free(self) -> int:
        """Places that nobody has taken."""
        return self.places - self.taken

    @property
    def free_waiting(self) -> int:
        """Places on the waiting list that nobody has taken."""
        return self.waiting_places - self.waiting


class SignUp(models.Model):
    """Somebody's part in an activity: a place, or a turn on the waiting list in the order of keys, or given up."""

    class State(models.TextChoices):
        IN = "in", "报名成功"
        WAITING = "waiting", "候补"
        LEFT = "left", "已取消"

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="sign_ups")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="sign_ups")
    state = models.CharField("状态", max_length=8, choices=State.choices)
    signed_at = models.DateTimeField("报名时间")
    promoted_at = models.DateTimeField("递补时间", null=True, blank=True)
    left_at = models.DateTimeField("取消时间", null=True, blank=True)

    class Meta:
        verbose_name = "活动报名"
        ordering = ["activity", "id"]
        constraints = [
            models.UniqueConstraint(name="sign_up_once", fields=["activity", "person"], condition=~Q(state="left")),
            models.CheckConstraint(
                name="sign_up_left_when",
                condition=Q(state="left", left_at__isnull=False) | ~Q(state="left") & Q(left_at=None),
            ),
        ]
        indexes = [
            models.Index(fields=["person", "-id"], name="sign_up_of_person"),
            models.Index(fields=["activity", "id"], name="sign_up_waiting", condition=Q(state="waiting")),
        ]
        triggers = [
            pgtrigger.Trigger(name="in_time", operation=pgtrigger.Insert, when=pgtrigger.Before, func=_IN_TIME),
            pgtrigger.Trigger(name="onward", operation=pgtrigger.Update, when=pgtrigger.Before, func=_ONWARD),
            pgtrigger.Trigger(
                name="counted", operation=pgtrigger.Insert, when=pgtrigger.After,
                func=_COUNTED.format(taken=_one("in"), waiting=_one("waiting")),
            ),
            pgtrigger.Trigger(
                name="counted_anew", operation=pgtrigger.Update, when=pgtrigger.After,
                func=_COUNTED.format(taken=_moved("in"), waiting=_moved("waiting")),
            ),
            pgtrigger.Protect(name="sign_ups_are_kept", operation=pgtrigger.Delete),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.activity_id} {self.person_id} {self.state}"
