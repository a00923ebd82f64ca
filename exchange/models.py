"""The daily comparison with the city's platform: a run is a row."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models


class Reconciliation(models.Model):
    """What both sides have of one day, message by message. Rows stand: a later run is another row.

    `figures`: for each direction and kind the number and the digest here and there; `differences`: each message that
    one side lacks or has otherwise, at most so many as the screen shows; `count` is how many there are.
    """

    day = models.DateField("日期")
    at = models.DateTimeField("核对时间")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    equal = models.BooleanField("一致")
    pending = models.PositiveIntegerField("尚待发送", default=0)
    count = models.PositiveIntegerField("差异", default=0)
    figures = models.JSONField(default=list)
    differences = models.JSONField(default=list)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["day", "-id"], name="reconciliation_day")]
        triggers = [
            pgtrigger.Protect(name="reconciliations_stand", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.day} {'一致' if self.equal else '不一致'}"
