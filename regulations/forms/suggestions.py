"""Proposing that a document be reviewed."""

from __future__ import annotations

from django import forms

from casework.forms import OwnForm


class SuggestionForm(OwnForm):
    """What in a document, and why."""

    articles = forms.CharField(label="哪些条款", required=False, max_length=200, help_text="例如：第三条、第五条")
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
