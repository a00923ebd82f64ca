"""What an organ puts on paper, what citizens hand in, and what was decided."""

import secrets
from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from casework.models.sealed import SealedJSONField


def new_token() -> str:
    """The opaque part of a verification address: 128 bits."""
    return secrets.token_urlsafe(16)


class Document(models.Model):
    """A file of a case: material handed in, evidence, or an official paper with its frozen context.

    A paper is never drawn up again: a correction is a new paper that points to the old one with `replaces`.
    """

    class Kind(models.TextChoices):
        PAPER = "paper", "文书"
        MATERIAL = "material", "申请材料"
        RECORD = "record", "办案材料"

    class Scan(models.TextChoices):
        """Quarantine: what was handed in is opened by nobody else until it was looked into and scanned."""

        HELD = "held", "安全检查中"
        CLEAN = "clean", "已通过安全检查"
        INFECTED = "infected", "发现病毒，已隔离"
        REFUSED = "refused", "未通过安全检查"

    token = models.CharField(max_length=22, unique=True, default=new_token, editable=False)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    case = models.ForeignKey("casework.Case", models.PROTECT, null=True, blank=True, related_name="documents")
    draft = models.ForeignKey("casework.Draft", models.SET_NULL, null=True, blank=True, related_name="documents")
    act = models.ForeignKey("casework.Act", models.PROTECT, null=True, blank=True, related_name="documents")
    slot = models.CharField(max_length=80, blank=True, help_text="which required material this is")
    paper = models.CharField(max_length=60, blank=True, help_text="code of the kind of paper")
    title = models.CharField(max_length=200)
    number = models.CharField(max_length=80, blank=True)
    organ = models.ForeignKey("accounts.Organisation", models.PROTECT, null=True, blank=True)
    context = SealedJSONField(default=dict)
    file = models.FileField(upload_to="documents/%Y/%m/", blank=True, max_length=200)
    content_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    added_at = models.DateTimeField()
    issued_on = models.DateField(null=True, blank=True)
    made_at = models.DateTimeField(null=True, blank=True, help_text="when the file was rendered and signed")
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=500, blank=True)
    scan = models.CharField(max_length=10, choices=Scan.choices, default=Scan.HELD, help_text="not for papers")
    scanned_at = models.DateTimeField(null=True, blank=True)
    scanned_by = models.CharField(max_length=20, blank=True, help_text="clamd, or none in a demonstration")
    finding = models.CharField(max_length=300, blank=True, help_text="why it was refused, or what was found in it")
    replaces = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")
    voided_at = models.DateTimeField(null=True, blank=True)
    void_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            # A certificate that is issued anew keeps the number of the one that it replaces.
            models.UniqueConstraint(
                fields=["organ", "number"], condition=~Q(number="") & Q(replaces=None), name="one_paper_a_number"
            ),
            models.CheckConstraint(
                condition=~Q(kind="paper") | (Q(organ__isnull=False) & Q(case__isnull=False)), name="paper_has_organ"
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_try_at", "id"], name="paper_to_make", condition=Q(kind="paper", made_at__isnull=True)
            ),
            models.Index(
                fields=["next_try_at", "id"],
                name="document_to_scan",
                condition=Q(scan="held") & ~Q(kind="paper") & ~Q(file=""),
            ),
            models.Index(fields=["case", "added_at"], name="document_case"),
            models.Index(fields=["sha256"], name="paper_by_content", condition=Q(kind="paper", made_at__isnull=False)),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="issued_papers_stand",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                condition=pgtrigger.Q(old__kind="paper"),
                func="""
                IF OLD.made_at IS NULL AND OLD.number = '' THEN
                    OLD.number := NEW.number;  -- it is given once, at the end of the step that issues the paper
                END IF;
                IF (OLD.kind, OLD.number, OLD.title, OLD.paper, OLD.organ_id, OLD.case_id, OLD.act_id, OLD.token)
                   IS DISTINCT FROM
                   (NEW.kind, NEW.number, NEW.title, NEW.paper, NEW.organ_id, NEW.case_id, NEW.act_id, NEW.token)
                   OR (OLD.made_at IS NOT NULL
                       AND (OLD.sha256, OLD.file, OLD.made_at) IS DISTINCT FROM (NEW.sha256, NEW.file, NEW.made_at))
                THEN
                    RAISE EXCEPTION 'an issued paper stands: correct it with a new one' USING ERRCODE = '23514';
                END IF;
                RETURN NEW;
                """,
            ),
            pgtrigger.Protect(
                name="papers_are_kept", operation=pgtrigger.Delete, condition=pgtrigger.Q(old__case__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.number}".strip()

    @property
    def printed(self) -> dict[str, Any]:
        """What a paper is printed from: its frozen context, and the numbers, which stand in rows alone."""
        numbers = {"number": self.number, "case_number": self.case.number if self.case else ""}
        return {**self.context, **{name: number for name, number in numbers.items() if number}}

    @property
    def sound(self) -> bool:
        """Whether it may be opened by others: the organ's own papers, and what passed the inspection."""
        return self.kind == self.Kind.PAPER or self.scan == self.Scan.CLEAN

    @property
    def locked_away(self) -> bool:
        """Whether it is kept under lock and counts as not handed in."""
        return self.kind != self.Kind.PAPER and self.scan in (self.Scan.INFECTED, self.Scan.REFUSED)

    @property
    def standing(self) -> str:
        """valid, replaced or void, as the verification page tells it."""
        if self.voided_at:
            return "void"
        return "replaced" if getattr(self, "replaced_by", None) else "valid"


class Decision(models.Model):
    """What an organ decided over somebody: the thing that can be challenged, published, carried out, annulled."""

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="decisions")
    act = models.OneToOneField("casework.Act", models.PROTECT, related_name="decision")
    document = models.OneToOneField(Document, models.PROTECT, null=True, blank=True, related_name="decision")
    organ = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="decisions")
    kind = models.CharField(max_length=60)
    outcome = models.CharField(max_length=60)
    party = models.ForeignKey("accounts.Party", models.PROTECT, null=True, blank=True, related_name="decisions")
    decided_on = models.DateField()
    served_on = models.DateField(null=True, blank=True)
    remedy = models.JSONField(default=dict, blank=True)
    public = models.BooleanField(default=False)
    summary = models.CharField(max_length=500, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    ended_by = models.ForeignKey("casework.Act", models.PROTECT, null=True, blank=True, related_name="ends")
    replaces = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")

    class Meta:
        indexes = [
            models.Index(fields=["-decided_on", "-id"], name="decision_public", condition=Q(public=True)),
            models.Index(fields=["organ", "-decided_on"], name="decision_organ"),
        ]

    def __str__(self) -> str:
        return f"{self.outcome} {self.decided_on}"
