"""What the dashboard can be narrowed to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from casework.fields import LongSelect
from casework.models.case import CODE_ALPHABET


class Narrowing(forms.Form):
    """One organ, where there are several, and one procedure."""

    organ = forms.ChoiceField(label="单位", required=False)
    procedure = forms.ChoiceField(label="程序", required=False)

    def __init__(
        self, data: Any, organs: Sequence[tuple[str, str]], procedures: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        chosen: Any = self.fields
        chosen["procedure"].choices = [("", "全部程序"), *procedures]
        if len(organs) > 1:
            chosen["organ"].choices = [("", "全部单位"), *organs]
        else:
            del self.fields["organ"]


class Filings(forms.Form):
    """By what the filings are added up, and of which organ."""

    by = forms.ChoiceField(label="按", required=False)
    organ = forms.ChoiceField(label="单位", required=False)

    def __init__(self, data: Any, organs: Sequence[tuple[str, str]], tables: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        chosen: Any = self.fields
        chosen["by"].choices = list(tables.items())
        chosen["organ"].choices = [("", "全部单位"), *organs]


class ComplaintForm(forms.Form):
    """What somebody complains of. `token` makes one complaint of any number of presses."""

    token = forms.CharField(widget=forms.HiddenInput, min_length=15, max_length=15)
    power = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)
    concerned = forms.ChoiceField(
        label="您反映哪个机关", widget=LongSelect, error_messages={"required": "请选择您反映的机关"}
    )
    facts = forms.CharField(
        label="发生了什么事", max_length=5000, widget=forms.Textarea(attrs={"rows": 8}),
        help_text="请写明时间、地点、经过和涉及的人员。不要填写与这件事无关的个人信息。",
        error_messages={"required": "请写明发生了什么事"},
    )  # fmt: skip
    wish = forms.CharField(
        label="您希望怎样处理（可以不填）", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, organs: Sequence[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["concerned"]
        chosen.choices = [("", "请选择"), *organs]

    def clean_token(self) -> str:
        token = str(self.cleaned_data["token"])
        if set(token) - set(CODE_ALPHABET):
            raise forms.ValidationError("页面已经过期，请刷新后重新填写")
        return token


class NamedComplaintForm(ComplaintForm):
    """By whom, and whether it is about what an earlier complaint brought upon them."""

    party = forms.ChoiceField(label="以谁的名义反映", widget=forms.RadioSelect)
    earlier = forms.CharField(
        label="因此前的投诉举报受到打击报复的，填写那一件的案号（可以不填）", required=False, max_length=60,
        help_text="填写以后，这一件不会转给被反映的机关，并同时告知监察人员。",
    )  # fmt: skip
    field_order = ("token", "power", "party", "concerned", "facts", "wish", "earlier")

    def __init__(self, parties: Sequence[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["party"]
        chosen.choices = parties
        if len(parties) == 1:
            chosen.initial = parties[0][0]
