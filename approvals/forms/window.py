"""Forms of the service window: who stands there, and whose interest a licence concerns."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.models import Party
from approvals.forms.application import PageForm
from casework.fields import PhoneField


class PersonForm(PageForm):
    """The applicant at the window, identified by a paper that the clerk has seen."""

    kind = forms.ChoiceField(label="申请人类型", choices=Party.Kind.choices, widget=forms.RadioSelect)
    name = forms.CharField(label="姓名或者名称", max_length=120, help_text="与证件记载一致。")
    id_kind = forms.ChoiceField(label="证件类型", choices=Party.IdKind.choices)
    id_number = forms.CharField(
        label="证件号码",
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "govuk-input--width-20"}),
    )
    phone = PhoneField(label="联系电话")
    address = forms.CharField(label="地址", required=False, max_length=200)
    legal_representative = forms.CharField(label="法定代表人或者负责人", required=False, max_length=60)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        kind, paper = cleaned.get("kind"), cleaned.get("id_kind")
        if kind == Party.Kind.LEGAL and paper and paper != Party.IdKind.CREDIT_CODE:
            self.add_error("id_kind", "法人和其他组织请选择统一社会信用代码")
        if kind == Party.Kind.NATURAL and paper == Party.IdKind.CREDIT_CODE:
            self.add_error("id_kind", "自然人请选择个人证件")
        return cleaned


class InterestedForm(forms.Form):
    """Somebody whose major interest the licence concerns."""

    kind = forms.ChoiceField(label="类型", choices=Party.Kind.choices, widget=forms.RadioSelect)
    name = forms.CharField(label="姓名或者名称", max_length=120)
    id_kind = forms.ChoiceField(label="证件类型", choices=[("", "没有登记证件"), *Party.IdKind.choices], required=False)
    id_number = forms.CharField(
        label="证件号码", required=False, max_length=30,
        help_text="登记后，本人登录即可查看告知内容、陈述意见、申请听证。",
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "govuk-input--width-20"}),
    )  # fmt: skip
    phone = PhoneField(label="联系电话", required=False)
    address = forms.CharField(label="地址", required=False, max_length=200)
    reason = forms.CharField(label="直接关系其重大利益的事由", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if bool(cleaned.get("id_kind")) != bool(cleaned.get("id_number")):
            self.add_error("id_number", "证件类型和证件号码应当一并填写")
        return cleaned
