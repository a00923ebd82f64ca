"""allauth's pages where they need something of ours."""

from __future__ import annotations

from typing import Any

from allauth.account.views import LoginView, PasswordResetView
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from allauth.mfa.utils import decrypt
from allauth.usersessions.views import ListUserSessionsView
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.utils import timezone

from accounts import limits, queries, rates
from accounts.forms import ResetPasswordForm
from accounts.models import User
from accounts.source import network


class SignIn(LoginView):
    """The sign-in page; says so when a session ended by itself, and in demonstrations who may sign in."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        context["expired"] = self.request.session.get(limits.EXPIRED, False)
        context["sso"] = bool(settings.SOCIALACCOUNT_PROVIDERS)
        if settings.DEMO:
            context["demo_password"] = settings.DEMO_PASSWORD
            context["demo_accounts"] = demo_accounts()
        return context


class ResetPassword(PasswordResetView):
    """A link to a new password; each asks for a mail to somebody."""

    def form_valid(self, form: ResetPasswordForm) -> HttpResponse:
        rates.take("reset_source", network(self.request), timezone.now())
        rates.take("reset_address", form.cleaned_data["email"], timezone.now())
        return super().form_valid(form)


class SecondFactor(AuthenticateView):
    """The page for the second factor; in demonstrations it shows the demo account's present code."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        user = self.stage.login.user
        if settings.DEMO and user.is_demo:
            context |= {"demo": True, "demo_code": demo_code(user)}
        return context


def demo_accounts() -> list[dict[str, str]]:
    """Demo accounts with what they may do. Two queries for each account: demonstrations have few."""
    today = timezone.localdate()
    found = []
    for user in User.objects.filter(is_demo=True, is_active=True):
        seats = [f"{seat.organisation.full_short_name}{seat.role_label}" for seat in queries.seats(user, today)]
        parties = [one.party.name for one in queries.representations(user, today) if one.relation != "self"]
        does = "、".join(seats) or ("公民" + (f"，可代表{'、'.join(parties)}" if parties else ""))
        found.append({"username": user.username, "name": user.display_name, "does": does})
    return found


def demo_code(user: User) -> str | None:
    """A code that the demo account's authenticator would accept now and that was not used yet."""
    found = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
    if found is None:
        return None
    secret = decrypt(found.data["secret"])
    codes = [auth.format_hotp_value(auth.hotp_value(secret, one)) for one in auth.yield_hotp_counters_from_time()]
    return next((code for code in codes if not get_adapter().spent(user, code)), None)


class Sessions(ListUserSessionsView):
    """One's own sessions, each with the browser and system that it says it is."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        context["rows"] = [(session, device(session.user_agent)) for session in context["sessions"]]
        return context


# The first word found in the browser's description names it: later ones imitate earlier ones.
BROWSERS = (
    ("MicroMessenger", "微信"),
    ("Edg", "Edge浏览器"),
    ("Firefox", "火狐浏览器"),
    ("Chrome", "Chrome浏览器"),
    ("Safari", "Safari浏览器"),
)
SYSTEMS = (
    ("HarmonyOS", "鸿蒙"),
    ("Android", "安卓"),
    ("iPhone", "苹果手机"),
    ("iPad", "苹果平板"),
    ("Windows", "Windows"),
    ("Mac OS", "苹果电脑"),
    ("Linux", "Linux"),
)


def device(description: str) -> str:
    """A browser's description of itself in a few words."""
    browser = next((name for word, name in BROWSERS if word in description), "其他浏览器")
    system = next((name for word, name in SYSTEMS if word in description), "其他系统")
    return f"{browser}，{system}"


sessions = Sessions.as_view()
sign_in = SignIn.as_view()
reset_password = login_not_required(ResetPassword.as_view())
second_factor = SecondFactor.as_view()
