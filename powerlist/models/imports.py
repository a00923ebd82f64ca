"""A file of changes: its lines as they were judged, and what became of each after the person confirmed."""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from casework.models.case import new_code

PROPOSING = {"addition": "新增", "change": "变更要素"}
OUTCOMES = {"refused": "有误", **PROPOSING, "unchanged": "没有变化"}  # what is wrong comes first
SMALL = 20  # lines, some 70 ms each


class ImportedFile(models.Model):
    """Handed in by the head of an organ, thrown away or confirmed; a confirmed one is worked through line by line.

    `attested` is what the person stated of its lines. `finished_at`: every line is proposed, or refused with a reason.
    """

    code = models.CharField(max_length=15, unique=True, default=new_code, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="imported_files")
    organ = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    proposing = models.PositiveIntegerField(help_text="how many of its lines propose something")
    created_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    attested = models.JSONField(default=list, blank=True)
    address = models.GenericIPAddressField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "权责清单调整文件"
        indexes = [models.Index(fields=["owner", "-id"], name="imported_mine")]
        triggers = [
            pgtrigger.Protect(
                name="confirmed_files_stand",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Q(old__confirmed_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def small(self) -> bool:
        """Whether the person can wait for it: its lines are proposed in the request, and told of one by one."""
        return self.proposing <= SMALL


class ImportedLine(models.Model):
    """A line of the file. `faults` are headings and what is wrong under them.

    Of a line that proposes something, exactly one of `case` and `refusal` is written, once, in the transaction that
    opens the case; until then the line waits.
    """

    file = models.ForeignKey(ImportedFile, models.CASCADE, related_name="lines")
    number = models.PositiveIntegerField("行")
    code = models.TextField("权责编码", blank=True)
    name = models.TextField("职权名称", blank=True)
    outcome = models.CharField("结果", max_length=9, choices=list(OUTCOMES.items()))
    item = models.JSONField("拟调整内容", default=dict)
    reason = models.TextField("理由", blank=True)
    changes = models.TextField("法律依据变化", blank=True)
    differing = models.JSONField("变更的要素", default=list, blank=True)
    faults: Any = models.JSONField("错误", default=list, blank=True)
    case = models.OneToOneField("casework.Case", models.PROTECT, null=True, blank=True, related_name="+")
    refusal = models.TextField("没有提出的原因", blank=True)

    class Meta:
        verbose_name = "权责清单调整文件的行"
        constraints = [
            models.UniqueConstraint(fields=["file", "number"], name="one_line_of_a_number"),
            models.CheckConstraint(condition=Q(case=None) | Q(refusal=""), name="imported_line_became_one_thing"),
        ]
        indexes = [
            models.Index(
                fields=["file", "number"],
                name="imported_to_do",
                condition=Q(outcome__in=list(PROPOSING), case=None, refusal=""),
            )
        ]
        triggers = [
            pgtrigger.Protect(
                name="what_a_line_became_stands",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__case__isnull=False) | ~pgtrigger.Q(old__refusal=""),
            )
        ]

    def __str__(self) -> str:
        return f"{self.file_id} {self.number}"

    @property
    def proposes(self) -> bool:
        return self.outcome in PROPOSING

    @property
    def told(self) -> str:
        return OUTCOMES[self.outcome]

    @property
    def said(self) -> list[str]:
        """What there is to say of the line: why it is not proposed, or else which elements would change."""
        faults = [f"{heading}：{words}" for heading, words in self.faults]
        return faults or ([self.refusal] if self.refusal else ["、".join(self.differing)] if self.differing else [])
