"""How allauth is fitted to this house: our actions write, our words speak, our register remembers."""

from __future__ import annotations

import logging
import time
from typing import Any, cast

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from accounts import actions, devices, encryption, rates
from accounts.backends import lockout_name
from accounts.limits import SECOND_FACTOR, SIGNED_IN
from accounts.models import AccessEvent, User
from accounts.source import client_address, network

logger = logging.getLogger(__name__)

LOCKED = "account/lockout.html"
FRESH = 600  # seconds after signing in during which the first second factor may be bound without asking again


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": "账号或者密码不正确",
        "enter_current_password": "当前密码不正确",
        "incorrect_password": "密码不正确",
        "incorrect_code": "验证码不正确或者已经使用过",
        "invalid_password_reset": "链接无效或者已经过期，请重新申请",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """Counts the try before the password is looked at, so that as many as the limit allows are, and no more."""
        tries = counted(request, credentials)
        at = timezone.now()
        for place, (limit, subject) in enumerate(tries):
            if wait := rates.count(limit, subject, at):
                for before in tries[:place]:
                    rates.give_back(*before)
                raise rates.TooMany(wait, LOCKED)
        user = super().authenticate(request, **credentials)
        if user:
            rates.forget(*tries[0])
            for other in tries[1:]:
                rates.give_back(*other)
        elif wait := max(rates.used_up(limit, subject, at) for limit, subject in tries):
            locked_out(request, credentials)
            raise rates.TooMany(wait, LOCKED)
        return user

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Nothing: counted above."""

    def _rollback_login_failed_rl_usage(self) -> None:
        """Nothing to give back, because nothing was taken."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A relay that is gone is no answer to whether an address has an account; nor does it undo what was done."""
        try:
            super().send_mail(template_prefix, email, context)
        except OSError as error:
            logger.error("A mail could not be sent (%s).", type(error).__name__)

    def set_password(self, user: User, password: str) -> None:
        actions.change_password(user, password, at=timezone.now(), source=self.get_client_ip(context.request))

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("accounts:profile")

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Administrators to their registers, officials to the desk, everybody else to the front page."""
        user = cast(User, request.user)
        if user.kind == User.Kind.ADMINISTRATOR:
            return reverse("accounts:manage")
        return settings.OFFICIAL_REDIRECT_URL if user.is_official else settings.LOGIN_REDIRECT_URL

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        session = context.request.session
        fresh = time.time() - session.get(SIGNED_IN, 0) < FRESH
        if fresh and not Authenticator.objects.filter(user=context.request.user).exists():
            return False
        # A person who has just shown the second factor is not asked for the password again at once.
        if time.time() - session.get(SECOND_FACTOR, 0) < FRESH:
            return False
        return super().is_reauthentication_required(app=app, **kwargs)


def counted(request: HttpRequest, credentials: dict[str, Any]) -> list[tuple[str, str]]:
    """What a try counts against: of a known browser its own limit; of a stranger the account's and the source's."""
    name, device = lockout_name(request, credentials), devices.of(request)
    if device and name in {f"user-{account}" for account in device.accounts}:
        return [("sign_in_device", f"{name}:{device.number}")]
    return [("sign_in_account", name), ("sign_in_source", network(request))]


def locked_out(request: HttpRequest, credentials: dict[str, Any]) -> None:
    name = lockout_name(request, credentials)
    user = User.objects.filter(pk=name.removeprefix("user-") if name.startswith("user-") else 0).first()
    actions.record(AccessEvent.Kind.LOCKED_OUT, timezone.now(), user=user, source=client_address(request))


class MFAAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "验证码不正确或者已经使用过",
        "cannot_delete_authenticator": "工作人员必须使用第二重验证，不能自行解除；更换设备请联系安全管理员",
        "cannot_generate_recovery_codes": "请先绑定验证器",
    }

    def encrypt(self, text: str) -> str:
        return encryption.encrypt(text, encryption.SECOND_FACTOR)

    def decrypt(self, encrypted_text: str) -> str:
        return encryption.decrypt(encrypted_text, encryption.SECOND_FACTOR)

    def try_code(self, user: User) -> None:
        """Counts the try of a code before it is looked at. Raises TooMany after too many wrong ones."""
        rates.take("second_factor", user.pk, timezone.now())

    def spend(self, user: User, code: str) -> None:
        """A right code counts once, for whichever of two that send it at the same moment comes first."""
        if rates.count("code", f"{user.pk}:{code}", timezone.now()):
            raise self.validation_error("incorrect_code")
        rates.forget("second_factor", user.pk)

    def spent(self, user: User, code: str) -> bool:
        return bool(rates.used_up("code", f"{user.pk}:{code}", timezone.now()))

    def get_totp_label(self, user: User) -> str:
        return user.username

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return not authenticator.user.is_official


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """Single sign-on opens existing officials' accounts only, by the staff number that the provider vouches for."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        account = sociallogin.account
        claims = {**account.extra_data.get("userinfo", {}), **account.extra_data.get("id_token", {})}
        # What the provider tells about a person is used now and not kept.
        account.extra_data = {}
        if sociallogin.is_existing:
            account.save(update_fields=["extra_data"])
            return
        number = claims.get(settings.OIDC_STAFF_CLAIM)
        user = User.objects.filter(staff_number=number, is_active=True).first() if number else None
        if user:
            sociallogin.connect(request, user)
