"""Bundles (一件事): what people want to do, and which items it takes, under one lead organ (行政许可法 26)."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q

from accounts.models.periods import OVERLAPS, Effective, Period, ordered_period


class Bundle(Effective):
    """One version of a bundle. A case names the `code`, its Application the version that applied when it was filed.

    `questions` are asked before anything else: the answers decide which of the items are needed. `basis` and `notes`
    are lists as those of an item; what is not verified there is a choice of the sample and no provision.
    """

    code = models.CharField("编码", max_length=80)
    name = models.CharField("名称", max_length=200)
    saying = models.CharField("通俗说法", max_length=120, blank=True)
    summary = models.CharField("一句话说明", max_length=300, blank=True)
    keywords = models.CharField("别名和关键词", max_length=300, blank=True)
    lead = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+", verbose_name="牵头机关")
    promised_days = models.PositiveSmallIntegerField("承诺办结时限（工作日）", null=True, blank=True)
    questions = models.JSONField("需要先回答的问题", default=list, blank=True)
    basis = models.JSONField("依据", default=list, blank=True)
    notes = models.JSONField("说明", default=list, blank=True)
    published = models.BooleanField("已公布", default=False)
    updated_at = models.DateTimeField("更新时间")

    class Meta:
        verbose_name = "一件事"
        ordering = ["name", "id"]
        constraints = [
            ordered_period("bundle_period_ordered"),
            ExclusionConstraint(
                name="bundle_one_version_a_day",
                expressions=[("code", RangeOperators.EQUAL), (Period(), OVERLAPS)],
            ),
        ]

    def __str__(self) -> str:
        return self.name


class BundleItem(models.Model):
    """An item of a bundle. It is named by its code: its own versions come and go.

    `when` maps a question of the bundle to the answers with which the item is needed; empty: always. `first` are the
    codes of the items that must be agreed to before this one is examined. `days` are the working days within which the
    published scheme wants the organ's opinion. `same` maps a question of the item to that of another item, written
    CODE.NAME, which asks the same thing: the applicant is asked once.
    """

    bundle = models.ForeignKey(Bundle, models.CASCADE, related_name="members")
    code = models.CharField("事项编码", max_length=80)
    order = models.PositiveSmallIntegerField(default=0)
    when = models.JSONField("何时需要", default=dict, blank=True)
    first = models.JSONField("前置事项", default=list, blank=True)
    days = models.PositiveSmallIntegerField("部门内部时限（工作日）")
    same = models.JSONField("相同的问题", default=dict, blank=True)

    class Meta:
        verbose_name = "一件事所含事项"
        ordering = ["bundle", "order"]
        constraints = [
            models.UniqueConstraint(fields=["bundle", "code"], name="one_item_a_bundle"),
            models.CheckConstraint(name="bundle_item_has_days", condition=Q(days__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.bundle_id} {self.code}"


class OpinionReading(models.Model):
    """That an opinion of one organ was opened by somebody else than who gave it: from then on it stands.

    Its reference to the case is what decides between reading and taking back at one instant: the database lets it in
    only when nobody acts in the case.
    """

    act = models.OneToOneField("casework.Act", models.PROTECT, related_name="reading")
    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField("打开时间")

    class Meta:
        verbose_name = "意见查看记录"
        triggers = [pgtrigger.Protect(name="readings_stand", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.case_id} {self.act_id}"
