"""What a password must be. GB/T 22239-2019 8.1.4.1 a) asks for complexity and change; `OFFICIAL_PASSWORD_RULES`
switches both on for officials (ASVS 5.0 6.2.5 and 6.2.10 advise against them: a deployment decides).
"""

from __future__ import annotations

import unicodedata
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.password_validation import MinimumLengthValidator
from django.core.exceptions import ValidationError

from accounts.models import User

# Words that anybody would try first here.
CONTEXT_WORDS = (
    "dongcheng", "beijing", "zhengfu", "zhengwu", "gongwuyuan", "fazhi", "portal", "bjdch", "110101", "12345678",
    "东城", "北京", "政府", "政务", "街道", "门户",
)  # fmt: skip


class LongEnough(MinimumLengthValidator):
    """Django's rule; its sentence has no Chinese yet."""

    def get_error_message(self) -> str:
        return f"密码至少需要{self.min_length}个字符"

    def get_help_text(self) -> str:
        return f"密码至少需要{self.min_length}个字符。"


class ContextWords:
    """Refuses passwords made of the names of the district, its organs and this portal."""

    def validate(self, password: str, user: User | None = None) -> None:
        folded = unicodedata.normalize("NFKC", password).lower()
        if any(word in folded for word in CONTEXT_WORDS):
            raise ValidationError("密码中不能含有本地区、本单位或者本系统的名称", code="password_context")

    def get_help_text(self) -> str:
        return "密码中不能含有本地区、本单位或者本系统的名称。"


class OfficialComplexity:
    """Of officials, where the rules are on: three of capital letters, small letters, digits and other signs."""

    def validate(self, password: str, user: User | None = None) -> None:
        if not (settings.OFFICIAL_PASSWORD_RULES and user is not None and user.is_official):
            return
        kinds = [
            any(sign.isupper() for sign in password),
            any(sign.islower() for sign in password),
            any(sign.isdigit() for sign in password),
            any(not sign.isalnum() for sign in password),
        ]
        if sum(kinds) < 3:
            raise ValidationError("密码应至少包含大写字母、小写字母、数字、符号中的三种", code="password_simple")

    def get_help_text(self) -> str:
        return "工作人员的密码应至少包含大写字母、小写字母、数字、符号中的三种。"


class NotTheSame:
    """Refuses the password that the account has now."""

    def validate(self, password: str, user: User | None = None) -> None:
        if user is not None and user.pk and user.has_usable_password() and user.check_password(password):
            raise ValidationError("新密码不能与当前密码相同", code="password_same")

    def get_help_text(self) -> str:
        return "新密码不能与当前密码相同。"


def must_change(user: User, now: datetime) -> bool:
    """Whether the owner has to choose a new password first: a temporary one, or one too old where the rules are on.

    Demo accounts share a password that everybody may know; it does not grow old.
    """
    if user.must_change_password:
        return True
    if not (settings.OFFICIAL_PASSWORD_RULES and user.is_official and user.password_changed_at) or user.is_demo:
        return False
    return now - user.password_changed_at >= timedelta(days=settings.OFFICIAL_PASSWORD_DAYS)
