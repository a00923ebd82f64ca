"""What the dashboard can be narrowed to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms


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


class OfOrgan(forms.Form):
    """One organ of those that have something to show."""

    organ = forms.ChoiceField(label="单位", required=False)

    def __init__(self, data: Any, organs: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        chosen: Any = self.fields["organ"]
        chosen.choices = [("", "全部单位"), *organs]


class Filings(forms.Form):
    """By what the filings are added up, and of which organ."""

    by = forms.ChoiceField(label="按", required=False)
    organ = forms.ChoiceField(label="单位", required=False)

    def __init__(self, data: Any, organs: Sequence[tuple[str, str]], tables: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        chosen: Any = self.fields
        chosen["by"].choices = list(tables.items())
        chosen["organ"].choices = [("", "全部单位"), *organs]
