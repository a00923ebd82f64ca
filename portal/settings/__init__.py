"""Settings, driven by the environment. What cannot be had from it is made on first use under var/ (PORTAL_VAR)."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import django
from csp.constants import NONCE, NONE, SELF
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as ConnectionLost
from redis.retry import Retry

from portal import environment
from portal.environment import BASE_DIR
from portal.settings.accounts import *  # noqa: F403
from portal.settings.exchange import *  # noqa: F403
from portal.settings.files import *  # noqa: F403
from portal.settings.notices import *  # noqa: F403
from portal.settings.rates import *  # noqa: F403

VAR = environment.var()

# Demonstration: sample people who may sign in with known passwords, plain HTTP on loopback. Never on by itself with a
# database of one's own: only the embedded one switches it on (portal/embedded.py).
DEMO = environment.flag("PORTAL_DEMO")
DEBUG = environment.flag("PORTAL_DEBUG")

SECRET_KEY = environment.secret("secret_key", size=64)
# Personal data at rest: version → key in base64. The highest version encrypts, all of them decrypt.
ENCRYPTION_KEYS = environment.key_versions("encryption_keys")
# Equality search over encrypted columns (HMAC). Changing it means rebuilding every index column.
BLIND_INDEX_KEY = environment.key_versions("blind_index_key")[1]
# Certificates and keys that sign official papers.
SIGNING_KEY_DIR = VAR / "keys"
# Where the state of the record is written down every day outside the database, and who else is sent it.
ANCHOR_DIR = os.environ.get("PORTAL_ANCHOR_DIR") or VAR / "anchors"
ANCHOR_MAIL = environment.words("PORTAL_ANCHOR_MAIL")

# The address that is printed on papers and in messages.
BASE_URL = os.environ.get("PORTAL_BASE_URL", f"http://127.0.0.1:{os.environ.get('PORT', '8000')}").rstrip("/")
ALLOWED_HOSTS = environment.words("PORTAL_HOSTS", f"{urlsplit(BASE_URL).hostname},127.0.0.1,localhost")
CSRF_TRUSTED_ORIGINS = [BASE_URL]

INSTALLED_APPS = [
    # the house, upper floors first: templates and static files of an upper floor win
    "portal",
    "oversight",
    "approvals",
    "regulations",
    "decisions",
    "enforcement",
    "disclosure",
    "disputes",
    "training",
    "powerlist",
    "exchange",
    "casework",
    "accounts",
    "law",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_filters",
    "guardian",
    "pgtrigger",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "portal.request_id.RequestIdMiddleware",
    "csp.middleware.CSPMiddleware",
    "portal.compression.Compression",
    "portal.answers.Answers",
    "portal.rates.BodyLimit",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.SessionLimits",
    "portal.rates.Rates",
    "accounts.middleware.Identity",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "accounts.middleware.Gate",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "portal.context.shell",
            ],
        },
    },
    # For parts that repeat themselves many times on a page, `{% compiled %}`, and for forms (portal.forms.Renderer).
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "NAME": "compiled",
        "DIRS": [BASE_DIR / "templates", Path(django.__file__).parent / "forms/jinja2"],
        "OPTIONS": {"environment": "portal.compiled.environment"},
    },
]
FORM_RENDERER = "portal.forms.Renderer"

# Without DATABASE_URL nothing answers: manage.py and the tests set it to the embedded server before they come here.
# Two roles: DATABASE_OWNER_URL owns the tables and is given to preparation only (manage.py); DATABASE_URL, which works,
# may do to each table what portal/tables.py says.
DATABASE_URL = os.environ.get("DATABASE_URL") or "postgresql://nobody@127.0.0.1:1/unset"
DATABASE_APP_ROLE = str(environment.database(DATABASE_URL)["USER"])
AS_OWNER = environment.flag("PORTAL_AS_OWNER")
DATABASES = {
    "default": {
        **environment.database(os.environ["DATABASE_OWNER_URL"] if AS_OWNER else DATABASE_URL),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        # PgBouncer in transaction pooling cannot keep a cursor between statements.
        "DISABLE_SERVER_SIDE_CURSORS": True,
        # Actions open their own transactions, so that what follows a commit really follows it.
        "ATOMIC_REQUESTS": False,
    }
}
# The register of who read personal data is written on a connection of its own, before anything is shown: what fails or
# is rolled back afterwards does not undo it, and where it cannot be written nothing is shown.
READ_LOG_DATABASE = "read_log"
DATABASES[READ_LOG_DATABASE] = {**DATABASES["default"]}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Valkey or Redis: the broker in database 0, the cache beside it in database 1, so that clearing one spares the other.
REDIS_URL = os.environ.get("REDIS_URL") or "redis://127.0.0.1:1/0"
CACHE_URL = os.environ.get("CACHE_URL") or environment.next_number(REDIS_URL)
CACHES: dict[str, Any] = {
    "default": {
        "BACKEND": "portal.cache.Cache",
        "LOCATION": CACHE_URL,
        # A cache answers within milliseconds: one that does not is left alone (portal/cache.py), and nobody waits for
        # it. One more try for a connection that was lost, none for an answer that did not come.
        "OPTIONS": {
            "socket_connect_timeout": 0.25,
            "socket_timeout": 0.25,
            "retry": Retry(NoBackoff(), 1, (ConnectionLost,)),
        },
    }
}
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"

CELERY_BROKER_URL = REDIS_URL
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# Longer than any task may run, so that no task is handed out twice while it is still at work.
# Whoever rings never waits for a queue that is away: the beat looks again.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 3600, "socket_timeout": 5, "socket_connect_timeout": 5,
    "max_retries": 0, "interval_start": 0, "interval_step": 0.1, "interval_max": 0.1,
}  # fmt: skip
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 2, "interval_start": 0.1, "interval_step": 0.2}
CELERY_TASK_SERIALIZER = "json"
CELERY_RESULT_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
# The database says what is done and what is owed; a task's return value says nothing.
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_SOFT_TIME_LIMIT = 240
CELERY_TASK_TIME_LIMIT = 300
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
# Rendering long papers leaves memory behind: children are renewed.
CELERY_WORKER_MAX_TASKS_PER_CHILD = 500
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 600_000
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "Asia/Shanghai"
# Who calls whom and when is code, reviewed like code: one table here, no schedule in the database.
CELERY_BEAT_SCHEDULE: dict[str, dict[str, object]] = {
    "ring": {"task": "casework.tasks.ring_deadlines", "schedule": 60.0, "options": {"expires": 50}},
    # Often, so that what a killed worker held is sent within the lease and this: less than a minute.
    "notices": {"task": "casework.tasks.send_notices", "schedule": 15.0, "options": {"expires": 12}},
    "papers": {"task": "casework.tasks.make_waiting_papers", "schedule": 60.0, "options": {"expires": 50}},
    "files": {"task": "casework.tasks.check_held_files", "schedule": 60.0, "options": {"expires": 50}},
    "uploads": {"task": "casework.tasks.drop_stale_uploads", "schedule": 3600.0, "options": {"expires": 3000}},
    "promises": {"task": "casework.tasks.remind_of_promises", "schedule": 3600.0, "options": {"expires": 3000}},
    "schemes": {"task": "approvals.tasks.remind_of_schemes", "schedule": 3600.0, "options": {"expires": 3000}},
    "clocks": {"task": "casework.tasks.refresh_clocks", "schedule": 3600.0, "options": {"expires": 3000}},
    "counts": {"task": "casework.tasks.verify_counts", "schedule": 86400.0, "options": {"expires": 3600}},
    "visits": {"task": "approvals.tasks.end_visits", "schedule": 3600.0, "options": {"expires": 1800}},
    "figures": {"task": "approvals.tasks.refresh_figures", "schedule": 86400.0, "options": {"expires": 3600}},
    "exchange": {"task": "exchange.tasks.deliver_messages", "schedule": 15.0, "options": {"expires": 12}},
    "arrivals": {"task": "exchange.tasks.take_in_messages", "schedule": 15.0, "options": {"expires": 12}},
    "reconcile": {"task": "exchange.tasks.reconcile_days", "schedule": 3600.0, "options": {"expires": 3000}},
    "cleanups": {"task": "regulations.tasks.go_on_with_cleanups", "schedule": 60.0, "options": {"expires": 50}},
    "amendments": {
        "task": "regulations.tasks.remind_of_amendments",
        "schedule": 3600.0,
        "options": {"expires": 3000},
    },
    "annual": {"task": "regulations.tasks.open_annual_catalogue", "schedule": 3600.0, "options": {"expires": 3000}},
    "lists": {"task": "powerlist.tasks.propose_lines", "schedule": 15.0, "options": {"expires": 12}},
    "unsent": {"task": "oversight.tasks.drop_unsent_evidence", "schedule": 3600.0, "options": {"expires": 3000}},
    "anchor": {"task": "casework.tasks.anchor_record", "schedule": 3600.0, "options": {"expires": 3000}},
}
CELERY_BEAT_SCHEDULER = "portal.beat.Scheduler"
CELERY_BEAT_MAX_LOOP_INTERVAL = 5
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR / "beat-schedule")

# Who confirms that people are who they say (网络安全法 第二十四条). Without a register nobody can sign up online.
REAL_NAME_CHECK = os.environ.get(
    "PORTAL_REAL_NAME_CHECK", "accounts.realname.LocalFake" if DEMO else "accounts.realname.NotConnected"
)

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "portal.views.errors.csrf_failure"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# On every answer, whoever gives it (portal.answers).
ANSWER_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": X_FRAME_OPTIONS,
    "Referrer-Policy": SECURE_REFERRER_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
if not DEMO:
    SECURE_SSL_REDIRECT = environment.flag("PORTAL_SSL_REDIRECT", True)
    SECURE_REDIRECT_EXEMPT = [r"^healthz/"]
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    ANSWER_HEADERS["Strict-Transport-Security"] = f"max-age={SECURE_HSTS_SECONDS}; includeSubDomains; preload"
    SESSION_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_SECURE = True
    CSRF_COOKIE_NAME = "__Host-csrf"
    DEVICE_COOKIE_NAME = "__Host-device"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [NONCE],
        "style-src": [NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF, *OIDC_ORIGINS],  # noqa: F405
        "frame-src": [NONE],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}

# What every government site must say at its foot; the registrations are given to the site when it goes online.
SITE_FOOTER = {
    "owner": os.environ.get("PORTAL_OWNER", "北京市东城区人民政府办公室"),
    "site_id": os.environ.get("PORTAL_SITE_ID", ""),
    "icp": os.environ.get("PORTAL_ICP", ""),
    "police": os.environ.get("PORTAL_POLICE_REGISTRATION", ""),
}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文")]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True

STATIC_URL = "static/"
# Made from the source by deploy/setup.sh: not data, so PORTAL_VAR does not move it.
STATIC_ROOT = BASE_DIR / "var" / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "portal.staticfiles.AllowListFinder",
]
# Nobody downloads these but developers; compressing them takes longer than everything else together.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ("map", "scss", "png", "jpg", "jpeg", "gif", "webp", "woff", "woff2", "gz", "br")

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.CursorPagination",
    "PAGE_SIZE": 25,
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "portal.api.problem",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "东城区法治政府门户 API",
    "DESCRIPTION": "办事指南、申请、案件与核验。每个状态变更都写明依据的法条。",
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "portal.openapi.describe_problems",
    ],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
}

# Everything goes to standard error; errors also to one file, the one place to look when something is wrong.
ERROR_LOG = os.environ.get("PORTAL_ERROR_LOG")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request_id": {"()": "portal.request_id.RequestIdFilter"}},
    "formatters": {
        "line": {"format": "{asctime} {levelname} {process:d} [{request_id}] {name}: {message}", "style": "{"}
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["request_id"]},
        "errors": {
            "class": "logging.handlers.WatchedFileHandler" if ERROR_LOG else "logging.NullHandler",
            **({"filename": ERROR_LOG, "delay": True, "formatter": "line"} if ERROR_LOG else {}),
            "level": "ERROR",
            "filters": ["request_id"],
        },
    },
    "root": {"handlers": ["console", "errors"], "level": "INFO"},
}
