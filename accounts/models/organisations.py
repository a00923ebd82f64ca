"""The organs of the district as an effective-dated tree, their former names, duties, posts and service points."""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q

from .periods import OVERLAPS, Effective, Period, PeriodQuerySet, ordered_period


class Organisation(models.Model):
    """An organ or one of its internal units. A merged organ is ended and points to its successor.

    `since` is empty where the records do not say when the organ began.
    """

    class Kind(models.TextChoices):
        DISTRICT_GOVERNMENT = "district_government", "区人民政府"
        MUNICIPAL_GOVERNMENT = "municipal_government", "市人民政府"
        GOV_OFFICE = "gov_office", "政府办公室"
        DEPARTMENT = "department", "政府工作部门"
        VERTICAL_BRANCH = "vertical_branch", "垂直管理机关"
        SPECIAL_ORGAN = "special_organ", "特设机构"
        INSTITUTION = "institution", "事业单位"
        ENFORCEMENT_TEAM = "enforcement_team", "综合执法机构"
        DISPATCHED_COMMITTEE = "dispatched_committee", "派出管理机构"
        SUBDISTRICT_OFFICE = "subdistrict_office", "街道办事处"
        COMMUNITY = "community", "社区居民委员会"
        INTERNAL_UNIT = "internal_unit", "内设机构"
        PEOPLE_CONGRESS = "people_congress", "人大常委会"
        CPPCC = "cppcc", "政协委员会"
        SUPERVISION_COMMISSION = "supervision_commission", "监察委员会"
        COURT = "court", "人民法院"
        PROCURATORATE = "procuratorate", "人民检察院"
        PARTY_OFFICE = "party_office", "党委工作机构"

    code = models.CharField("机构代码", max_length=40, unique=True)
    name = models.CharField("名称", max_length=120)
    short_name = models.CharField("简称", max_length=60)
    word = models.CharField("机关代字", max_length=20, blank=True)
    word_verified = models.BooleanField("机关代字已核实", default=False)
    kind = models.CharField("类别", max_length=30, choices=Kind.choices)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    successor = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="predecessors")
    phone = models.CharField("对外电话", max_length=60, blank=True)
    phone_source = models.CharField("电话的来源", max_length=200, blank=True)
    since = models.DateField("设立日期", null=True, blank=True)
    until = models.DateField("撤销日期（不含当日）", null=True, blank=True)
    verified = models.BooleanField("名称已核实", default=False)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = "机构"
        ordering = ["code"]
        constraints = [
            ordered_period("organisation_period_ordered"),
            models.CheckConstraint(
                name="organisation_unit_has_organ", condition=~Q(kind="internal_unit") | Q(parent__isnull=False)
            ),
            models.CheckConstraint(
                name="organisation_not_its_own_parent", condition=Q(parent__isnull=True) | ~Q(parent=models.F("id"))
            ),
            models.UniqueConstraint(
                name="organisation_word_once",
                fields=["word"],
                condition=Q(until__isnull=True) & ~Q(word=""),
            ),
            models.CheckConstraint(name="organisation_phone_has_source", condition=Q(phone="") | ~Q(phone_source="")),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def organ_id(self) -> int:
        """The organ that answers for this organisation: of an internal unit its parent, otherwise itself."""
        return self.parent_id if self.kind == self.Kind.INTERNAL_UNIT else self.pk  # type: ignore[return-value]

    @property
    def full_name(self) -> str:
        """The name; of an internal unit with its organ's in front (load `parent` with it)."""
        return f"{self.parent.name}{self.name}" if self._is_unit and self.parent else self.name

    @property
    def full_short_name(self) -> str:
        """The short name; of an internal unit with its organ's in front (load `parent` with it)."""
        return f"{self.parent.short_name}{self.short_name}" if self._is_unit and self.parent else self.short_name

    @property
    def _is_unit(self) -> bool:
        return self.kind == self.Kind.INTERNAL_UNIT

    def covers(self, on: date) -> bool:
        """Whether the organisation exists on the day `on`."""
        return (self.since is None or self.since <= on) and (self.until is None or on < self.until)


class OrganisationName(models.Model):
    """A name that an organisation bore before its present one, with the code word of its papers at that time."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="former_names")
    name = models.CharField("曾用名", max_length=120)
    short_name = models.CharField("曾用简称", max_length=60, blank=True)
    word = models.CharField("当时的机关代字", max_length=20, blank=True)
    since = models.DateField("启用日期", null=True, blank=True)
    until = models.DateField("停用日期（不含当日）")
    note = models.CharField("说明", max_length=200, blank=True)
    verified = models.BooleanField("已核实", default=False)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = "机构曾用名"
        ordering = ["organisation", "-until"]
        constraints = [
            ordered_period("organisation_name_period_ordered"),
            ExclusionConstraint(
                name="organisation_one_name_a_day",
                expressions=[("organisation", RangeOperators.EQUAL), (Period(), OVERLAPS)],
            ),
        ]

    def __str__(self) -> str:
        return self.name


class OrganisationDuty(Effective):
    """One duty of an organ for as long as it has it, with the provision; `sample` where nobody checked."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="duties")
    order = models.PositiveSmallIntegerField("序号")
    text = models.TextField("职责")
    basis = models.CharField("依据", max_length=200, blank=True)
    sample = models.BooleanField("示例", default=False)

    class Meta:
        verbose_name = "机构职责"
        ordering = ["organisation", "order"]
        constraints = [
            ordered_period("organisation_duty_period_ordered"),
            ExclusionConstraint(
                name="organisation_duty_once",
                expressions=[
                    ("organisation", RangeOperators.EQUAL),
                    ("order", RangeOperators.EQUAL),
                    (Period(), OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return self.text


class ServicePoint(Effective):
    """A place where filings are taken in and results handed over."""

    class Kind(models.TextChoices):
        DISTRICT_CENTRE = "district_centre", "区政务服务中心"
        DEPARTMENTAL_CENTRE = "departmental_centre", "委办局政务服务中心"
        SUBDISTRICT_HALL = "subdistrict_hall", "街道政务服务大厅"
        COMMUNITY_STATION = "community_station", "社区服务站"

    code = models.CharField("编码", max_length=40, unique=True)
    name = models.CharField("名称", max_length=120)
    kind = models.CharField("类别", max_length=30, choices=Kind.choices)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="service_points")
    address = models.CharField("地址", max_length=200)
    opening_hours = models.CharField("办公时间", max_length=200)
    phone = models.CharField("电话", max_length=60)

    class Meta:
        verbose_name = "服务网点"
        ordering = ["code"]
        constraints = [ordered_period("service_point_period_ordered")]

    def __str__(self) -> str:
        return self.name


class Post(Effective):
    """A post within an organisation; `responsible_head` marks the first responsible 第一责任人 of the organ."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="posts")
    title = models.CharField("职务", max_length=80)
    responsible_head = models.BooleanField("第一责任人", default=False)

    class Meta:
        verbose_name = "职务"
        ordering = ["organisation", "title"]
        constraints = [
            ordered_period("post_period_ordered"),
            ExclusionConstraint(
                name="post_one_responsible_head",
                expressions=[("organisation", RangeOperators.EQUAL), (Period(), OVERLAPS)],
                condition=Q(responsible_head=True),
            ),
            ExclusionConstraint(
                name="post_title_once",
                expressions=[
                    ("organisation", RangeOperators.EQUAL),
                    ("title", RangeOperators.EQUAL),
                    (Period(), OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return self.title
