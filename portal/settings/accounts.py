"""Signing in: who checks identities, how long sessions live, what passwords and second factors must be."""

import os
from datetime import timedelta
from urllib.parse import urlsplit

from portal import environment

# The password of every demo account; shown on the sign-in page, in demonstrations only.
DEMO_PASSWORD = os.environ.get("PORTAL_DEMO_PASSWORD", "Hutong-Lamp-7391")

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "accounts.backends.SignInBackend",
    "guardian.backends.ObjectPermissionBackend",
]
# scrypt costs an attacker memory as well as time, and needs nothing beyond Python; PBKDF2 only reads older hashes.
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "display_name", "email", "phone")},
    },
    {"NAME": "accounts.passwords.LongEnough", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "accounts.passwords.ContextWords"},
    {"NAME": "accounts.passwords.OfficialComplexity"},
    {"NAME": "accounts.passwords.NotTheSame"},
]
# GB/T 22239-2019 8.1.4.1 a): complexity and regular change. ASVS 5.0 advises against both: a deployment decides.
OFFICIAL_PASSWORD_RULES = environment.flag("PORTAL_OFFICIAL_PASSWORD_RULES", True)
OFFICIAL_PASSWORD_DAYS = 90

LOGIN_URL = "/accounts/login/"
LOGIN_REDIRECT_URL = "/"
OFFICIAL_REDIRECT_URL = "/desk/"
LOGOUT_REDIRECT_URL = "/"

# Remembers for half a year that a browser has signed in to an account: others' failures do not lock it out.
DEVICE_COOKIE_NAME = "device"
DEVICE_COOKIE_AGE = 180 * 24 * 3600

# How long a session may stand idle, and how long it may live at all.
SESSION_LIMITS = {
    "official": (timedelta(minutes=15), timedelta(hours=8)),
    "person": (timedelta(minutes=30), timedelta(hours=12)),
}
SESSION_COOKIE_AGE = 12 * 3600
# How many times in an hour one official may look at somebody's personal data in clear.
REVEALS_AN_HOUR = 30
API_PREFIX = "/api/"

GUARDIAN_MONKEY_PATCH_USER = False
ANONYMOUS_USER_NAME = None

ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_USER_DISPLAY = "accounts.models.people.shown_name"
# allauth counts in the cache and only there: portal/settings/rates.py counts instead.
ACCOUNT_RATE_LIMITS = False
ACCOUNT_FORMS = {
    "login": "accounts.forms.SignInForm",
    "change_password": "accounts.forms.ChangePasswordForm",
    "reset_password": "accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "accounts.forms.ResetPasswordKeyForm",
    "reauthenticate": "accounts.forms.ReauthenticateForm",
}
# The number of reverse proxies in front whose X-Forwarded-For is believed.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("PORTAL_PROXIES", "0"))

MFA_ADAPTER = "accounts.adapters.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True
# One step either way for clocks that are off; accounts.forms lets each code count only once.
MFA_TOTP_TOLERANCE = 1
MFA_TOTP_ISSUER = "东城区政务服务"
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_FORMS = {
    "authenticate": "accounts.forms.AuthenticateForm",
    "reauthenticate": "accounts.forms.ReauthenticateCodeForm",
    "activate_totp": "accounts.forms.ActivateTOTPForm",
}

# Single sign-on for officials (OpenID Connect): off unless the environment names a provider.
SOCIALACCOUNT_ADAPTER = "accounts.adapters.SocialAccountAdapter"
SOCIALACCOUNT_PROVIDERS: dict[str, dict[str, object]] = {}
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_STORE_TOKENS = False
# Where a form may lead besides this portal: the provider that the browser is sent on to.
OIDC_ORIGINS: list[str] = []
OIDC_STAFF_CLAIM = os.environ.get("PORTAL_OIDC_STAFF_CLAIM", "staff_number")
if os.environ.get("PORTAL_OIDC_SERVER"):
    OIDC_ORIGINS.append("{0.scheme}://{0.netloc}".format(urlsplit(os.environ["PORTAL_OIDC_SERVER"])))
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "sso",
                "name": "统一身份认证",
                "client_id": os.environ["PORTAL_OIDC_CLIENT"],
                "secret": os.environ["PORTAL_OIDC_SECRET"],
                "settings": {"server_url": os.environ["PORTAL_OIDC_SERVER"]},
            }
        ],
    }
