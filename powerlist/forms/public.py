"""What somebody looks for on the list, and as of which day."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from casework.fields import ChineseDateField, LongSelect
from powerlist.rules.item import KINDS


class SearchForm(forms.Form):
    q = forms.CharField(
        label="职权名称、关键词或者编码",
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    organ = forms.ChoiceField(label="实施主体", required=False, widget=LongSelect)
    kind = forms.ChoiceField(
        label="职权类型", required=False, choices=[("", "全部类型"), *KINDS.items()], widget=LongSelect
    )
    on = ChineseDateField(label="查看哪一天的清单", required=False, help_text="不填写的，为今天。")

    def __init__(self, organs: Sequence[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["organ"]
        chosen.choices = [("", "全部机关"), *organs]


class DayForm(forms.Form):
    on = ChineseDateField(label="查看哪一天的版本")


class PlainForm(forms.Form):
    q = forms.CharField(
        label="您遇到了什么事",
        max_length=60,
        widget=forms.TextInput(attrs={"type": "search"}),
        error_messages={"required": "请说出您遇到的事，例如“被罚款”“开饭馆”"},
    )
