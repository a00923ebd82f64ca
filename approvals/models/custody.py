"""Where paper materials and certificates lie: every hand-over between service points and organs, with its receipt."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q


class Consignment(models.Model):
    """Things of one case on their way from one place to another; received by somebody else than who sent them.

    A place is a service point or the office of an organ: that of the organ that handles the case, unless another is
    named, as where the papers of a bundle go on from the lead organ. Who holds a thing is whoever received it last.
    """

    class Content(models.TextChoices):
        MATERIALS = "materials", "纸质申请材料"
        CERTIFICATE = "certificate", "证件、决定书"

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="consignments")
    content = models.CharField("内容", max_length=12, choices=Content.choices)
    pieces = models.CharField("件数和名称", max_length=200)
    sender = models.ForeignKey("accounts.ServicePoint", models.PROTECT, null=True, blank=True, related_name="+")
    receiver = models.ForeignKey("accounts.ServicePoint", models.PROTECT, null=True, blank=True, related_name="+")
    sender_office = models.ForeignKey("accounts.Organisation", models.PROTECT, null=True, blank=True, related_name="+")
    receiver_office = models.ForeignKey(
        "accounts.Organisation", models.PROTECT, null=True, blank=True, related_name="+"
    )
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField("移交时间")
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    received_at = models.DateTimeField("接收时间", null=True, blank=True)
    remark = models.CharField("接收备注", max_length=200, blank=True)

    class Meta:
        verbose_name = "交接"
        constraints = [
            models.CheckConstraint(
                name="consignment_goes_somewhere",
                condition=Q(sender__isnull=True, receiver__isnull=False)
                | Q(sender__isnull=False, receiver__isnull=True)
                | Q(sender__isnull=False, receiver__isnull=False) & ~Q(sender=F("receiver"))
                | Q(sender_office__isnull=False, receiver_office__isnull=True)
                | Q(sender_office__isnull=True, receiver_office__isnull=False),
            ),
            models.CheckConstraint(
                name="consignment_one_place_each",
                condition=(Q(sender__isnull=True) | Q(sender_office__isnull=True))
                & (Q(receiver__isnull=True) | Q(receiver_office__isnull=True)),
            ),
            models.CheckConstraint(
                name="consignment_receipt_whole",
                condition=Q(received_by=None, received_at=None, remark="")
                | Q(received_by__isnull=False, received_at__gte=F("sent_at")) & ~Q(received_by=F("sent_by")),
            ),
            models.UniqueConstraint(
                fields=["case", "content"], condition=Q(received_at=None), name="consignment_one_under_way"
            ),
        ]
        indexes = [
            models.Index(fields=["receiver", "sent_at"], name="consignment_coming", condition=Q(received_at=None)),
            models.Index(fields=["case", "content", "-id"], name="consignment_last"),
        ]
        triggers = [
            pgtrigger.Protect(
                name="receipts_stand", operation=pgtrigger.Update, condition=pgtrigger.Q(old__received_at__isnull=False)
            ),
            pgtrigger.Protect(name="consignments_are_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.get_content_display()}"

    @property
    def sender_name(self) -> str:
        """Where it came from, as people call the place."""
        return self.sender.name if self.sender else (self.sender_office or self.case.organ).short_name

    @property
    def receiver_name(self) -> str:
        """Where it goes to, as people call the place."""
        return self.receiver.name if self.receiver else (self.receiver_office or self.case.organ).short_name
