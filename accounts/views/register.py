"""Registering oneself, with the real-name check."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from accounts import actions, rates, realname
from accounts.forms import RegisterForm
from accounts.queries import id_index
from accounts.source import client_address, network


@method_decorator([login_not_required, never_cache, sensitive_post_parameters()], name="dispatch")
class Register(View):
    def get(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            return redirect("accounts:profile")
        return self.page(request, RegisterForm(on=timezone.localdate()))

    def post(self, request: HttpRequest) -> HttpResponse:
        rates.take("register_source", network(request), timezone.now())
        form = RegisterForm(request.POST, on=timezone.localdate())
        if not form.is_valid():
            return self.page(request, form)
        data = form.cleaned_data
        rates.take("register_identity", id_index(data["id_kind"], data["id_number"]), timezone.now())
        try:
            user = actions.create_citizen(
                name=data["name"],
                id_kind=data["id_kind"],
                id_number=data["id_number"],
                phone=data["phone"],
                email=data["email"],
                password=data["password1"],
                checker=realname.checker(),
                at=timezone.now(),
                source=client_address(request),
            )
        except actions.Refused as refusal:
            form.add_error(None, str(refusal))
            return self.page(request, form)
        address = actions.offer_email(user, data["email"])
        if isinstance(address, EmailAddress):
            address.send_confirmation(request)
        messages.success(request, "注册成功，请用手机号码和密码登录。")
        return redirect("account_login")

    def page(self, request: HttpRequest, form: RegisterForm) -> HttpResponse:
        context = {"form": form, "notice": realname.checker().notice}
        return render(request, "accounts/register.html", context)


register = Register.as_view()
