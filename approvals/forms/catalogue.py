"""Forms of the public pages: finding an item, looking up a case."""

from __future__ import annotations

from typing import Any

from django import forms


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


class AcceptedForm(ResultsForm):
    """What somebody looks for among published acceptances."""

    def __init__(self, organs: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(organs, *args, **kwargs)
        self.fields["q"].label, self.fields["organ"].label = "案号、事项或者申请单位", "受理的机关"
