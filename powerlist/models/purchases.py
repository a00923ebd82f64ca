"""Purchase of services and transfer payments in the open.

政府购买服务管理办法（财政部令第102号）: what may be bought stands in a published catalogue of three levels, under
公共服务 and 政府履职所需辅助性服务; what may not be bought stands in its article 10. 预算法实施条例 6: transfer
payments are published down to the region, special ones down to the project.
"""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q

from powerlist.models.disclosure import Disclosed, guards_of, rules_of

LEVELS = {1: 1, 3: 2, 5: 3}  # length of a heading's code → its level
FINEST = 5

# The catalogue of a day is the latest that counts on it. A new one counts from its publication at the earliest, so
# that the catalogue of a past day is always the same.
_AFTER_ALL_OTHERS = """
    IF NEW.published_at IS NOT NULL AND (
        NEW.since < (NEW.published_at AT TIME ZONE 'Asia/Shanghai')::date
        OR EXISTS (SELECT 1 FROM powerlist_catalogue c
                   WHERE c.id <> NEW.id AND c.published_at IS NOT NULL AND c.since >= NEW.since)
    ) THEN
        RAISE EXCEPTION 'catalogue: counts from its publication, after all others'
            USING ERRCODE = '23514', CONSTRAINT = 'catalogue_after_all_others';
    END IF;
    RETURN NEW;
"""
_BEFORE_PUBLICATION = """
    IF EXISTS (SELECT 1 FROM powerlist_catalogue c WHERE c.published_at IS NOT NULL AND c.id IN ({ids})) THEN
        RAISE EXCEPTION 'catalogue: a published version stands' USING ERRCODE = '23514';
    END IF;
    RETURN {row};
"""
_WITHIN_CATALOGUE = """
    IF NEW.withdrawn_at IS NULL AND NOT EXISTS (
        SELECT 1 FROM powerlist_heading h
        WHERE h.id = NEW.heading_id AND length(h.code) = 5 AND h.catalogue_id = (
            SELECT c.id FROM powerlist_catalogue c
            WHERE c.published_at IS NOT NULL AND c.since <= NEW.contracted_on ORDER BY c.since DESC LIMIT 1)
    ) THEN
        RAISE EXCEPTION 'project: not in the catalogue in force on its day'
            USING ERRCODE = '23514', CONSTRAINT = 'project_within_catalogue';
    END IF;
    RETURN NEW;
"""


class Catalogue(Disclosed):
    """One version of the catalogue 政府购买服务指导性目录. In force from `since` until the next one."""

    number = models.PositiveIntegerField("版次", unique=True)
    title = models.CharField("名称", max_length=120)
    since = models.DateField("施行日期")

    class Meta:
        verbose_name = "政府购买服务指导性目录"
        ordering = ["-number"]
        constraints = [
            *rules_of("catalogue"),
            models.CheckConstraint(name="catalogue_is_replaced_not_withdrawn", condition=Q(withdrawn_at=None)),
            models.UniqueConstraint(
                name="catalogue_one_a_day", fields=["since"], condition=Q(published_at__isnull=False)
            ),
        ]
        triggers = [
            *guards_of(),
            pgtrigger.Trigger(
                name="after_all_others", operation=pgtrigger.Update, when=pgtrigger.Before, func=_AFTER_ALL_OTHERS
            ),
        ]

    def __str__(self) -> str:
        return self.title


def _until_published(table: str) -> list[pgtrigger.Trigger]:
    """Parts of a version come and go until it is published."""
    ids = {"insert": "NEW.catalogue_id", "update": "NEW.catalogue_id, OLD.catalogue_id", "delete": "OLD.catalogue_id"}
    operations = {"insert": pgtrigger.Insert, "update": pgtrigger.Update, "delete": pgtrigger.Delete}
    return [
        pgtrigger.Trigger(
            name=f"{table}_{how}_before", operation=operations[how], when=pgtrigger.Before,
            func=_BEFORE_PUBLICATION.format(ids=ids[how], row="OLD" if how == "delete" else "NEW"),
        )
        for how in operations
    ]  # fmt: skip


class Heading(models.Model):
    """A heading of the catalogue: A (一级), A01 (二级), A0101 (三级). Only the finest can be bought."""

    catalogue = models.ForeignKey(Catalogue, models.CASCADE, related_name="headings")
    code = models.CharField("编码", max_length=5)
    name = models.CharField("服务事项", max_length=80)

    class Meta:
        verbose_name = "目录事项"
        ordering = ["catalogue", "code"]
        constraints = [
            models.UniqueConstraint(fields=["catalogue", "code"], name="heading_once"),
            models.CheckConstraint(name="heading_code_well_formed", condition=Q(code__regex=r"^[AB](\d{2}){0,2}$")),
        ]
        triggers = _until_published("heading")

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def level(self) -> int:
        """1, 2 or 3."""
        return LEVELS[len(self.code)]


class Exclusion(models.Model):
    """What may not be bought 负面清单, as the version states it; `verified` where it was compared with the text."""

    catalogue = models.ForeignKey(Catalogue, models.CASCADE, related_name="exclusions")
    order = models.PositiveSmallIntegerField("序号")
    text = models.CharField("不得购买的内容", max_length=200)
    basis = models.CharField("依据", max_length=200)
    verified = models.BooleanField("已核实", default=False)

    class Meta:
        verbose_name = "负面清单"
        ordering = ["catalogue", "order"]
        constraints = [models.UniqueConstraint(fields=["catalogue", "order"], name="exclusion_once")]
        triggers = _until_published("exclusion")

    def __str__(self) -> str:
        return self.text


class Project(Disclosed):
    """One purchase under a heading of the catalogue in force on the day of its contract."""

    class Method(models.TextChoices):
        """政府采购法 26, and the manners that the Ministry of Finance has added."""

        OPEN = "open", "公开招标"
        INVITED = "invited", "邀请招标"
        NEGOTIATED = "negotiated", "竞争性谈判"
        CONSULTED = "consulted", "竞争性磋商"
        INQUIRY = "inquiry", "询价"
        SINGLE = "single", "单一来源采购"
        FRAMEWORK = "framework", "框架协议采购"

    class ReceiverKind(models.TextChoices):
        """Who may be given the service (办法 6); 公益一类事业单位 may not (办法 8)."""

        COMPANY = "company", "企业"
        SOCIAL = "social", "社会组织"
        INSTITUTION = "institution", "公益二类或者从事生产经营活动的事业单位"
        COLLECTIVE = "collective", "农村集体经济组织"
        COMMUNITY = "community", "基层群众性自治组织"
        PERSON = "person", "个人"

    heading = models.ForeignKey(Heading, models.PROTECT, related_name="projects", verbose_name="目录事项")
    name = models.CharField("项目名称", max_length=120)
    year = models.PositiveSmallIntegerField("预算年度")
    amount = models.DecimalField("金额（元）", max_digits=16, decimal_places=2)
    receiver = models.CharField("承接主体", max_length=120)
    receiver_kind = models.CharField("承接主体类型", max_length=12, choices=ReceiverKind.choices)
    method = models.CharField("购买方式", max_length=12, choices=Method.choices)
    contracted_on = models.DateField("合同签订日期")
    outside_exclusions = models.BooleanField("已核对不属于负面清单")

    class Meta:
        verbose_name = "政府购买服务项目"
        ordering = ["-year", "-id"]
        constraints = [
            *rules_of("project"),
            models.CheckConstraint(name="project_amount_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(name="project_outside_exclusions", condition=Q(outside_exclusions=True)),
        ]
        indexes = [
            models.Index(
                fields=["-year", "-id"], name="project_public",
                condition=Q(published_at__isnull=False, withdrawn_at__isnull=True),
            ),
            models.Index(fields=["organ", "-id"], name="project_of_organ"),
        ]  # fmt: skip
        triggers = [
            *guards_of(),
            pgtrigger.Trigger(
                name="within_catalogue", operation=pgtrigger.Insert | pgtrigger.Update, when=pgtrigger.Before,
                func=_WITHIN_CATALOGUE,
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name


class Transfer(Disclosed):
    """A transfer payment: of which programme, to whom, in which year, how much of it was paid out."""

    class Kind(models.TextChoices):
        """预算法 16."""

        GENERAL = "general", "一般性转移支付"
        SPECIAL = "special", "专项转移支付"

    programme = models.CharField("转移支付名称", max_length=120)
    kind = models.CharField("类型", max_length=8, choices=Kind.choices)
    year = models.PositiveSmallIntegerField("预算年度")
    giver = models.CharField("拨付方", max_length=80)
    receiver = models.CharField("接收地区或者单位", max_length=80)
    project = models.CharField("项目", max_length=120, blank=True)
    document = models.CharField("下达文号", max_length=80, blank=True)
    amount = models.DecimalField("安排金额（元）", max_digits=16, decimal_places=2)
    paid = models.DecimalField("执行金额（元）", max_digits=16, decimal_places=2, null=True, blank=True)

    class Meta:
        verbose_name = "转移支付"
        ordering = ["-year", "-id"]
        constraints = [
            *rules_of("transfer"),
            models.CheckConstraint(name="transfer_special_names_project", condition=~Q(kind="special", project="")),
            models.CheckConstraint(name="transfer_amount_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="transfer_paid_within_amount",
                condition=Q(paid=None) | Q(paid__gte=0, paid__lte=models.F("amount")),
            ),
        ]
        indexes = [
            models.Index(
                fields=["-year", "-id"], name="transfer_public",
                condition=Q(published_at__isnull=False, withdrawn_at__isnull=True),
            ),
        ]  # fmt: skip
        triggers = guards_of()

    def __str__(self) -> str:
        return self.programme
