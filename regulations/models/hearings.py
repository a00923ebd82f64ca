"""A hearing on a draft (听证会): when and where, who has put their name down for it, who is to take part."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from regulations.models.drafts import TextVersion
from regulations.rules.hearing import CAPACITIES


class Hearing(models.Model):
    """An announced hearing. It is to come while no act has closed it: it was held, or it was cancelled.

    Until `register_by` anybody may put their name down; where it is empty the announcement alone says how.
    """

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="hearings")
    act = models.OneToOneField("casework.Act", models.PROTECT, related_name="+")
    version = models.ForeignKey(TextVersion, models.PROTECT, related_name="hearings")
    on = models.DateField("听证日期")
    place = models.CharField("听证地点", max_length=200)
    subject = models.TextField("听证内容")
    registration = models.TextField("报名办法")
    register_by = models.DateField("报名截止日期（含当日）", null=True, blank=True)
    closed_by = models.OneToOneField("casework.Act", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["case"], name="one_hearing_to_come", condition=Q(closed_by=None)),
        ]
        indexes = [models.Index(fields=["on", "id"], name="hearing_to_come", condition=Q(closed_by=None))]

    def __str__(self) -> str:
        return f"{self.version} {self.on}"


class HearingRegistration(models.Model):
    """Somebody who wants to take part in a hearing, once for each person; `party` is in whose name. Nobody else of the
    public sees who."""

    hearing = models.ForeignKey(Hearing, models.PROTECT, related_name="registrations")
    act = models.OneToOneField("casework.Act", models.PROTECT, related_name="+")
    capacity = models.CharField("报名身份", max_length=20, choices=CAPACITIES)
    views = models.TextField("拟发表的主要意见")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    party = models.ForeignKey("accounts.Party", models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField("报名时间")
    chosen_by = models.ForeignKey("casework.Act", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["hearing", "by"], name="registered_once_for_a_hearing")]
        indexes = [models.Index(fields=["by", "-id"], name="hearing_registration_mine")]

    def __str__(self) -> str:
        return f"{self.hearing_id} {self.at:%Y-%m-%d}"
