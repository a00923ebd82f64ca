"""allauth's forms in our words, each code usable once."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account
from allauth.account.internal.userkit import filter_users_by_email
from allauth.account.models import EmailAddress
from allauth.mfa.adapter import get_adapter as get_mfa_adapter
from allauth.mfa.base import forms as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp
from django import forms
from django.db import transaction

NEW_WORD_HELP = "至少12位；不要使用姓名、账号、手机号码或者本地区、本单位的名称；不要使用常见密码。"


class SignInForm(account.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = forms.CharField(
            label="账号",
            max_length=254,
            help_text="手机号码、用户名或者已验证的电子邮箱",
            widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
        )
        self.fields["password"] = _password("密码", "current-password")
        self.order_fields(["login", "password"])


def _password(label: str, autocomplete: str, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=200,
        strip=False,
        help_text=help_text,
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}),
    )


class _NewPassword:
    """Two fields for a new password, checked by the validators of the settings against the account."""

    def rename(self, fields: dict[str, forms.Field]) -> None:
        fields["password1"].label = "新密码"
        fields["password1"].help_text = NEW_WORD_HELP
        fields["password2"].label = "再次输入新密码"
        fields["password2"].error_messages["required"] = "请再次输入新密码"
        for name in ("password1", "password2"):
            fields[name].max_length = 200  # type: ignore[attr-defined]
            fields[name].widget.attrs = {"autocomplete": "new-password"}


class ChangePasswordForm(_NewPassword, account.ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"] = _password("当前密码", "current-password")
        self.rename(self.fields)
        self.order_fields(["oldpassword", "password1", "password2"])


class ResetPasswordKeyForm(_NewPassword, account.ResetPasswordKeyForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rename(self.fields)


class ResetPasswordForm(account.ResetPasswordForm):
    """Only to confirmed addresses, and never for officials, whose passwords the system administrator resets."""

    email = forms.EmailField(
        label="电子邮箱",
        help_text="注册时填写并已验证的电子邮箱",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def clean_email(self) -> str:
        email = self.cleaned_data["email"].lower()
        confirmed = set(EmailAddress.objects.filter(email=email, verified=True).values_list("user", flat=True))
        found = filter_users_by_email(email, is_active=True)
        self.users = [user for user in found if user.pk in confirmed and not user.is_official]
        return email


class ReauthenticateForm(account.ReauthenticateForm):
    password = _password("密码", "current-password")


class _SingleUse:
    """A code counts once, also while the clock's tolerance would still accept it."""

    user: Any

    def clean_code(self) -> str:
        adapter = get_mfa_adapter()
        adapter.try_code(self.user)
        with transaction.atomic():
            # Recovery codes are ticked off in one value: two at a time would each forget the other's.
            list(Authenticator.objects.select_for_update().filter(user=self.user))
            try:
                code: str = super().clean_code()  # type: ignore[misc]
            except forms.ValidationError as error:
                refused = error  # raised only when the failure has been recorded
            else:
                adapter.spend(self.user, code)
                return code
        raise refused


def _code(help_text: str) -> forms.CharField:
    return forms.CharField(
        label="动态验证码",
        max_length=20,
        help_text=help_text,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


class AuthenticateForm(_SingleUse, mfa.AuthenticateForm):
    code = _code("打开验证器应用，输入6位数字；手机不在身边时可以输入一个恢复码")


class ReauthenticateCodeForm(_SingleUse, mfa.ReauthenticateForm):
    code = _code("打开验证器应用，输入6位数字")


class ActivateTOTPForm(_SingleUse, totp.ActivateTOTPForm):
    code = _code("扫描二维码或者输入密钥后，验证器显示的6位数字")
