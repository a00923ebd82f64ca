"""What a report on the list is narrowed to."""

from __future__ import annotations

from typing import Any

from django import forms

from powerlist.rules.gaps import ORGANS


class OrganTypeForm(forms.Form):
    organ = forms.ChoiceField(label="条文所称的部门", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["organ"]
        chosen.choices = [("", "全部"), *((name, name) for name in ORGANS)]
