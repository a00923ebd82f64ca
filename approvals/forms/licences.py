"""What a holder states about a licence: what is to be changed, why it is to run on; and a request to revoke one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django import forms

from accounts.models import Party
from approvals.forms.application import PageForm
from casework.facts import MAX_TEXT
from casework.forms import field_of
from casework.procedure import Ask


class ChangeForm(PageForm):
    """The content of the certificate as it stands; what is written over is applied for."""

    reasons = forms.CharField(label="变更的理由", max_length=MAX_TEXT, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, asked: Sequence[tuple[Ask, Any]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields = {ask.name: field_of(replace(ask, required=False), ask.choices) for ask, _ in asked}
        self.fields = {**fields, **self.fields}

    def values(self) -> dict[str, Any]:
        """The content as it is to be, as the draft keeps it."""
        return {name: value for name, value in self.given().items() if name != "reasons"}


class RenewalForm(PageForm):
    """Why a licence is to run on; the law asks for no more than the application."""

    reasons = forms.CharField(
        label="申请延续的理由",
        required=False,
        max_length=MAX_TEXT,
        help_text="可以写明取得许可时的条件现在仍然具备；不填也可以提交。",
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def values(self) -> dict[str, Any]:
        return {}


class RevocationForm(forms.Form):
    """A request to revoke somebody else's licence (行政许可法 69(1))."""

    party = forms.ChoiceField(label="您以谁的名义提出？", widget=forms.RadioSelect)
    interest = forms.CharField(
        label="该许可与您有什么利害关系", max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="例如：您是相邻的经营者或者居民，许可直接影响您的权益。",
    )  # fmt: skip
    request = forms.CharField(
        label="请求撤销的事实和理由", max_length=MAX_TEXT, widget=forms.Textarea(attrs={"rows": 6})
    )

    def __init__(self, parties: Sequence[Party], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["party"]
        chosen.choices = [(str(party.pk), party.name) for party in parties]


class NumberForm(forms.Form):
    """The number on a certificate that somebody brings to the window."""

    number = forms.CharField(label="许可证件编号", max_length=80, help_text="例如：东市监许证〔2026〕1号。")
