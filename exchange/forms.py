"""Forms of those who look after the exchange with the city."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from casework.fields import ChineseDateField
from casework.forms import RefusableForm
from exchange.rules import bodies, signed


def _reason(label: str, hint: str = "") -> forms.CharField:
    return forms.CharField(label=label, max_length=300, help_text=hint, widget=forms.Textarea(attrs={"rows": 3}))


class OpenForm(forms.Form):
    """Why somebody reads a message in full."""

    why = forms.CharField(
        label="查看内容的理由", max_length=200, help_text="内容可能含有个人信息，查看将记入审计记录。"
    )


class RepairForm(RefusableForm):
    """The body of a message, put right. Files stay as they came."""

    body = forms.CharField(
        label="修正后的内容", help_text="材料文件不显示，保留“（原样）”字样即保持不变。",
        widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "false"}),
    )  # fmt: skip
    reason = _reason("修正的理由", "写明依据，例如与申请人或者市级平台核实的情况。")

    def __init__(self, came: dict[str, Any], data: Any = None) -> None:
        written = json.dumps(bodies.shown(came), ensure_ascii=False, indent=2)
        super().__init__(data, initial={"body": written})
        self.came = came

    def clean_body(self) -> dict[str, Any]:
        try:
            return bodies.restored(signed.parsed(self.cleaned_data["body"].encode()), self.came)
        except (signed.Malformed, UnicodeEncodeError):
            raise ValidationError("内容不是完整的 JSON，请检查引号、逗号和括号") from None


class ReplaceForm(RepairForm):
    """What the city gets in the place of a message of ours that it cannot use."""

    def __init__(self, came: dict[str, Any], data: Any = None) -> None:
        super().__init__(came, data)
        self.fields["body"].label = "代替的消息内容"
        self.fields["reason"].label = "搁置原消息、以新消息代替的理由"
        self.fields["reason"].help_text = "写明对方不能接收的原因和修正的依据。"


class RejectForm(RefusableForm):
    """Why a message goes back to the city."""

    reason = _reason("退回的理由", "将告知市级平台，请勿写入个人信息。")


class DecideForm(RefusableForm):
    """The second look."""

    agreed = forms.ChoiceField(
        label="复核意见", choices=[("yes", "同意"), ("no", "不同意，恢复待处理")], widget=forms.RadioSelect
    )
    why = forms.CharField(label="说明", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}))
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("agreed") == "no" and not cleaned.get("why"):
            self.add_error("why", "不同意的，请写明理由")
        return cleaned


class DayForm(forms.Form):
    """The day whose messages are compared."""

    day = ChineseDateField(label="核对哪一日的消息")
