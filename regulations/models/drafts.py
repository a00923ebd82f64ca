"""The text of a document on its way: what is being written, what became a version, which version was read by whom."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models

_NOW = "pg_current_xact_id()::text::bigint"  # the transaction that is running


def with_its_act(name: str, steps: tuple[str, ...]) -> pgtrigger.Trigger:
    """A row comes with an act of its case, in the same transaction, or not at all."""
    listed = ", ".join(f"'{step}'" for step in steps)
    return pgtrigger.Trigger(
        name=name,
        operation=pgtrigger.Insert,
        when=pgtrigger.Before,
        func=f"""
        IF NOT EXISTS (
            SELECT 1 FROM casework_act a WHERE a.id = NEW.act_id AND a.case_id = NEW.case_id
              AND a.step IN ({listed}) AND a.transaction = {_NOW}
        ) THEN
            RAISE EXCEPTION 'regulations: no text without its act' USING ERRCODE = '23514';
        END IF;
        RETURN NEW;
        """,  # noqa: S608 - constants of this module
    )


class Manuscript(models.Model):
    """What is being written of a document: one for each case, shared by its drafters.

    `revision` counts the savings, so that nobody writes over what another has saved meanwhile.
    """

    class Source(models.TextChoices):
        TYPED = "typed", "网上填写"
        DOCX = "docx", "Word文档"
        MARKDOWN = "md", "Markdown文本"
        TEXT = "txt", "纯文本"

    case = models.OneToOneField("casework.Case", models.PROTECT, related_name="manuscript")
    title = models.CharField("文件标题", max_length=200, blank=True)
    body = models.TextField("正文", blank=True)
    necessity = models.TextField("必要性", blank=True)
    measures = models.TextField("主要措施", blank=True)
    consolidated = models.TextField("修改后的全文", blank=True)
    source = models.CharField("来源", max_length=10, choices=Source.choices, default=Source.TYPED)
    file_name = models.CharField("文件名", max_length=200, blank=True)
    revision = models.PositiveIntegerField(default=0)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.case_id} {self.revision}"

    @property
    def content(self) -> dict[str, str]:
        names = ("title", "body", "necessity", "measures", "consolidated")
        return {name: getattr(self, name) for name in names}


class TextVersion(models.Model):
    """One version (稿) of a document's text with its explanation. It stands; a change is a further version.

    Where the document amends another one, `consolidated` is how that one reads as amended; else it is empty.
    `digest` is the SHA-256 of title, body and consolidated text (`regulations.rules.text.digest`).
    """

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="text_versions")
    act = models.OneToOneField("casework.Act", models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField("稿次")
    title = models.CharField("文件标题", max_length=200)
    body = models.TextField("正文")
    necessity = models.TextField("必要性")
    measures = models.TextField("主要措施")
    consolidated = models.TextField("修改后的全文", blank=True)
    source = models.CharField("来源", max_length=10, choices=Manuscript.Source.choices)
    file_name = models.CharField("文件名", max_length=200, blank=True)
    digest = models.CharField("文本哈希值", max_length=64)

    class Meta:
        ordering = ["case", "number"]
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="one_version_of_a_number")]
        triggers = [
            with_its_act("version_by_act", ("form_text",)),
            pgtrigger.Protect(name="versions_stand", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.title} 第{self.number}稿"


class TextRead(models.Model):
    """Which version an act rested on: the one that was reviewed, adopted, numbered. `digest` is what was read then."""

    class Stage(models.TextChoices):
        REVIEWED = "reviewed", "审核"
        ADOPTED = "adopted", "集体讨论通过"
        NUMBERED = "numbered", "编号印发"

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="texts_read")
    act = models.OneToOneField("casework.Act", models.PROTECT, related_name="+")
    stage = models.CharField(max_length=10, choices=Stage.choices)
    version = models.ForeignKey(TextVersion, models.PROTECT, related_name="readings")
    digest = models.CharField("文本哈希值", max_length=64)

    class Meta:
        triggers = [
            with_its_act("read_by_act", ("pass_legality_review", "adopt", "issue_in_emergency", "register_and_number")),
            pgtrigger.Protect(name="readings_stand", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.stage} {self.digest[:12]}"


class ReviewAnswer(models.Model):
    """The reviewer's answer to one item of the check-list, or to one clause that the scan has marked.

    It is about one version, in the review before the adoption, or about the published text, in the review of a filing.
    `clear`: nothing is wrong there. The last answer counts; earlier ones stay.
    """

    class Kind(models.TextChoices):
        CHECK = "check", "审核清单"
        SUSPICION = "suspicion", "系统标出的条款"

    version = models.ForeignKey(TextVersion, models.PROTECT, null=True, blank=True, related_name="answers")
    filing = models.ForeignKey("casework.Case", models.PROTECT, null=True, blank=True, related_name="review_answers")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    key = models.CharField(max_length=80)
    clear = models.BooleanField("没有问题")
    words = models.TextField("说明", blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["version", "kind", "key", "-id"], name="review_answer_latest"),
            models.Index(fields=["filing", "kind", "id"], name="review_answer_filing"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(version__isnull=True) ^ models.Q(filing__isnull=True), name="answer_about_one_text"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
