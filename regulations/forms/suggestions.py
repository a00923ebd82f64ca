"""Proposing that a document be reviewed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from casework.models.case import CODE_ALPHABET


class SuggestionForm(forms.Form):
    """Which document, what in it, and why. `token` makes one proposal of any number of presses."""

    token = forms.CharField(widget=forms.HiddenInput, min_length=15, max_length=15)
    party = forms.ChoiceField(label="以谁的名义提出", widget=forms.RadioSelect)
    articles = forms.CharField(
        label="哪些条款（可以不填）", required=False, max_length=200, help_text="例如：第三条、第五条"
    )
    matters = forms.CharField(
        label="哪些内容有问题", max_length=5000, widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "请写明哪些内容有问题"},
    )  # fmt: skip
    reasons = forms.CharField(
        label="理由", max_length=5000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text="写明与哪一部法律、法规的哪一条相抵触，或者怎样不适当。",
        error_messages={"required": "请写明理由"},
    )  # fmt: skip
    news = forms.CharField(
        label="新的理由（此前提出过并已经答复的才填）", required=False, max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def __init__(self, parties: Sequence[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["party"]
        chosen.choices = parties
        if len(parties) == 1:
            chosen.initial = parties[0][0]

    def clean_token(self) -> str:
        token = str(self.cleaned_data["token"])
        if set(token) - set(CODE_ALPHABET):
            raise forms.ValidationError("页面已经过期，请刷新后重新填写")
        return token
