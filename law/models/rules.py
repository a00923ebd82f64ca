"""Time limits and thresholds: one row for each version of a number that the law fixes."""

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Deferrable, F, Func, Q, Value

from law.explanation import length_zh
from law.terms import Limit
from law.wording import CHAPTERS, articles_zh, law_zh, quantity_zh


class InForce(Func):
    """The days on which a row applies, as a PostgreSQL daterange; both ends are included."""

    function = "daterange"
    output_field = DateRangeField()

    def __init__(self) -> None:
        super().__init__(F("effective_from"), F("effective_to"), Value("[]"))


def never_twice(name: str) -> ExclusionConstraint:
    """On no day does a key have two versions in force. Checked at the end of the transaction."""
    return ExclusionConstraint(
        name=name,
        expressions=[(F("key"), RangeOperators.EQUAL), (InForce(), RangeOperators.OVERLAPS)],
        deferrable=Deferrable.DEFERRED,
    )


class Versioned(models.Model):
    """What limits and thresholds share: a key, the law they rest on, and the days on which they apply."""

    key = models.CharField("代码", max_length=60)
    chapter = models.CharField("章", max_length=20, choices=list(CHAPTERS.items()))
    law_zh = models.CharField("法律依据", max_length=200)
    article = models.CharField("条文", max_length=60, blank=True)
    effective_from = models.DateField("施行日期")
    effective_to = models.DateField("止用日期", null=True, blank=True)
    verified = models.BooleanField("已核对原文")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.key}（{self.effective_from}）"

    @property
    def citation(self) -> str:
        """《中华人民共和国行政许可法》第四十二条第一款"""
        return law_zh(self.law_zh) + articles_zh(self.article)

    def in_force(self, on: date) -> bool:
        """Whether this version applies on that day."""
        return self.effective_from <= on and (self.effective_to is None or on <= self.effective_to)


class TimeLimit(Versioned):
    """One version of a time limit; `law.terms.Limit` is what computes with it.

    A limit without quantity (`is_setting`) is one for which the law gives no number: an organ must set it first.
    """

    class Unit(models.TextChoices):
        WORKING_DAY = "working_day", "工作日"
        NATURAL_DAY = "natural_day", "日"
        MONTH = "month", "月"
        YEAR = "year", "年"
        HOUR = "hour", "小时"

    procedure_zh = models.CharField("事项", max_length=60)
    trigger_zh = models.CharField("起算事由", max_length=60)
    trigger_en = models.CharField("起算事由（英文）", max_length=100)
    quantity = models.PositiveSmallIntegerField("期限", null=True, blank=True)
    unit = models.CharField("单位", max_length=12, choices=Unit.choices, blank=True)
    start_rule = models.CharField("起算规则", max_length=40, blank=True)
    end_rule = models.CharField("届满规则", max_length=60, blank=True)
    extension_quantity = models.PositiveSmallIntegerField("可延长", null=True, blank=True)
    extension_unit = models.CharField("延长单位", max_length=12, choices=Unit.choices, blank=True)
    extension_condition = models.CharField("延长条件", max_length=100, blank=True)
    consequence = models.CharField("说明", max_length=200, blank=True)
    counting = models.CharField("计算方法", max_length=120, blank=True)
    is_setting = models.BooleanField("由门户设置", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "期限"
        ordering = ["chapter", "key", "-effective_from"]
        constraints = [
            never_twice("one_limit_on_a_day"),
            models.CheckConstraint(
                name="limit_has_a_number_or_is_a_setting",
                condition=Q(is_setting=True, quantity__isnull=True, unit="")
                | Q(is_setting=False, quantity__isnull=False) & ~Q(unit="") & ~Q(end_rule=""),
            ),
            models.CheckConstraint(
                name="limit_extension_has_a_unit",
                condition=Q(extension_quantity__isnull=True, extension_unit="")
                | Q(extension_quantity__isnull=False) & ~Q(extension_unit=""),
            ),
        ]

    @property
    def rule_zh(self) -> str:
        """20个工作日, 提前7个工作日, 每年1月31日前（含当日）: how long, in the words of the explanation."""
        return length_zh(self.to_limit())

    @property
    def extension_length(self) -> str:
        """10个工作日, or nothing."""
        return quantity_zh(self.extension_quantity, self.extension_unit) if self.extension_quantity else ""

    def to_limit(self) -> Limit:
        """The plain value that `law.limits.due` takes."""
        return Limit(**{name: getattr(self, name) for name in Limit.__dataclass_fields__})


class Threshold(Versioned):
    """One version of an amount, count or quota that decides which procedure or consequence applies."""

    class Operator(models.TextChoices):
        MAX = "max", "不超过"
        MIN = "min", "不少于"
        GT = "gt", "超过"
        LT = "lt", "不满"
        RATE = "rate", ""
        STEP = "step", "每级增加"

    parameter_zh = models.CharField("参数", max_length=60)
    operator = models.CharField("比较", max_length=8, choices=Operator.choices)
    value = models.DecimalField("数值", max_digits=12, decimal_places=4)
    unit = models.CharField("单位", max_length=20)

    class Meta:
        verbose_name = verbose_name_plural = "数额标准"
        ordering = ["chapter", "key", "-effective_from"]
        constraints = [never_twice("one_threshold_on_a_day")]

    @property
    def amount(self) -> str:
        """不超过200元: the comparison, the value without trailing zeros, the unit."""
        return f"{self.get_operator_display()}{self.value.normalize():f}{self.unit}"
