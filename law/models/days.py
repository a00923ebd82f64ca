"""The working-day calendar, and the stamp that tells other processes that the law was loaded anew."""

import uuid

from django.db import models


class CalendarDay(models.Model):
    """A day on which the calendar departs from the week: a weekday off, or a weekend day worked.

    The State Council's notice is one row; an override (a later notice that lengthens a holiday, an emergency) is a
    second row for the same day and wins.
    """

    class Kind(models.TextChoices):
        OFF = "off", "放假"
        WORK = "work", "上班"

    date = models.DateField("日期")
    kind = models.CharField("类别", max_length=4, choices=Kind.choices)
    name = models.CharField("名称", max_length=60)
    source = models.CharField("依据", max_length=200)
    overrides = models.BooleanField("特别调整", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "日历日"
        ordering = ["date", "overrides"]
        constraints = [models.UniqueConstraint(fields=["date", "overrides"], name="one_row_for_a_day")]

    def __str__(self) -> str:
        return f"{self.date} {self.get_kind_display()}（{self.name}）"


class PublishedYear(models.Model):
    """A year for which the State Council's holiday notice is in the calendar; other years are provisional."""

    year = models.PositiveSmallIntegerField("年份", unique=True)
    source = models.CharField("依据", max_length=200)

    class Meta:
        verbose_name = verbose_name_plural = "已公布放假安排的年份"
        ordering = ["year"]

    def __str__(self) -> str:
        return str(self.year)


class Stamp(models.Model):
    """One row whose value changes whenever limits, thresholds, days or texts change; caches compare it.

    A random value rather than a number, so that a rolled-back change never gives two contents the same stamp.
    """

    ROW = 1

    value = models.UUIDField(default=uuid.uuid4)

    class Meta:
        verbose_name = verbose_name_plural = "数据标记"

    def __str__(self) -> str:
        return str(self.value)
