"""What is proposed to become of a power: one row for each text that a change case has had."""

from __future__ import annotations

import pgtrigger
from django.db import models

from powerlist.models import guards


class Proposal(models.Model):
    """A text of a change case. A completed or settled proposal is a further row, so that a review names what it read.

    `content` is the whole item as it would be published (`powerlist.rules.item`); empty where a power is cancelled.
    """

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="proposals")
    number = models.PositiveSmallIntegerField("稿次")
    act = models.OneToOneField("casework.Act", models.PROTECT, related_name="+")
    kind = models.CharField("调整类型", max_length=20)
    code = models.CharField("权责编码", max_length=80)
    content = models.JSONField("拟调整内容", default=dict, blank=True)
    reason = models.TextField("理由")
    changes = models.TextField("法律依据变化", blank=True)
    receiver = models.ForeignKey("accounts.Organisation", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "权责事项调整"
        ordering = ["case", "number"]
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="one_text_at_a_time")]
        indexes = [models.Index(fields=["code", "case"], name="proposal_of_power")]
        triggers = [
            pgtrigger.Trigger(
                name="proposed_by_act", operation=pgtrigger.Insert, when=pgtrigger.Before, func=guards.PROPOSED
            ),
            pgtrigger.Protect(name="texts_stand", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.kind} {self.number}"
