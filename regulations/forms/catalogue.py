"""Words, organ, subject, validity and year; all of it travels in the address."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from casework.fields import ChineseDateField, LongSelect
from regulations.rules.names import KINDS, SUBJECTS
from regulations.rules.standing import SHOWN, WORDS


class CatalogueForm(forms.Form):
    q = forms.CharField(
        label="名称、文号或者正文中的词",
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    issuer = forms.ChoiceField(label="制定机关", required=False, widget=LongSelect)
    subject = forms.ChoiceField(
        label="主题", required=False, choices=[("", "全部主题"), *SUBJECTS.items()], widget=LongSelect
    )
    kind = forms.ChoiceField(
        label="文种", required=False, choices=[("", "全部文种"), *KINDS.items()], widget=LongSelect
    )
    validity = forms.ChoiceField(
        label="效力",
        required=False,
        choices=[("", "全部"), *((name, WORDS[name]) for name in SHOWN)],
        widget=LongSelect,
    )
    year = forms.ChoiceField(label="公布年份", required=False, widget=LongSelect)

    def __init__(self, issuers: Sequence[tuple[str, str]], years: Sequence[int], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["issuer"]
        chosen.choices = [("", "全部机关"), *issuers]
        by_year: Any = self.fields["year"]
        by_year.choices = [("", "全部年份"), *((str(year), f"{year}年") for year in years)]


class OnForm(forms.Form):
    """A day, for the words that stood on it."""

    on = ChineseDateField(label="查看哪一天的文本")
