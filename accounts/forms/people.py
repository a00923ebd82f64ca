"""What citizens fill in: registering, entities, agents, contact details."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from accounts import identity
from accounts.models import Party, Representation, User

from .sign_in import NEW_WORD_HELP

NATURAL_PAPERS = [choice for choice in Party.IdKind.choices if choice[0] != Party.IdKind.CREDIT_CODE]


def _text(label: str, help_text: str = "", required: bool = True, **attrs: str) -> forms.CharField:
    length = int(attrs.pop("maxlength", "60"))
    return forms.CharField(
        label=label, help_text=help_text, required=required, max_length=length, widget=forms.TextInput(attrs=attrs)
    )


class _Checked(forms.Form):
    """Turns the sentences of `accounts.identity` into errors beside the field."""

    def check(self, field: str, check: Any, *values: Any) -> None:
        try:
            self.cleaned_data[field] = check(*values)
        except identity.IdentityError as error:
            self.add_error(field, str(error))


class RegisterForm(_Checked):
    name = _text("姓名", "与证件上的姓名一致", autocomplete="name")
    id_kind = forms.ChoiceField(label="证件类型", choices=NATURAL_PAPERS, initial=Party.IdKind.RESIDENT_ID)
    id_number = _text("证件号码", "加密保存，只用于核对您的身份", autocomplete="off", spellcheck="false")
    phone = _text("手机号码", "用于登录和接收办理通知", autocomplete="tel", inputmode="tel")
    email = forms.EmailField(
        label="电子邮箱",
        required=False,
        help_text="验证后可以用来找回密码",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    password1 = forms.CharField(
        label="密码",
        max_length=200,
        strip=False,
        help_text=NEW_WORD_HELP,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password2 = forms.CharField(
        label="再次输入密码",
        error_messages={"required": "请再次输入密码"},
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    consent = forms.BooleanField(
        label="我已阅读并同意为实名认证和办理政务服务事项处理我的姓名、证件号码、手机号码等个人信息",
        error_messages={"required": "请阅读个人信息处理说明，同意后勾选"},
    )

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        self.on = on
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if "id_number" in data and "id_kind" in data:
            self.check("id_number", identity.paper_number, data["id_kind"], data["id_number"], self.on)
        if "phone" in data:
            self.check("phone", identity.mobile, data["phone"])
        password = data.get("password1")
        if password:
            if data.get("password2") and password != data["password2"]:
                self.add_error("password2", "两次输入的密码不一致")
            owner = User(
                username=data.get("phone", ""),
                kind=User.Kind.PERSON,
                display_name=data.get("name", ""),
                phone=data.get("phone", ""),
                email=data.get("email", ""),
            )
            try:
                validate_password(password, owner)
            except ValidationError as error:
                self.add_error("password1", error)
        return data


class EntityForm(_Checked):
    name = _text("单位名称", "与营业执照或者登记证书一致", maxlength="120", autocomplete="organization")
    credit_code = _text("统一社会信用代码", "18位数字和大写字母", autocomplete="off", spellcheck="false")
    phone = _text("单位联系电话", "手机号码，或者带区号的固定电话", autocomplete="tel", inputmode="tel")
    address = _text("单位住所", "", maxlength="200", autocomplete="street-address")

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if "credit_code" in data:
            self.check("credit_code", identity.credit_code, data["credit_code"])
        if "phone" in data:
            self.check("phone", identity.telephone, data["phone"])
        return data


class AgentForm(_Checked):
    name = _text("代理人姓名", "代理人须已在本平台实名注册", autocomplete="off")
    phone = _text("代理人手机号码", "代理人注册时使用的手机号码", autocomplete="off", inputmode="tel")
    scope = forms.ChoiceField(
        label="授权范围",
        widget=forms.RadioSelect,
        choices=[choice for choice in Representation.Scope.choices if choice[0] != Representation.Scope.FULL],
        initial=Representation.Scope.GENERAL,
    )
    months = forms.TypedChoiceField(
        label="授权期限",
        coerce=int,
        choices=[(1, "1个月"), (3, "3个月"), (6, "6个月"), (12, "1年"), (24, "2年")],
        initial=6,
        help_text="从今天起计算，可以随时撤销",
    )

    def clean_phone(self) -> str:
        try:
            return identity.mobile(self.cleaned_data["phone"])
        except identity.IdentityError as error:
            raise ValidationError(str(error)) from error


class ContactForm(_Checked):
    phone = _text("手机号码", "", autocomplete="tel", inputmode="tel")
    email = forms.EmailField(label="电子邮箱", required=False, widget=forms.EmailInput(attrs={"autocomplete": "email"}))
    address = _text("联系地址", "用于送达文书", required=False, maxlength="200", autocomplete="street-address")

    def __init__(self, *args: Any, natural: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.read = identity.mobile if natural else identity.telephone
        if not natural:
            self.fields["phone"].label = "联系电话"

    def clean_phone(self) -> str:
        try:
            return self.read(self.cleaned_data["phone"])
        except identity.IdentityError as error:
            raise ValidationError(str(error)) from error
