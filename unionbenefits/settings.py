"""One settings file, safe for production, driven by the environment.

With no production variable set, `manage.py` and the tests run in demo mode on the embedded PostgreSQL.
A server process is never in demo mode unless UNIONBENEFITS_MODE says so (see wsgi.py).
"""

import datetime as dt
import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
import pghistory
from csp.constants import NONE, SELF, UNSAFE_EVAL, UNSAFE_INLINE
from django.utils.translation import gettext_lazy as _

from unionbenefits.core import configuration, embedded

env = environ.Env()
BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env.str("UNIONBENEFITS_VAR", default=str(BASE_DIR / "var")))
DEMO = env.str("UNIONBENEFITS_MODE", default="demo" if embedded.is_wanted() else "production") == "demo"
DEBUG = False

if DEMO:
    _secrets = configuration.demo_secrets(VAR_DIR)
    SECRET_KEY = _secrets["SECRET_KEY"]
    ENCRYPTION_KEYS = _secrets["ENCRYPTION_KEYS"]
    BLIND_INDEX_KEY = _secrets["BLIND_INDEX_KEY"]
    SIGNING_KEYS = _secrets["SIGNING_KEYS"]
    ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", "testserver"]
    PUBLIC_URL = env.str("PUBLIC_URL", default="http://127.0.0.1:8000")
    # Whoever reads these settings first starts the server; children find its address in the environment.
    _database_url = env.str(embedded.URL_VARIABLE, default="") or embedded.start()
else:
    _database_url = configuration.required(
        env.str("DATABASE_URL", default=""),
        "DATABASE_URL",
        "postgresql://user:password@host:5432/name (PostgreSQL 15 or newer).",
    )
    SECRET_KEY = configuration.required(
        env.str("SECRET_KEY", default=""),
        "SECRET_KEY",
        "a long random text, kept secret and never changed lightly.",
    )
    ENCRYPTION_KEYS = configuration.required(
        env.str("ENCRYPTION_KEYS", default=""),
        "ENCRYPTION_KEYS",
        "name:key pairs, the newest first, each key 32 random bytes in base64 (openssl rand -base64 32).",
    )
    BLIND_INDEX_KEY = configuration.required(
        env.str("BLIND_INDEX_KEY", default=""),
        "BLIND_INDEX_KEY",
        "32 random bytes in base64 (openssl rand -base64 32).",
    )
    SIGNING_KEYS = configuration.required(
        env.str("SIGNING_KEYS", default=""),
        "SIGNING_KEYS",
        "name:key pairs, the newest first, each key 32 random bytes in base64 (openssl rand -base64 32).",
    )
    ALLOWED_HOSTS = configuration.required(
        env.str("ALLOWED_HOSTS", default=""),
        "ALLOWED_HOSTS",
        "the host names of the site, separated by commas.",
    ).split(",")
    PUBLIC_URL = configuration.required(
        env.str("PUBLIC_URL", default=""),
        "PUBLIC_URL",
        "the address of the site that text messages and QR codes show, such as https://benefits.example.org.",
    ).rstrip("/")

DATABASES: dict[str, Any] = {"default": configuration.database(_database_url)}
if DEMO:
    DATABASES["default"]["TEST"] = {
        "TEMPLATE": embedded.TEMPLATE,
        "NAME": "test_unionbenefits" + os.environ.get("PYTEST_DB_SUFFIX", ""),
    }

INSTALLED_APPS = [
    "unfold.apps.BasicAppConfig",
    "unfold.contrib.filters",
    "unionbenefits.backoffice.apps.PanelConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_htmx",
    "template_partials",
    "csp",
    "pgtrigger",
    "pghistory",
    "treebeard",
    "procrastinate.contrib.django",
    "unionbenefits.core",
    "unionbenefits.audit",
    "unionbenefits.accounts",
    "unionbenefits.unions",
    "unionbenefits.enterprises",
    "unionbenefits.access",
    "unionbenefits.workers",
    "unionbenefits.funds",
    "unionbenefits.plans",
    "unionbenefits.campaigns",
    "unionbenefits.claims",
    "unionbenefits.portal",
    "unionbenefits.backoffice.apps.BackofficeConfig",
    "unionbenefits.demo",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "unionbenefits.core.http.PageCompressionMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "unionbenefits.core.http.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "unionbenefits.access.middleware.ScopeMiddleware",
    "unionbenefits.audit.middleware.ActorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "unionbenefits.accounts.middleware.StaffSessionMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "unionbenefits.core.http.PanelPolicyMiddleware",
    "unionbenefits.portal.keeping.KeptMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "unionbenefits.core.http.RefusalMiddleware",
]

ROOT_URLCONF = "unionbenefits.urls"
WSGI_APPLICATION = "unionbenefits.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "unionbenefits" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["unionbenefits.access.backends.PostBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "name")},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": env.int("PASSWORD_MIN_LENGTH", default=10)},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "unionbenefits.accounts.password_rules.ChineseContextValidator"},
]
LOGIN_URL = "admin:login"
# How long a link to set one's password is good.
PASSWORD_LINK_HOURS = env.int("PASSWORD_LINK_HOURS", default=72)
PASSWORD_RESET_TIMEOUT = PASSWORD_LINK_HOURS * 3600
# Staff: whoever has no second factor is led to set one up before anything else. The demo only offers it.
SECOND_FACTOR_REQUIRED = env.bool("SECOND_FACTOR_REQUIRED", default=not DEMO)
# Approvals, reveals and exports ask again who is there when the last proof is older than this; 0 never asks.
PROOF_MINUTES = env.int("PROOF_MINUTES", default=0 if DEMO else 15)
# A session of staff ends when nothing was asked for so long, and in any case after so many hours.
STAFF_IDLE_MINUTES = env.int("STAFF_IDLE_MINUTES", default=30)
STAFF_SESSION_HOURS = env.int("STAFF_SESSION_HOURS", default=10)
# The host name that passkeys are bound to; empty takes the one in the address bar.
PASSKEY_HOST = env.str("PASSKEY_HOST", default="" if DEMO else urlsplit(PUBLIC_URL).hostname or "")

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "unionbenefits" / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "/static/"
# Demo and tests serve from the source folders, so there is nothing to collect and no folder to miss.
STATIC_ROOT = None if DEMO else VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "unionbenefits" / "static"]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR_DIR / "files"},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# Development and tests serve straight from the source folders; a server runs `collectstatic` first.
WHITENOISE_USE_FINDERS = DEMO
WHITENOISE_MANIFEST_STRICT = False
if DEMO:
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}

# Uploads: a roster of 200,000 rows is about 20 MB; anything larger is refused with a sentence.
ROSTER_MAX_BYTES = env.int("ROSTER_MAX_BYTES", default=64 * 1024 * 1024)
# A function that looks at the bytes of a claim's paper and returns what it found, or "" (claims.scanning).
PAPER_SCANNER = env.str("PAPER_SCANNER", default="")
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# How long things are kept (PIPL art. 19: no longer than needed); docs/retention.md says what each covers.
RETENTION = {
    # 网络数据安全管理条例 art. 12: records of data provided between handlers are kept for three years.
    "roster_days": env.int("RETENTION_ROSTER_DAYS", default=3 * 365),
    # Our own rule: half a year after the last change nobody goes on with a draft.
    "draft_days": env.int("RETENTION_DRAFT_DAYS", default=180),
    # 民法典 art. 188: claims lapse after three years; until then papers of an unpaid claim may be asked for.
    "paper_days": env.int("RETENTION_PAPER_DAYS", default=3 * 365),
    # 会计档案管理办法 (2015): vouchers are kept for 30 years from the end of their year.
    "voucher_years": env.int("RETENTION_VOUCHER_YEARS", default=30),
}

_https = not DEMO and env.bool("HTTPS", default=True)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = _https
SESSION_ENGINE = "unionbenefits.core.sessions"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 8 * 3600
SECURE_SSL_REDIRECT = _https and env.bool("SSL_REDIRECT", default=False)
SECURE_HSTS_SECONDS = 31_536_000 if _https else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _https else None
# How many proxies of ours stand in front and append to X-Forwarded-For (core.addresses).
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=1 if _https else 0)
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
        "worker-src": [SELF],
    }
}
# unfold's Alpine needs eval and inline styles: the panel has a policy of its own, everything else stays
# strict.
PANEL_CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": CONTENT_SECURITY_POLICY["DIRECTIVES"]
    | {"script-src": [SELF, UNSAFE_EVAL, UNSAFE_INLINE], "style-src": [SELF, UNSAFE_INLINE]}
}

# How one-time codes reach a phone: console, file (var/sms.log) or http (docs/sms.md).
SMS_BACKEND = env.str("SMS_BACKEND", default="file" if DEMO else "http")
SMS_FILE = VAR_DIR / "sms.log"
SMS_HTTP_URL = env.str("SMS_HTTP_URL", default="")
SMS_HTTP_TOKEN = env.str("SMS_HTTP_TOKEN", default="")
# Hidden values that one officer may have shown in full: in an hour, in a day, and from how many in a day on
# the superior is told. Looks outside office hours (Monday to Friday, Shanghai) count as unusual as well.
REVEALS_PER_HOUR = env.int("REVEALS_PER_HOUR", default=20)
REVEALS_PER_DAY = env.int("REVEALS_PER_DAY", default=60)
REVEALS_ARE_MANY_FROM = env.int("REVEALS_ARE_MANY_FROM", default=15)
OFFICE_OPENS = dt.time.fromisoformat(env.str("OFFICE_OPENS", default="08:00"))
OFFICE_CLOSES = dt.time.fromisoformat(env.str("OFFICE_CLOSES", default="18:30"))
# No notice leaves between these times of Shanghai; it waits. One-time codes go at any hour (accounts.quiet).
SMS_QUIET_HOURS = env.str("SMS_QUIET_HOURS", default="21:00-08:00")
# Notices to one worker in a day; what needs the worker's answer may go beyond, up to the second number.
SMS_A_DAY = env.int("SMS_A_DAY", default=1)
SMS_A_DAY_URGENT = env.int("SMS_A_DAY_URGENT", default=3)
if not DEMO and SMS_BACKEND == "http":
    configuration.required(
        SMS_HTTP_URL, "SMS_HTTP_URL", "the address of the SMS gateway, or SMS_BACKEND=console for a trial."
    )

PGHISTORY_DEFAULT_TRACKERS: tuple[Any, ...] = ()
# History is read by object and by act. An index for every copied foreign key too made writing it cost
# three times as
# much: issuing 20,812 covers took 3.0 instead of 2.0 times the floor rig.
PGHISTORY_FOREIGN_KEY_FIELD = pghistory.ForeignKey(db_index=False)
PGHISTORY_OBJ_FIELD = pghistory.ObjForeignKey(db_index=True)
PGHISTORY_CONTEXT_FIELD = pghistory.ContextForeignKey(db_index=True)
PROCRASTINATE_WORKER_DEFAULTS = {"update_heartbeat_interval": 5.0, "stalled_worker_timeout": 15.0}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "unionbenefits.core.logs.JsonFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", default="WARNING")},
}

from unionbenefits.backoffice.panel import UNFOLD  # noqa: E402, F401 - the panel's menu is data of its own module
