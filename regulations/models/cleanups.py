"""Which documents a clean-up takes in, and how far it has come with each."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from regulations.models.drafts import with_its_act


class CleanupEntry(models.Model):
    """One document of a clean-up: fixed by the act that takes it in, whatever happens to the register afterwards.

    `item` is its case, opened by a worker portion by portion; `proposal` the step by which its maker has proposed what
    shall become of it, while that stands; `left_out` that it had ended before its case was opened.
    """

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="cleanup_entries", db_index=False)
    document = models.ForeignKey("regulations.NormativeDocument", models.PROTECT, related_name="cleanup_entries")
    act = models.ForeignKey("casework.Act", models.PROTECT, related_name="+", db_index=False)
    item = models.OneToOneField("casework.Case", models.PROTECT, null=True, related_name="cleanup_entry")
    proposal = models.CharField("清理意见", max_length=20, blank=True)
    left_out = models.BooleanField("列入前已终止", default=False)

    class Meta:
        ordering = ["case", "id"]
        constraints = [models.UniqueConstraint(fields=["case", "document"], name="document_once_in_cleanup")]
        indexes = [
            models.Index(fields=["case", "id"], name="cleanup_entry_order"),
            models.Index(fields=["case", "id"], name="cleanup_entry_waiting", condition=Q(item=None, left_out=False)),
        ]
        triggers = [
            with_its_act(
                "entry_by_act",
                ("launch_periodic", "launch_for_changed_law", "launch_on_order", "launch_found", "add_document"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.document_id}"
