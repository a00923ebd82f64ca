"""The published items (事项): what may be applied for, on which basis, with what materials, and where."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from accounts.models.periods import OVERLAPS, Effective, Period, ordered_period

HOTLINE = "12345"  # 市民服务热线, where an item names no number of its own


class LicensingItem(Effective):
    """One version of an item. A case names the `code`, its Application the version that applied when it was filed.

    Texts that a person reads are lists of `{"text", "basis", "verified"}`; a basis is a citation such as
    《行政许可法》第三十二条. `verified` False: the text of the cited provision was not at hand, and the screens say so.
    What cannot be filed here says in `outside` what to do where: `{"place", "phone", "site", "url", "steps": […],
    "verified"}`.
    Legal times come from time limits (`limit_key`); `promised_days` (working days) may only be shorter.
    """

    class Kind(models.TextChoices):
        LICENCE = "01", "行政许可"
        GRANT = "05", "行政给付"
        CONFIRMATION = "07", "行政确认"
        AWARD = "08", "行政奖励"
        RULING = "09", "行政裁决"
        OTHER = "10", "其他行政权力"
        SERVICE = "20", "公共服务"

    class Audience(models.TextChoices):
        NATURAL = "natural", "个人"
        LEGAL = "legal", "法人和其他组织"
        BOTH = "both", "个人、法人和其他组织"

    class Online(models.TextChoices):
        NONE = "none", "现场办理"
        ENQUIRY = "enquiry", "网上可查"
        FULL = "full", "全程网办"

    class Origin(models.TextChoices):
        PREPARED = "prepared", "已编制办事指南"
        IMPORTED = "imported", "事项目录"

    code = models.CharField("事项编码", max_length=80)
    name = models.CharField("事项名称", max_length=200)
    group = models.CharField("主项名称", max_length=120, blank=True)
    kind = models.CharField("事项类型", max_length=2, choices=Kind.choices, default=Kind.LICENCE)
    organ = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="items", verbose_name="实施机关")
    organ_verified = models.BooleanField("实施机关已核实", default=False)
    power_code = models.CharField("权力编码", max_length=80, blank=True)
    audience = models.CharField("服务对象", max_length=10, choices=Audience.choices, default=Audience.BOTH)
    themes = models.JSONField("主题", default=list, blank=True)
    keywords = models.CharField("别名和关键词", max_length=300, blank=True)
    summary = models.CharField("一句话说明", max_length=300, blank=True)
    basis = models.JSONField("设定依据", default=list, blank=True)
    conditions = models.JSONField("许可条件", default=list, blank=True)
    number_limit = models.CharField("数量限制", max_length=120, blank=True)
    limit_key = models.CharField("法定办结时限", max_length=60, default="xk_decide")
    limit_note = models.CharField("时限说明", max_length=200, blank=True)
    promised_days = models.PositiveSmallIntegerField("承诺办结时限（工作日）", null=True, blank=True)
    special_limit = models.CharField(max_length=60, blank=True)
    needs_inspection = models.BooleanField("须由本机关检验、检测、检疫", default=False)
    goes_to_superior = models.BooleanField("须报上级机关决定", default=False)
    site_visit = models.BooleanField("须实地核查", default=False)
    safety = models.BooleanField("直接关系公共安全、人身健康、生命财产安全", default=False)
    major = models.BooleanField("列入重大执法决定法制审核目录", default=False)
    public_hearing = models.BooleanField("依法应当听证", default=False)
    on_commitment = models.BooleanField("实行告知承诺", default=False)
    market_regulation = models.BooleanField("由市场监督管理部门实施", default=False)
    fee = models.CharField("收费", max_length=200, blank=True)
    fee_basis = models.CharField("收费依据", max_length=200, blank=True)
    result_name = models.CharField("审批结果", max_length=80, blank=True)
    validity_months = models.PositiveSmallIntegerField("证件有效期（月）", null=True, blank=True)
    validity_note = models.CharField("有效期说明", max_length=200, blank=True)
    complaint_phone = models.CharField("投诉电话", max_length=40, blank=True)
    enquiry_phone = models.CharField("咨询电话", max_length=40, blank=True)
    notes = models.JSONField("说明", default=list, blank=True)
    outside = models.JSONField("在本门户以外办理", default=dict, blank=True)
    online = models.CharField("网上办理程度", max_length=10, choices=Online.choices, default=Online.NONE)
    form = models.JSONField("申请表", default=list, blank=True)
    origin = models.CharField("来源", max_length=10, choices=Origin.choices, default=Origin.PREPARED)
    published = models.BooleanField("已公布", default=False)
    updated_at = models.DateTimeField("更新时间")

    class Meta:
        verbose_name = "事项"
        ordering = ["name", "id"]
        constraints = [
            ordered_period("item_period_ordered"),
            ExclusionConstraint(
                name="item_one_version_a_day",
                expressions=[("code", RangeOperators.EQUAL), (Period(), OVERLAPS)],
            ),
            models.CheckConstraint(
                name="item_online_is_complete",
                condition=~Q(online="full") | (Q(origin="prepared") & ~Q(result_name="") & Q(kind="01")),
            ),
        ]
        indexes = [
            models.Index(fields=["name", "id"], name="item_catalogue", condition=Q(published=True, until__isnull=True)),
            models.Index(fields=["organ", "name", "id"], name="item_organ"),
            GinIndex(fields=["themes"], name="item_themes", opclasses=["jsonb_path_ops"]),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        """Whether an application may be filed through the portal; otherwise it is an entry of the catalogue."""
        return self.published and self.online == self.Online.FULL

    @property
    def example(self) -> bool:
        """Whether something on the guide could not be checked against the source: the screens then say 示例."""
        parts = [*self.basis, *self.conditions]
        return not self.organ_verified or any(not part.get("verified") for part in parts)

    def serves(self, party_kind: str) -> bool:
        """Whether a party of this kind (natural, legal) may apply."""
        return self.audience in (self.Audience.BOTH, party_kind)

    @property
    def validity(self) -> str:
        """5年; 3个月; nothing where the licence has no term of its own."""
        if not self.validity_months:
            return ""
        years, months = divmod(self.validity_months, 12)
        return f"{years}年" if not months else f"{self.validity_months}个月"


class Material(models.Model):
    """A material that an item asks for (行政许可法 30: the whole list is published, and nothing beyond it is asked)."""

    class Form(models.TextChoices):
        ORIGINAL = "original", "原件"
        COPY = "copy", "复印件"
        ELECTRONIC = "electronic", "电子件"
        ORIGINAL_AND_COPY = "both", "原件和复印件"

    class Source(models.TextChoices):
        OWN = "own", "申请人自备"
        GOVERNMENT = "government", "政府部门核发"
        OTHER = "other", "其他机构出具"

    item = models.ForeignKey(LicensingItem, models.CASCADE, related_name="materials")
    code = models.CharField("材料编码", max_length=20)
    name = models.CharField("材料名称", max_length=200)
    source = models.CharField("来源渠道", max_length=12, choices=Source.choices, default=Source.OWN)
    form = models.CharField("材料形式", max_length=12, choices=Form.choices, default=Form.ELECTRONIC)
    required = models.BooleanField("必要材料", default=True)
    when_needed = models.CharField("何时需要", max_length=200, blank=True)
    copies = models.PositiveSmallIntegerField("份数", default=1)
    formats = models.CharField("文件格式", max_length=60, default="pdf,ofd,jpg,png")
    most_mb = models.PositiveSmallIntegerField("单个文件上限（MB）", default=20)
    note = models.CharField("填写要求", max_length=400, blank=True)
    basis = models.CharField("依据", max_length=200, blank=True)
    verified = models.BooleanField("已核对", default=False)
    # What government holds already must not be asked for (国务院关于在线政务服务的若干规定 7).
    shared_from = models.CharField("共享取得", max_length=80, blank=True)
    satisfied_by = models.JSONField(
        "可以使用的证照", default=list, blank=True, help_text="results of items (result_name) that are this material"
    )
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "申请材料"
        ordering = ["item", "order"]
        constraints = [models.UniqueConstraint(fields=["item", "code"], name="one_material_code")]

    def __str__(self) -> str:
        return self.name

    @property
    def asked(self) -> bool:
        """Whether the applicant has to hand it in: it is necessary and no department can supply it."""
        return self.required and not self.shared_from

    @property
    def kinds(self) -> tuple[str, ...]:
        """The file types that are taken."""
        return tuple(self.formats.split(","))

    @property
    def most(self) -> int:
        """The limit of one file in bytes."""
        return self.most_mb * 1024 * 1024


class ItemPoint(models.Model):
    """A service point where the item may be filed on paper."""

    item = models.ForeignKey(LicensingItem, models.CASCADE, related_name="points")
    point = models.ForeignKey("accounts.ServicePoint", models.PROTECT, related_name="served_items")
    window = models.CharField("窗口", max_length=60, blank=True)

    class Meta:
        verbose_name = "办理地点"
        constraints = [models.UniqueConstraint(fields=["item", "point"], name="one_point_an_item")]

    def __str__(self) -> str:
        return f"{self.item_id}@{self.point_id}"
