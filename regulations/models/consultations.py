"""The public's part in a document: on which version it is asked until when, what it says, what it is answered."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from regulations.models.drafts import TextVersion

SHORTENED = "shorten_public_comment"


class Consultation(models.Model):
    """A text on which the public is asked. It takes opinions while no act has closed it, up to its last day.

    A text may be put before the public again before the first opinions are answered: one act then answers them all.
    """

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="consultations")
    act = models.OneToOneField("casework.Act", models.PROTECT, related_name="+")
    version = models.ForeignKey(TextVersion, models.PROTECT, related_name="consultations")
    opened_on = models.DateField("公布日期")
    until = models.DateField("截止日期（含当日）")
    channel = models.CharField("提出意见的方式", max_length=200)
    business = models.BooleanField("涉经营主体", default=False)
    closed_by = models.OneToOneField("casework.Act", models.PROTECT, null=True, blank=True, related_name="+")
    feedback_by = models.ForeignKey("casework.Act", models.PROTECT, null=True, blank=True, related_name="+")
    summary = models.TextField("意见汇总", blank=True)

    class Meta:
        ordering = ["-until", "-id"]
        indexes = [
            models.Index(fields=["until", "id"], name="consultation_open", condition=Q(closed_by=None)),
            models.Index(fields=["-until", "-id"], name="consultation_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.version} {self.until}"

    @property
    def shortened(self) -> bool:
        """Whether it was ended before its announced day."""
        return self.closed_by is not None and self.closed_by.step == SHORTENED

    @property
    def ended_on(self) -> date:
        """The last day on which it took opinions: the announced one, unless it was shortened."""
        if self.closed_by is None or not self.shortened:
            return self.until
        return timezone.localdate(self.closed_by.at)

    @property
    def shortened_because(self) -> str:
        return str(self.closed_by.facts["reasons"]) if self.closed_by and self.shortened else ""


class Comment(models.Model):
    """One opinion on a draft and its answer. Who gave it is not shown to the public (个人信息保护法 6)."""

    class Outcome(models.TextChoices):
        ADOPTED = "adopted", "采纳"
        PARTLY = "partly", "部分采纳"
        NOT = "not", "不采纳"

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="comments")
    act = models.OneToOneField("casework.Act", models.PROTECT, related_name="+")
    article = models.CharField("针对的条款", max_length=60)
    words = models.TextField("意见和理由")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField("提出时间")
    outcome = models.CharField("处理", max_length=10, choices=Outcome.choices, blank=True)
    reason = models.TextField("理由", blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="comment_answer_has_reason",
                condition=Q(outcome="", answered_at=None)
                | (~Q(outcome="") & ~Q(reason="") & Q(answered_at__isnull=False)),
            )
        ]
        indexes = [
            models.Index(fields=["consultation", "id"], name="comment_unanswered", condition=Q(outcome="")),
            models.Index(fields=["by", "-id"], name="comment_mine"),
        ]

    def __str__(self) -> str:
        return f"{self.article} {self.at:%Y-%m-%d}"
