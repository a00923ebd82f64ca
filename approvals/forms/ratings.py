"""How content somebody was."""

from __future__ import annotations

from django import forms

from approvals.models import Rating


class RatingForm(forms.Form):
    """Five levels, and in one's own words why."""

    level = forms.TypedChoiceField(
        label="您对这次办事满意吗？", choices=Rating.Level.choices, coerce=int, widget=forms.RadioSelect,
        error_messages={"required": "请选择一个评价。"},
    )  # fmt: skip
    words = forms.CharField(
        label="您的意见", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="不满意的，请写明哪里不好，承办单位的负责人会联系您核实、整改并答复。请不要填写他人的个人信息。",
    )  # fmt: skip
