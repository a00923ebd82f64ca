"""The list itself: a power by its code, and what was published of it for which days. Published rows stand."""

from __future__ import annotations

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models.periods import OVERLAPS, Effective, Period, ordered_period
from powerlist.models import guards, words


def _not_emptied() -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name="rows_are_not_emptied", level=pgtrigger.Statement, operation=pgtrigger.Truncate, when=pgtrigger.Before,
        func=guards.NOT_EMPTIED,
    )  # fmt: skip


class Power(models.Model):
    """A power or responsibility (权责事项) under the code that it keeps through all its versions and holders."""

    code = models.CharField("权责编码", max_length=80, unique=True)

    class Meta:
        verbose_name = "权责事项"
        triggers = [pgtrigger.Protect(name="codes_stand", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("powerlist:power", args=[self.code])


class PowerVersion(Effective):
    """What was published of a power for the days from `since` to before `until`. 国办发〔2018〕118号 四.

    The six contents are 职能 (`name`, `object`), 法律依据 (`bases`), 实施主体 (`organ`), 职责权限 (`authority`,
    `level`), 管理流程 (`stages`) and 监督方式 (`supervision`, `phone`). `matters` is what cases under it may be
    about: its own code first, then the codes of the service items that are bound to it.
    """

    class Kind(models.TextChoices):
        """The nine kinds of the 2015 opinion on lists of powers, and “other”."""

        LICENCE = "XK", "行政许可"
        PENALTY = "CF", "行政处罚"
        COERCION = "QZ", "行政强制"
        LEVY = "ZS", "行政征收"
        GRANT = "JF", "行政给付"
        INSPECTION = "JC", "行政检查"
        CONFIRMATION = "QR", "行政确认"
        AWARD = "JL", "行政奖励"
        RULING = "CJ", "行政裁决"
        OTHER = "QT", "其他权力"

    power = models.ForeignKey(Power, models.PROTECT, related_name="versions")
    name = models.CharField("职权名称", max_length=200)
    kind = models.CharField("职权类型", max_length=2, choices=Kind.choices)
    organ = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="powers", verbose_name="实施主体")
    entrusted = models.ForeignKey(
        "accounts.Organisation", models.PROTECT, null=True, blank=True, related_name="entrusted_powers",
        verbose_name="受委托机关",
    )  # fmt: skip
    object = models.CharField("行使对象", max_length=200, blank=True)
    authority = models.TextField("职责权限")
    level = models.CharField("行使层级", max_length=100, blank=True)
    time_limit = models.CharField("法定时限", max_length=300, blank=True)
    promised = models.CharField("承诺时限", max_length=200, blank=True)
    supervision = models.TextField("监督方式")
    phone = models.CharField("监督电话", max_length=60, blank=True)
    note = models.TextField("说明", blank=True)
    sample = models.BooleanField("示例", default=False)
    matters = ArrayField(models.CharField(max_length=80), verbose_name="可以立案的事项")
    made_by = models.ForeignKey("casework.Act", models.PROTECT, null=True, blank=True, related_name="+")
    ended_by = models.ForeignKey("casework.Act", models.PROTECT, null=True, blank=True, related_name="+")
    transaction = models.BigIntegerField(db_default=0, editable=False)
    tokens = models.TextField("分词", blank=True, editable=False)
    search = models.GeneratedField(
        expression=SearchVector("tokens", config="simple"), output_field=SearchVectorField(), db_persist=True
    )

    class Meta:
        verbose_name = "权责事项版本"
        constraints = [
            ordered_period("power_period_ordered"),
            ExclusionConstraint(
                name="power_one_version_a_day",
                expressions=[("power", RangeOperators.EQUAL), (Period(), OVERLAPS)],
            ),
            models.CheckConstraint(name="power_has_matters", condition=Q(matters__len__gte=1)),
            models.CheckConstraint(name="power_end_has_its_act", condition=Q(until=None) | Q(ended_by__isnull=False)),
        ]
        indexes = [
            GinIndex(fields=["matters"], name="power_matters"),
            GinIndex(fields=["search"], name="power_search"),
            models.Index(fields=["organ", "kind", "name", "id"], name="power_of_organ"),
            models.Index(fields=["name", "id"], name="power_by_name"),
            models.Index(fields=["-since", "-id"], name="power_changes"),
            # the list of today, at the same cost however many versions have ended (queries/listing.py)
            models.Index(fields=["name", "id"], name="power_open", condition=Q(until=None)),
            models.Index(
                fields=["organ", "name", "id"],
                name="power_open_organ",
                include=["kind", "since"],
                condition=Q(until=None),
            ),
            models.Index(fields=["until"], name="power_ends", condition=Q(until__isnull=False)),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="published_by_act", operation=pgtrigger.Insert, when=pgtrigger.Before, declare=guards.DECLARED,
                func=guards.PUBLISHED,
            ),
            pgtrigger.Trigger(
                name="ended_by_act", operation=pgtrigger.Update, when=pgtrigger.Before, declare=guards.DECLARED,
                func=guards.ENDED,
            ),
            pgtrigger.Trigger(
                name="published_whole", operation=pgtrigger.Insert, when=pgtrigger.After, declare=guards.DECLARED,
                timing=pgtrigger.Deferred, func=guards.WHOLE,
            ),
            pgtrigger.Protect(name="versions_are_kept", operation=pgtrigger.Delete),
            words.keeping(),
            _not_emptied(),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name

    @property
    def items(self) -> list[str]:
        """The codes of the service items bound to it."""
        return list(self.matters[1:])


class Basis(models.Model):
    """A provision on which a version rests, as it was cited; the statute-book gives its words for any day."""

    version = models.ForeignKey(PowerVersion, models.PROTECT, related_name="bases")
    order = models.PositiveSmallIntegerField()
    citation = models.CharField("依据", max_length=300)
    family = models.CharField("法规简称", max_length=200)
    article = models.PositiveSmallIntegerField("条", default=0)

    class Meta:
        verbose_name = "法律依据"
        ordering = ["version", "order"]
        constraints = [models.UniqueConstraint(fields=["version", "order"], name="one_basis_in_a_place")]
        indexes = [models.Index(fields=["family", "article"], name="basis_of_statute")]
        triggers = [
            pgtrigger.Trigger(
                name="published_with_version", operation=pgtrigger.Insert, when=pgtrigger.Before,
                declare=guards.DECLARED, func=guards.BASIS,
            ),
            pgtrigger.Protect(name="bases_stand", operation=pgtrigger.Update | pgtrigger.Delete),
            _not_emptied(),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.citation


class Stage(models.Model):
    """One stage of a power with what is owed there, by whom, and how they answer for it (责任清单).

    `families` are the statutes that its `basis` cites.
    """

    version = models.ForeignKey(PowerVersion, models.PROTECT, related_name="stages")
    order = models.PositiveSmallIntegerField()
    stage = models.CharField("环节", max_length=60)
    matter = models.TextField("责任事项")
    subject = models.CharField("责任主体", max_length=120)
    manner = models.TextField("追责情形和方式")
    basis = models.CharField("依据", max_length=400, blank=True)
    families = ArrayField(models.TextField(), default=list, blank=True, editable=False, verbose_name="法规简称")

    class Meta:
        verbose_name = "责任事项"
        ordering = ["version", "order"]
        constraints = [models.UniqueConstraint(fields=["version", "order"], name="one_stage_in_a_place")]
        indexes = [GinIndex(fields=["families"], name="stage_of_statute")]
        triggers = [
            pgtrigger.Trigger(
                name="published_with_version", operation=pgtrigger.Insert, when=pgtrigger.Before,
                declare=guards.DECLARED, func=guards.STAGE,
            ),
            pgtrigger.Protect(name="stages_stand", operation=pgtrigger.Update | pgtrigger.Delete),
            _not_emptied(),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.version_id} {self.order} {self.stage}"
