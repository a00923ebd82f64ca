"""Forms of the public pages: finding an item, looking up a case."""

from __future__ import annotations

import re
from typing import Any

from django import forms

from casework.fields import half_width


class SearchForm(forms.Form):
    """What somebody looks for in the catalogue."""

    q = forms.CharField(label="关键词", required=False, max_length=60, widget=forms.TextInput(attrs={"type": "search"}))
    organ = forms.ChoiceField(label="承办部门", required=False)
    open = forms.BooleanField(label="只看可以网上申请的事项", required=False)

    def __init__(self, organs: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["organ"]
        chosen.choices = [("", "全部部门"), *organs]


class ResultsForm(forms.Form):
    """What somebody looks for among published results."""

    q = forms.CharField(label="决定书文号、事项或者被许可人", required=False, max_length=60)
    organ = forms.ChoiceField(label="作出决定的机关", required=False)

    def __init__(self, organs: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["organ"]
        chosen.choices = [("", "全部机关"), *organs]


class TrackForm(forms.Form):
    """The two things that a receipt bears."""

    number = forms.CharField(label="案号", max_length=60, help_text="例如：东市监许申〔2026〕1号")
    code = forms.CharField(
        label="查询码", max_length=30, help_text="15 位，印在收件凭证上，不区分大小写。",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "class": "govuk-input--width-20"}),
    )  # fmt: skip

    def clean_number(self) -> str:
        """Any brackets and blanks that a keyboard offers stand for 〔〕."""
        text = re.sub(r"\s+", "", half_width(self.cleaned_data["number"]))
        return re.sub(r"[\[(【〔](\d{4})[\])】〕]", r"〔\1〕", text)

    def clean_code(self) -> str:
        return re.sub(r"[^0-9A-Z]", "", half_width(self.cleaned_data["code"]).upper())
