"""Forms of the open purchases: what visitors look for, what officials enter."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.models import Organisation
from casework.fields import ChineseDateField, LongSelect, MoneyField
from casework.forms import NumberField, RefusableForm
from casework.refusal import Refused
from powerlist.actions.disclosure import WORDS
from powerlist.actions.purchases import Excluded, read_exclusions, read_headings
from powerlist.models import Catalogue, Project, Transfer
from powerlist.queries.purchases import heading_on

EARLIEST, LATEST_YEAR = date(2015, 1, 1), 2100


class RowFilter(forms.Form):
    """What somebody looks for among projects or transfers; the year and the organ come from what is published."""

    q = forms.CharField(label="关键词", required=False, max_length=60)
    organ = forms.ChoiceField(label="购买主体", required=False)
    year = forms.TypedChoiceField(label="年度", required=False, coerce=int, empty_value=None)

    def __init__(self, years: list[int], organs: list[tuple[str, str]] | None, data: Any = None) -> None:
        super().__init__(data or None)
        chosen: Any = self.fields
        chosen["year"].choices = [("", "全部年度"), *((year, f"{year}年") for year in years)]
        if organs is None:
            del chosen["organ"]
        else:
            chosen["organ"].choices = [("", "全部机关"), *organs]


class Entering(RefusableForm):
    """A form whose action may refuse: the reasons go to their fields."""

    def refused(self, refusal: Refused) -> None:
        self.refuse(refusal.reasons)


def _year(label: str = "预算年度") -> NumberField:
    return NumberField(label=label, min_value=EARLIEST.year, max_value=LATEST_YEAR)


class ProjectForm(Entering):
    """One purchase. The headings of every version are offered, each once; the day of the contract says which count."""

    organ = forms.ModelChoiceField(Organisation.objects.none(), label="购买主体")
    heading = forms.ChoiceField(
        label="服务事项（指导性目录三级）", help_text="应当在合同签订之日施行的目录之内。", widget=LongSelect
    )
    name = forms.CharField(label="项目名称", max_length=120)
    year = _year()
    amount = MoneyField(label="金额（元）", min_value=1)
    receiver = forms.CharField(
        label="承接主体", max_length=120, help_text="写明名称。由个人承接的，只写姓，例如“王某”。"
    )
    receiver_kind = forms.ChoiceField(label="承接主体类型", choices=Project.ReceiverKind.choices)
    method = forms.ChoiceField(label="购买方式", choices=[("", "请选择"), *Project.Method.choices])
    contracted_on = ChineseDateField(label="合同签订日期", earliest=EARLIEST)
    outside_exclusions = forms.BooleanField(label="已经对照负面清单核对，不属于不得购买的内容")

    def __init__(self, organs: Any, headings: Sequence[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields
        chosen["organ"].queryset = organs
        named = [f"{code} {name}" for code, name in headings]
        chosen["heading"].choices = [("", "请选择"), *((words, words) for words in named)]

    def clean(self) -> dict[str, Any] | None:
        given = super().clean() or {}
        if given.get("heading") and given.get("contracted_on"):
            code, _, name = str(given["heading"]).partition(" ")
            given["heading"] = heading_on(code, name, given["contracted_on"])
            if given["heading"] is None:
                self.add_error(*WORDS["project_within_catalogue"])
        return given

    @property
    def given(self) -> dict[str, Any]:
        """What the action takes, besides the organ."""
        return {name: value for name, value in self.cleaned_data.items() if name != "organ"}


class TransferForm(Entering):
    """One transfer payment."""

    programme = forms.CharField(label="转移支付名称", max_length=120)
    kind = forms.ChoiceField(label="类型", choices=Transfer.Kind.choices, widget=forms.RadioSelect)
    year = _year()
    giver = forms.CharField(label="拨付方", max_length=80, initial="北京市东城区财政局")
    receiver = forms.CharField(label="接收地区或者单位", max_length=80)
    project = forms.CharField(label="项目", max_length=120, required=False, help_text="专项转移支付必须填写。")
    document = forms.CharField(label="下达文号", max_length=80, required=False)
    amount = MoneyField(label="安排金额（元）", min_value=1)
    paid = MoneyField(label="执行金额（元）", required=False, help_text="尚未执行的不填。")

    def clean(self) -> dict[str, Any] | None:
        given = super().clean() or {}
        if given.get("paid") is not None and given.get("amount") is not None and given["paid"] > given["amount"]:
            self.add_error("paid", "执行金额不得大于安排金额")
        return given


class CatalogueForm(Entering):
    """A further version of the catalogue, whole: headings and negative list, one a line."""

    title = forms.CharField(label="名称", max_length=120)
    since = ChineseDateField(label="施行日期")
    headings = forms.CharField(
        label="目录", max_length=20_000, widget=forms.Textarea(attrs={"rows": 18}),
        help_text="每行一项：编码、空格、名称。一级为 A（公共服务）、B（政府履职辅助性服务），二级 A01，三级 A0101。",
    )  # fmt: skip
    exclusions = forms.CharField(
        label="负面清单", max_length=6_000, widget=forms.Textarea(attrs={"rows": 8}),
        help_text="每行一项：不得购买的内容 | 依据。",
    )  # fmt: skip

    def clean_headings(self) -> list[tuple[str, str]]:
        found, wrong = read_headings(self.cleaned_data["headings"])
        if wrong:
            raise ValidationError([ValidationError(words) for words in wrong[:20]])
        return found

    def clean_exclusions(self) -> list[Excluded]:
        found, wrong = read_exclusions(self.cleaned_data["exclusions"])
        if wrong:
            raise ValidationError([ValidationError(words) for words in wrong[:20]])
        return found

    @staticmethod
    def like(catalogue: Catalogue | None) -> dict[str, Any]:
        """The latest version as the beginning of the next one."""
        if catalogue is None:
            return {}
        return {
            "title": catalogue.title,
            "headings": "\n".join(f"{each.code} {each.name}" for each in catalogue.headings.order_by("code")),
            "exclusions": "\n".join(f"{each.text} | {each.basis}" for each in catalogue.exclusions.order_by("order")),
        }


class WithdrawForm(Entering):
    """Why something that was published is taken back."""

    reason = forms.CharField(label="撤回理由", max_length=200)
