"""Where somebody is told of what happens in their cases."""

from __future__ import annotations

from typing import Any

from django import forms


class ChannelsForm(forms.Form):
    """Both boxes may be empty: the inbox is always there."""

    by_email = forms.BooleanField(label="电子邮件", required=False)
    by_sms = forms.BooleanField(label="短信", required=False)

    def __init__(self, *args: Any, email: str, phone: str, **kwargs: Any) -> None:
        """`email` and `phone` are masked; "" means that there is none to send to."""
        super().__init__(*args, **kwargs)
        self.fields["by_email"].help_text = f"发送到{email}" if email else "请先在“联系方式”中填写并验证电子邮箱"
        self.fields["by_sms"].help_text = (
            f"发送到{phone}，21时至次日8时一般不发送" if phone else "请先在“联系方式”中填写手机号码"
        )
