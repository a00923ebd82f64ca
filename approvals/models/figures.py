"""Figures of licensing as of last night: filings by month, and how long people really wait."""

from __future__ import annotations

from django.db import models


class Filed(models.Model):
    """What was filed in a month and what came to its end in it, for one organ, item, service point and channel.

    `corrected` are those of the month's filings of which something had to be corrected; `late` those that ended after
    their day; `rated` the ratings given in the month, without those that were left aside, `content` the good ones of
    them. Written anew every night: a page adds up a few thousand lines and never looks at the cases.

    A bundle is one filing, handled as several parts: either it counts or they do, never both (`kind`).
    """

    class Kind(models.TextChoices):
        FILING = "filing", "单个事项"
        BUNDLE = "bundle", "一件事"
        PART = "part", "一件事所含的事项"

    month = models.DateField("月份")
    organ = models.ForeignKey("accounts.Organisation", models.CASCADE, related_name="+", db_index=False)
    matter = models.CharField("事项", max_length=80)
    point = models.ForeignKey(
        "accounts.ServicePoint", models.CASCADE, null=True, blank=True, related_name="+", db_index=False
    )
    kind = models.CharField("计入", max_length=8, choices=Kind.choices, default=Kind.FILING)
    online = models.BooleanField("网上申请")
    filed = models.PositiveIntegerField("收件")
    corrected = models.PositiveIntegerField("需要补正")
    ended = models.PositiveIntegerField("办结")
    late = models.PositiveIntegerField("超期办结")
    rated = models.PositiveIntegerField("评价", default=0)
    content = models.PositiveIntegerField("基本满意以上", default=0)

    class Meta:
        verbose_name = "办件月报"
        indexes = [models.Index(fields=["month", "organ"], name="filed_in_month")]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.matter} {self.filed}"


class Waiting(models.Model):
    """How many days those waited whose matter ended in the thirty days before, without what they were waited for."""

    matter = models.CharField("事项", max_length=80, primary_key=True)
    number = models.PositiveIntegerField("办结件数")
    half = models.PositiveSmallIntegerField("半数的天数", help_text="natural days within which half of them had it")
    most = models.PositiveSmallIntegerField("九成的天数", help_text="natural days within which nine in ten had it")
    as_of = models.DateField("截至")

    class Meta:
        verbose_name = "等待时间"

    def __str__(self) -> str:
        return f"{self.matter} {self.most}"
