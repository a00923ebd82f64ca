"""How notices leave the house: the mail relay, the SMS gateway, and what a demonstration has in their place."""

import os
from urllib.parse import urlsplit

from portal import environment

_DEMO = environment.flag("PORTAL_DEMO")
_VAR = environment.var()

# The mail relay, also for the mails of signing in. Without one a demonstration writes files, and others send no mail.
EMAIL_HOST = os.environ.get("PORTAL_SMTP_HOST", "")
EMAIL_PORT = int(os.environ.get("PORTAL_SMTP_PORT") or "587")
EMAIL_HOST_USER = os.environ.get("PORTAL_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("PORTAL_SMTP_PASSWORD", "")
_TLS = os.environ.get("PORTAL_SMTP_TLS") or "starttls"
if _TLS not in {"starttls", "tls", "none"}:
    raise ValueError(f"PORTAL_SMTP_TLS must be starttls, tls or none, not {_TLS!r}")
EMAIL_USE_SSL, EMAIL_USE_TLS = _TLS == "tls", _TLS == "starttls"
EMAIL_TIMEOUT = 10  # seconds for each answer of the relay
DEFAULT_FROM_EMAIL = os.environ.get("PORTAL_MAIL_FROM") or "portal@portal.example"
EMAIL_BACKEND = os.environ.get("PORTAL_EMAIL_BACKEND") or (
    "django.core.mail.backends.smtp.EmailBackend" if EMAIL_HOST else "django.core.mail.backends.filebased.EmailBackend"
)
EMAIL_FILE_PATH = _VAR / "mail"

# The SMS gateway (docs/decisions/casework-notices.md has its protocol).
SMS_URL = os.environ.get("PORTAL_SMS_URL", "").rstrip("/")
SMS_KEY = os.environ.get("PORTAL_SMS_KEY", "")
if SMS_URL and not SMS_KEY:
    raise ValueError("PORTAL_SMS_URL needs PORTAL_SMS_KEY: the gateway must know who speaks")
if SMS_URL and not (SMS_URL.startswith("https://") or urlsplit(SMS_URL).hostname == "127.0.0.1"):
    raise ValueError("PORTAL_SMS_URL must begin with https://: telephone numbers go over it")
SMS_SIGN = os.environ.get("PORTAL_SMS_SIGN") or "东城区政务"
SMS_FILE_PATH = _VAR / "sms"
# People are not woken: from the first hour to the second only what ends on the very day is sent by SMS.
SMS_QUIET = (21, 8)

NOTICE_CHANNELS: dict[str, str] = {}
if EMAIL_HOST or _DEMO:
    NOTICE_CHANNELS["email"] = "casework.channels.mail.Smtp" if EMAIL_HOST else "casework.channels.mail.Backend"
if SMS_URL or _DEMO:
    NOTICE_CHANNELS["sms"] = "casework.channels.sms.Gateway" if SMS_URL else "casework.channels.sms.Files"

# A relay cannot be asked whether it took a mail whose sender died waiting for the answer. False: such a mail stays in
# doubt and is shown as such (at most once; the inbox has it in any case). True: it is sent again (at least once).
NOTICE_EMAIL_AGAIN_IN_DOUBT = environment.flag("PORTAL_EMAIL_AGAIN_IN_DOUBT")
