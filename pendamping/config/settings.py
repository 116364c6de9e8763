"""One settings file: sane defaults, everything else by environment (docs/settings.md)."""

from __future__ import annotations

import os
from pathlib import Path

from pendamping.core.databases import from_environment
from pendamping.core.engine import use_safe_sqlite
from pendamping.core.secrets import secret

use_safe_sqlite()


def flag(name: str, default: bool) -> bool:
    return os.environ.get(name, "1" if default else "0").lower() in ("1", "true", "yes", "on")


def words(name: str, default: str) -> list[str]:
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


MAIL_PORTS = {"none": 25, "starttls": 587, "tls": 465}
BASE_DIR = Path(__file__).resolve().parents[2]
DATA_DIR = Path(os.environ.get("PENDAMPING_DATA", BASE_DIR / "data")).resolve()
DATA_DIR.mkdir(parents=True, exist_ok=True)

DEBUG = False
SECRET_KEY = secret("PENDAMPING_SECRET_KEY", DATA_DIR)
FIELD_KEY = secret("PENDAMPING_FIELD_KEY", DATA_DIR)
PUSH_KEY = secret("PENDAMPING_PUSH_KEY", DATA_DIR)
ALLOWED_HOSTS = words("PENDAMPING_HOSTS", "localhost,127.0.0.1,[::1]")
SITE_URL = os.environ.get("PENDAMPING_URL", f"http://localhost:{os.environ.get('PORT', '8000')}")
CITY_NAME = os.environ.get("PENDAMPING_CITY_NAME", "Kota Tasikmalaya")
HTTPS = SITE_URL.startswith("https://")
MFA_REQUIRED = flag("PENDAMPING_REQUIRE_MFA", not flag("PENDAMPING_DEMO", False))  # a demo is for looking
GALLERY = flag("PENDAMPING_GALLERY", False)
PROXY_COUNT = int(os.environ.get("PENDAMPING_PROXIES", "0"))

INSTALLED_APPS = [
    "pendamping.demo",
    "pendamping.portal",
    "pendamping.registry",
    "pendamping.insight",
    "pendamping.telling",
    "pendamping.assets",
    "pendamping.benefits",
    "pendamping.delivery",
    "pendamping.planning",
    "pendamping.deliberation",
    "pendamping.needs",
    "pendamping.training",
    "pendamping.facilitators",
    "pendamping.access",
    "pendamping.regions",
    "pendamping.core",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "js_lib_leaflet",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "pendamping.core.health.HealthMiddleware",
    "pendamping.core.requests.RequestIdMiddleware",
    "pendamping.access.headers.HeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "pendamping.core.compress.CompressMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "pendamping.core.problems.ProblemsMiddleware",
    "pendamping.core.nul.NulMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "pendamping.access.middleware.ScopeMiddleware",
    "pendamping.access.factor.SecondFactorMiddleware",
]

ROOT_URLCONF = "pendamping.config.urls"
WSGI_APPLICATION = "pendamping.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
            ]
        },
    }
]
FORM_RENDERER = "pendamping.core.renderer.Renderer"

DATABASES = {"default": from_environment(DATA_DIR)}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": DATA_DIR / "files"}},
    "photos": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": DATA_DIR / "photos"}},
    "documents": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA_DIR / "documents"},
    },
    "evidence": {  # files of applicants and covered photos, each encrypted under a key of its own
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA_DIR / "evidence"},
    },
    "materials": {  # slides and PDF of courses
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA_DIR / "materials"},
    },
    "exports": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA_DIR / "exports"},
    },
    "staticfiles": {"BACKEND": "pendamping.core.statics.StaticFiles"},
}
STATIC_URL = "/static/"
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.AppDirectoriesFinder", "pendamping.core.styles.StylesFinder"]
STATIC_ROOT = DATA_DIR / "static"
WHITENOISE_MAX_AGE = 31536000
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ("map", "jpg", "jpeg", "png", "webp", "gz", "br", "woff2")
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024

LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
TIME_ZONE = os.environ.get("PENDAMPING_ZONE", "Asia/Jakarta")
USE_TZ = True

AUTH_USER_MODEL = "access.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["pendamping.access.hashers.PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "name", "email")},
    },
    {"NAME": "pendamping.access.passwords.LocalWordsValidator"},
]
LOGIN_REDIRECT_URL = "insight:work"
LOGIN_URL = "account_login"
ACCOUNT_ADAPTER = "pendamping.access.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}  # our form and adapter find people by e-mail address and phone number as well
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_FORMS = {
    "login": "pendamping.access.factor.SignInForm",
    "change_password": "pendamping.access.factor.NewPasswordForm",
    "reauthenticate": "pendamping.access.factor.PasswordAgainForm",
}
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "portal:home"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
ACCOUNT_RATE_LIMITS = (
    False  # allauth counts in the cache, which is not atomic; access/throttle.py counts in the database
)
MFA_ADAPTER = "pendamping.access.adapter.FactorAdapter"
MFA_FORMS = {
    "authenticate": "pendamping.access.factor.CodeForm",
    "reauthenticate": "pendamping.access.factor.CodeAgainForm",
    "activate_totp": "pendamping.access.factor.FirstCodeForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # people are known by those who invite them, not by a mailbox
MFA_TOTP_TOLERANCE = 1
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Pendamping"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS

SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_TRUSTED_ORIGINS = words("PENDAMPING_TRUSTED_ORIGINS", SITE_URL)
SECURE_SSL_REDIRECT = False  # TLS ends at the proxy, which redirects
SILENCED_SYSTEM_CHECKS = ["security.W008"]  # … which is what this check asks about
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXY_COUNT else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "worker-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
        "object-src": ["'none'"],
    }
}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
EMAIL_HOST = os.environ.get("EMAIL_HOST", "")
EMAIL_TLS = os.environ.get("EMAIL_TLS", "none")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", MAIL_PORTS[EMAIL_TLS]))  # another word for TLS must not start without it
EMAIL_USE_TLS, EMAIL_USE_SSL = EMAIL_TLS == "starttls", EMAIL_TLS == "tls"
EMAIL_HOST_USER = os.environ.get("EMAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_PASSWORD", "")
EMAIL_TIMEOUT = 30
EMAIL_FILE_PATH = DATA_DIR / "letters"  # of the demo
EMAIL_BACKEND = (
    "pendamping.core.mail.Backend"
    if EMAIL_HOST
    else f"django.core.mail.backends.{'filebased' if flag('PENDAMPING_DEMO', False) else 'dummy'}.EmailBackend"
)
GATEWAY_URL = os.environ.get("PENDAMPING_GATEWAY_URL", "")  # where messages to phones go; empty: there are none
GATEWAY_KEY = secret("PENDAMPING_GATEWAY_KEY", DATA_DIR)
ATTENDANCE_NAMES_DAYS = int(os.environ.get("PENDAMPING_ATTENDANCE_NAMES_DAYS", "180"))  # after a meeting
TRAINING_GAIN_BY = os.environ.get("PENDAMPING_GAIN_BY", "best")  # which attempt after a course measures what it added
DEFAULT_FROM_EMAIL = os.environ.get("PENDAMPING_MAIL_FROM", "pendamping@localhost")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

PHOTO_MAX_BYTES = 15 * 1024 * 1024
PHOTO_MAX_PIXELS = 40_000_000

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"django.request": {"level": "ERROR"}},  # a refused form's address may hold a key: links are secrets
}
