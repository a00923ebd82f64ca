"""The statute-book: texts in their versions, their provisions, and what one text does to another."""

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Q
from django.urls import reverse


class LegalText(models.Model):
    """One version of a law, regulation, rule or normative document.

    `family` is the name that all versions share (中华人民共和国 left out), so that a citation finds them; they follow
    one another by `effective_from`, and a version ends the day before the next one begins. Of normative documents
    several may have one title: their family bears the number besides, and the title is an alias.
    """

    class Kind(models.TextChoices):
        STATUTE = "statute", "法律"
        ADMINISTRATIVE_REGULATION = "administrative_regulation", "行政法规"
        LOCAL_REGULATION = "local_regulation", "地方性法规"
        DEPARTMENT_RULE = "department_rule", "部门规章"
        LOCAL_RULE = "local_rule", "地方政府规章"
        JUDICIAL_INTERPRETATION = "judicial_interpretation", "司法解释"
        PARTY_RULE = "party_rule", "党内法规"
        NORMATIVE_DOCUMENT = "normative_document", "规范性文件"
        OTHER = "other", "其他"

    class Ended(models.TextChoices):
        REVISED = "revised", "已被修改"
        REPEALED = "repealed", "已废止"
        EXPIRED = "expired", "已失效"
        REVOKED = "revoked", "已撤销"
        SUSPENDED = "suspended", "停止执行"

    title = models.CharField("名称", max_length=200)
    family = models.CharField("简称", max_length=200, db_index=True)
    aliases = ArrayField(models.CharField(max_length=200), verbose_name="别称", default=list, blank=True)
    kind = models.CharField("效力级别", max_length=30, choices=Kind.choices)
    issuer = models.CharField("制定机关", max_length=100, blank=True)
    number = models.CharField("文号", max_length=60, blank=True)
    adopted_on = models.DateField("通过日期", null=True, blank=True)
    promulgated_on = models.DateField("公布日期", null=True, blank=True)
    revised_on = models.DateField("修改日期", null=True, blank=True)
    version_on = models.DateField("版本日期", null=True, blank=True)
    effective_from = models.DateField("施行日期", null=True, blank=True)
    effective_basis = models.CharField("施行日期依据", max_length=20, blank=True)
    effective_to = models.DateField("失效日期", null=True, blank=True)
    ended = models.CharField("失效原因", max_length=10, choices=Ended.choices, blank=True)
    history = ArrayField(models.CharField(max_length=400), verbose_name="沿革", default=list, blank=True)
    source_name = models.CharField("来源文件", max_length=200, blank=True)
    digest = models.CharField("内容摘要值", max_length=64, unique=True)

    class Meta:
        verbose_name = verbose_name_plural = "法规文本"
        ordering = ["family", "-effective_from"]
        constraints = [
            models.CheckConstraint(
                name="text_ends_after_it_begins",
                condition=Q(effective_to__isnull=True)
                | Q(effective_from__isnull=True)
                | Q(effective_to__gte=models.F("effective_from")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.title}（{self.version_on}）" if self.version_on else self.title

    def get_absolute_url(self) -> str:
        return reverse("law:text", args=[self.pk])

    def in_force(self, on: date) -> bool:
        """Whether this version applies on that day."""
        begun = self.effective_from is not None and self.effective_from <= on
        return begun and (self.effective_to is None or on <= self.effective_to)

    def validity(self, on: date) -> str:
        """现行有效, 尚未施行, 已被修改 …, as seen on a day."""
        if self.effective_from is None:
            return self.get_ended_display() or "施行日期不明"
        if on < self.effective_from:
            return "尚未施行"
        if self.in_force(on):
            return "有效"
        return self.get_ended_display() or "已失效"


class Provision(models.Model):
    """A piece of a text. The numbers place it (article 32, paragraph 1, item 4); 0 where a level does not apply.

    An article's own row holds no words, they are in its paragraphs and items; its `tokens` are the segmented words
    of the whole article, for search.
    """

    class Kind(models.TextChoices):
        PART = "part", "编"
        SUBPART = "subpart", "分编"
        CHAPTER = "chapter", "章"
        SECTION = "section", "节"
        ANNEX = "annex", "附件"
        OPENING = "opening", "文首"
        PREAMBLE = "preamble", "序言"
        ARTICLE = "article", "条"
        PARAGRAPH = "paragraph", "款"
        ITEM = "item", "项"
        SUBITEM = "subitem", "目"
        CLOSING = "closing", "落款"

    text = models.ForeignKey(LegalText, models.CASCADE, related_name="provisions", verbose_name="法规文本")
    order = models.PositiveIntegerField("顺序")
    kind = models.CharField("层级", max_length=10, choices=Kind.choices)
    label = models.CharField("编号", max_length=30, blank=True)
    content = models.TextField("内容", blank=True)
    anchor = models.CharField("锚点", max_length=30, blank=True)
    annex = models.PositiveSmallIntegerField("附件", default=0)
    article = models.PositiveSmallIntegerField("条", default=0)
    bis = models.PositiveSmallIntegerField("条之", default=0)
    paragraph = models.PositiveSmallIntegerField("款", default=0)
    item = models.PositiveSmallIntegerField("项", default=0)
    subitem = models.PositiveSmallIntegerField("目", default=0)
    tokens = models.TextField("分词", blank=True)
    search = models.GeneratedField(
        expression=SearchVector("tokens", config="simple"), output_field=SearchVectorField(), db_persist=True
    )

    class Meta:
        verbose_name = verbose_name_plural = "条文"
        ordering = ["text", "order"]
        constraints = [
            models.UniqueConstraint(fields=["text", "order"], name="one_provision_in_a_place"),
            models.UniqueConstraint(
                fields=["text", "anchor"], name="one_provision_at_an_anchor", condition=~Q(anchor="")
            ),
        ]
        indexes = [GinIndex(fields=["search"], name="provision_search")]

    def __str__(self) -> str:
        return f"{self.text_id} {self.anchor or self.label}"

    def get_absolute_url(self) -> str:
        return f"{reverse('law:text', args=[self.text_id])}#{self.anchor}"


class SuspendedProvision(models.Model):
    """A provision that does not apply for a time, with all that stands below it, while its text does.

    `since` is the first day on which it does not apply, `until` the day from which it applies again.
    """

    text = models.ForeignKey(LegalText, models.CASCADE, related_name="suspended", verbose_name="法规文本")
    anchor = models.CharField("锚点", max_length=30)
    since = models.DateField("停止执行之日")
    until = models.DateField("恢复执行之日", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "停止执行的条文"
        ordering = ["text", "since", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["text", "anchor"], name="provision_suspended_once", condition=Q(until__isnull=True)
            ),
            models.CheckConstraint(
                name="provision_resumed_later", condition=Q(until=None) | Q(until__gt=models.F("since"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.text_id} {self.anchor} {self.since}"


class Relation(models.Model):
    """What one text says it does to another, whether or not the other is in the book."""

    class Kind(models.TextChoices):
        AMENDS = "amends", "修改"
        REPEALS = "repeals", "废止"
        BASED_ON = "based_on", "根据"
        IMPLEMENTS = "implements", "实施"
        CITES = "cites", "引用"

    source = models.ForeignKey(LegalText, models.CASCADE, related_name="relations", verbose_name="法规文本")
    kind = models.CharField("关系", max_length=10, choices=Kind.choices)
    target_title = models.CharField("对象名称", max_length=200)
    target_family = models.CharField("对象简称", max_length=200, db_index=True)

    class Meta:
        verbose_name = verbose_name_plural = "法规关系"
        ordering = ["source", "kind", "target_title"]
        constraints = [
            models.UniqueConstraint(fields=["source", "kind", "target_family"], name="one_relation_of_a_kind")
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.get_kind_display()} {self.target_title}"
