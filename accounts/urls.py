"""Addresses below /accounts/. `sign_in` carries allauth's names, which its code looks up; `urlpatterns` are our own."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.socialaccount import views as social
from django.conf import settings
from django.urls import include, path, re_path

from accounts.views import manage, notices, profile, register, sign_in

app_name = "accounts"

urlpatterns = [
    path("", profile.profile, name="profile"),
    path("logout/", account.logout, name="logout"),
    path("contact/<int:party>/", profile.contact, name="contact"),
    path("notices/", notices.channels, name="notices"),
    path("identity/", profile.choose_identity, name="choose_identity"),
    path("entity/", profile.register_entity, name="register_entity"),
    path("representations/", profile.representations, name="representations"),
    path("representations/<int:party>/authorise/", profile.authorise, name="authorise"),
    path("representations/<int:representation>/revoke/", profile.revoke, name="revoke"),
    path("manage/", manage.start, name="manage"),
    path("manage/users/", manage.users, name="manage_users"),
    path("manage/users/new/", manage.create_user, name="manage_create_user"),
    path("manage/users/<int:pk>/", manage.user, name="manage_user"),
    path("manage/users/<int:pk>/seat/", manage.propose, name="manage_propose"),
    re_path(r"^manage/users/(?P<pk>\d+)/(?P<what>disable|enable|password|factor)/$", manage.act, name="manage_act"),
    path("manage/seats/<int:seat>/end/", manage.propose_end, name="manage_propose_end"),
    path("manage/requests/", manage.requests, name="manage_requests"),
    path("manage/requests/<int:pk>/", manage.decide, name="manage_decide"),
    path("manage/events/", manage.events, name="manage_events"),
]

sign_in_urlpatterns = [
    path("login/", sign_in.sign_in, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("register/", register.register, name="account_signup"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    re_path(r"^confirm-email/(?P<key>[-:\w]+)/$", account.confirm_email, name="account_confirm_email"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/set/", account.password_set, name="account_set_password"),
    path("password/reset/", sign_in.reset_password, name="account_reset_password"),
    path("password/reset/done/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("2fa/", mfa.index, name="mfa_index"),
    path("2fa/authenticate/", sign_in.second_factor, name="mfa_authenticate"),
    path("2fa/reauthenticate/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("2fa/totp/activate/", totp.activate_totp, name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("2fa/recovery-codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("2fa/recovery-codes/generate/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("2fa/recovery-codes/download/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("sessions/", sign_in.sessions, name="usersessions_list"),
]

# Only where the deployment names a provider: otherwise these addresses do not exist.
single_sign_on_urlpatterns = [
    path("sso/cancelled/", social.login_cancelled, name="socialaccount_login_cancelled"),
    path("sso/error/", social.login_error, name="socialaccount_login_error"),
    path("", include("allauth.socialaccount.providers.openid_connect.urls")),
]
if settings.SOCIALACCOUNT_PROVIDERS:
    sign_in_urlpatterns += single_sign_on_urlpatterns
