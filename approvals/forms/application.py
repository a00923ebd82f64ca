"""The pages of an application: one thing on each. What a page takes is saved as plain data of the draft."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from accounts.models import Party, ServicePoint
from approvals.models import Application, Material
from approvals.queries.questions import Sheet
from casework.facts import frozen
from casework.fields import PhoneField, UploadField
from casework.forms import RefusableForm, field_of

EMPTY: tuple[Any, ...] = (None, "", [])


class PageForm(forms.Form):
    """A page that may be put aside half filled: what is missing is no fault then, what is malformed is one."""

    def put_aside(self) -> dict[str, Any] | None:
        """What can be saved of an unfinished page; None if something on it has to be corrected first."""
        self.is_valid()
        malformed = [error for errors in self.errors.as_data().values() for error in errors if error.code != "required"]
        return None if malformed else self.given()

    def given(self) -> dict[str, Any]:
        """The answers as the draft keeps them."""
        kept = {name: value for name, value in self.cleaned_data.items() if value not in EMPTY}
        return frozen(kept)


class ApplicantForm(PageForm):
    """For whom the person applies."""

    party = forms.ChoiceField(label="您为谁申请？", widget=forms.RadioSelect)

    def __init__(self, parties: Sequence[tuple[Party, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["party"]
        chosen.choices = [(str(party.pk), f"{party.name}（{relation}）") for party, relation in parties]
        chosen.error_messages["required"] = "请选择为谁申请"


class ContactForm(PageForm):
    """How the office reaches the applicant about this case."""

    name = forms.CharField(label="联系人姓名", max_length=60, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    phone = PhoneField(label="联系电话", help_text="用于通知补正、核查和领取，例如 13800138000。")
    email = forms.EmailField(label="电子邮箱", required=False, widget=forms.EmailInput(attrs={"autocomplete": "email"}))
    address = forms.CharField(
        label="联系地址",
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )


class SheetForm(PageForm):
    """One page of the item's own form."""

    def __init__(self, sheet: Sheet, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for ask in sheet.asks:
            self.fields[ask.name] = field_of(ask, ask.choices)


class FilesForm(forms.Form):
    """Files for one material."""

    def __init__(self, material: Material, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = material.kinds
        self.fields["files"] = UploadField(
            label="选择文件", kinds=kinds, max_bytes=material.most, multiple=True, resumable=True
        )
        self.fields["files"].error_messages["required"] = "请选择要上传的文件"


class LookUpForm(forms.Form):
    """What a window looks for an applicant's earlier materials for; the applicant reads it."""

    purpose = forms.CharField(
        label="查询用途", max_length=100, help_text="例如：申请人要求使用此前提交的布局图，免予重复提交。"
    )


class PaperForm(forms.Form):
    """What a window clerk took in on paper: for each material how many copies, none if it is not there."""

    def __init__(self, materials: Sequence[Material], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.materials = list(materials)
        for material in self.materials:
            note = f"{material.get_form_display()}{material.copies}份" + ("" if material.asked else "，非必要")
            self.fields[material.code] = forms.IntegerField(
                label=f"{material.name}（纸质份数）", required=False, min_value=0, max_value=99, help_text=note,
                widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-2"}),
            )  # fmt: skip

    def given(self) -> list[dict[str, Any]]:
        """The materials that are there, with their copies."""
        counted = [(material.code, self.cleaned_data.get(material.code)) for material in self.materials]
        return [{"code": code, "copies": copies} for code, copies in counted if copies]


class DeliveryForm(PageForm):
    """How the result is handed over, and whether papers may be served electronically."""

    way = forms.ChoiceField(
        label="您希望怎样取得审批结果？", choices=Application.Delivery.choices, widget=forms.RadioSelect
    )
    point = forms.ChoiceField(label="领取地点", required=False, help_text="选择到大厅领取的，请选择地点。")
    electronic_service = forms.BooleanField(
        label="我同意以电子方式送达本案文书，送达到本门户“我的办件”", required=False,
        help_text="文书送达后即开始计算申请行政复议、提起行政诉讼的期限。",
    )  # fmt: skip

    hand_over = forms.ChoiceField(
        label="各事项的结果怎样领取？", choices=Application.HandOver.choices, required=False, widget=forms.RadioSelect,
        help_text="选择办成一项领取一项的，先准予的事项先作出决定、先送达，不等待其他事项。",
    )  # fmt: skip

    def __init__(self, points: Sequence[ServicePoint], several: bool, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["point"]
        chosen.choices = [("", "请选择"), *((str(point.pk), f"{point.name}，{point.address}") for point in points)]
        if several:
            self.order_fields(["hand_over"])
        else:
            del self.fields["hand_over"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("way") == Application.Delivery.COLLECT and not cleaned.get("point"):
            self.add_error("point", forms.ValidationError("请选择领取地点", code="required"))
        return cleaned

    def given(self) -> dict[str, Any]:
        kept = super().given()
        return kept | ({"point": int(kept["point"])} if "point" in kept else {})


class DeclarationForm(RefusableForm):
    """What the person states with the submission: the conditions of the step that nobody can compute."""

    def __init__(self, words: Sequence[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.words = {f"attest_{number}": each for number, each in enumerate(words, 1)}
        for name, each in self.words.items():
            self.fields[name] = forms.BooleanField(label=each)

    @property
    def attested(self) -> list[str]:
        return [each for name, each in self.words.items() if self.cleaned_data.get(name)]
