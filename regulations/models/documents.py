"""The register: a document of one organ under its number, and its words in their versions."""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Func, Q
from django.urls import reverse

from regulations.rules import standing
from regulations.rules.names import KINDS, SUBJECTS


class Pairs(Func):
    """What the index of words holds of a document: pairs of signs and marks of subject, organ and year, as the search
    of the whole house does it."""

    function = "casework_search_tokens"
    output_field = SearchVectorField()

    def __init__(self) -> None:
        super().__init__("words", "subject", "organ", "published_on")

    def deconstruct(self) -> tuple[str, list[object], dict[str, object]]:
        return "regulations.models.documents.Pairs", [], {}


class NormativeDocument(models.Model):
    """A normative document (规范性文件). Its identity is its organ and its number; nobody else may have both.

    A row is made when the number is given. It is public from `published_on`, and from then on its words are in the
    statute-book (`text`, the version that was entered last); before that it may not be cited. `valid_until` and
    `ended_on` are the last days on which it applies. `issuer` is the organ's name as the document bears it; outside
    issuers (the State Council, the city) have no `organ`. `amends`: the document of which it is the decision to amend;
    that one keeps its number and gets a further version. Whether it applies on a day: `standing`.
    """

    class Ended(models.TextChoices):
        LAPSED = standing.LAPSED, "期满失效"
        REPEALED = standing.REPEALED, "废止"
        REVOKED = standing.REVOKED, "撤销"
        REPLACED = standing.REPLACED, "被新文件代替"

    organ = models.ForeignKey(
        "accounts.Organisation", models.PROTECT, null=True, blank=True, related_name="normative_documents",
        verbose_name="制定机关（区内）",
    )  # fmt: skip
    issuer = models.CharField("制定机关", max_length=200)
    number = models.CharField("文号", max_length=60)
    title = models.CharField("名称", max_length=200)
    kind = models.CharField("文种", max_length=20, choices=list(KINDS.items()), default="other")
    subject = models.CharField("主题", max_length=20, choices=list(SUBJECTS.items()), blank=True)
    index_number = models.CharField("索引号", max_length=60, blank=True)
    signed_on = models.DateField("成文日期", null=True, blank=True)
    published_on = models.DateField("公布日期", null=True, blank=True)
    effective_from = models.DateField("施行日期", null=True, blank=True)
    valid_until = models.DateField("有效期截止（含当日）", null=True, blank=True)
    trial = models.BooleanField("试行或者暂行", default=False)
    ended = models.CharField("失效原因", max_length=10, choices=Ended.choices, blank=True)
    ended_on = models.DateField("最后有效日期", null=True, blank=True)
    ended_by = models.CharField("失效依据", max_length=300, blank=True)
    replaced_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replaces", verbose_name="代替它的文件"
    )
    amends = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="amended_by", verbose_name="它修改的文件"
    )
    source = models.CharField("来源", max_length=300, blank=True)
    interpretation = models.TextField("解读", blank=True)
    sample = models.BooleanField("示例", default=False)
    case = models.OneToOneField(
        "casework.Case",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="normative_document",
        verbose_name="制定案件",
    )
    text = models.OneToOneField(
        "law.LegalText", models.PROTECT, null=True, blank=True, related_name="normative_document",
        verbose_name="法规库中的现行文本",
    )  # fmt: skip
    words = models.TextField("检索文本", blank=True, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "规范性文件"
        ordering = ["-published_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["organ", "number"], name="document_number_of_organ"),
            models.UniqueConstraint(fields=["issuer", "number"], name="document_number_of_issuer"),
            models.CheckConstraint(name="document_has_number", condition=~Q(number="") & ~Q(issuer="")),
            models.CheckConstraint(
                name="document_end_has_reason",
                condition=Q(ended="", ended_on=None) | ~Q(ended="") & Q(ended_on__isnull=False),
            ),
            models.CheckConstraint(
                name="document_cited_when_public", condition=Q(text=None) | Q(published_on__isnull=False)
            ),
            models.CheckConstraint(
                name="document_effective_ordered",
                condition=Q(valid_until=None) | Q(effective_from=None) | Q(valid_until__gte=F("effective_from")),
            ),
        ]
        indexes = [
            GinIndex(Pairs(), name="document_words", fastupdate=False, condition=Q(published_on__isnull=False)),
            models.Index(fields=["-published_on", "-id"], name="document_newest"),
            models.Index(fields=["organ", "-published_on", "-id"], name="document_organ"),
            models.Index(fields=["issuer", "-published_on", "-id"], name="document_issuer"),
            models.Index(fields=["subject", "-published_on", "-id"], name="document_subject"),
            models.Index(fields=["title"], name="document_unpublished", condition=Q(published_on=None)),
            models.Index(fields=["valid_until"], name="document_ends", condition=Q(valid_until__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"《{self.title}》（{self.number}）"

    def get_absolute_url(self) -> str:
        return reverse("regulations:document", args=[self.pk])

    @property
    def dates(self) -> standing.Dates:
        """The days on which its standing depends."""
        named = {name: getattr(self, name) for name in standing.DAYS}
        whole = tuple((one.since, one.until) for one in self.suspensions.all() if not one.clause)
        return standing.Dates(**named, suspended=whole)

    def standing(self, on: date) -> str:
        """current, not_yet, lapsed, repealed, revoked, replaced … on a day (`regulations.rules.standing`)."""
        return standing.standing(self.dates, on)

    def validity(self, on: date) -> str:
        """现行有效, 尚未施行, 已废止 …, as seen on a day."""
        return standing.WORDS[self.standing(on)]


class DocumentSuspension(models.Model):
    """A document, or one clause of it, that is not applied for a time (停止执行).

    `clause` is the anchor of an article, paragraph or item, in every version; empty where the whole is suspended.
    `since` is the first day on which it is not applied, `until` the day from which it applies again. The acts are those
    that say so; what was recorded before there were rows has none.
    """

    document = models.ForeignKey(NormativeDocument, models.PROTECT, related_name="suspensions")
    clause = models.CharField("条款（锚点）", max_length=30, blank=True)
    since = models.DateField("停止执行之日")
    until = models.DateField("恢复执行之日", null=True, blank=True)
    act = models.ForeignKey("casework.Act", models.PROTECT, null=True, related_name="+", db_index=False)
    resumed_by = models.ForeignKey("casework.Act", models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        verbose_name = verbose_name_plural = "规范性文件停止执行"
        ordering = ["document", "since", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "clause"], name="suspended_once_at_a_time", condition=Q(until__isnull=True)
            ),
            models.CheckConstraint(name="document_resumed_later", condition=Q(until=None) | Q(until__gt=F("since"))),
        ]

    def __str__(self) -> str:
        return f"{self.document_id} {self.clause} {self.since}"


class DocumentVersion(models.Model):
    """The words of a document in one version, sign by sign as they were handed in; `text` is how they were read.

    A document whose words are amended keeps its number and gets a further version.
    """

    document = models.ForeignKey(NormativeDocument, models.PROTECT, related_name="versions")
    text = models.OneToOneField("law.LegalText", models.PROTECT, related_name="document_version")
    body = models.TextField("正文")
    digest = models.CharField("正文的SHA-256", max_length=64)
    entered_at = models.DateTimeField("收入时间")
    problems = models.JSONField("识读时发现的问题", default=list)

    class Meta:
        verbose_name = verbose_name_plural = "规范性文件文本"
        ordering = ["document", "text__effective_from", "id"]

    def __str__(self) -> str:
        return f"{self.document_id} {self.text_id}"
