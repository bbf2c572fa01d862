"""What the house is made of: apps, database, cache, queue, templates, languages, files."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ

from unionhall.config.slices import installed_apps

from .environment import ENV

DEBUG: bool = ENV["DEBUG"]
DEMO: bool = ENV["DEMO"]
BASE_URL: str = ENV["BASE_URL"].rstrip("/")
SOURCE_DIR = Path(__file__).resolve().parents[2]
DATA_DIR: Path = ENV["DATA_DIR"]
BUILD_DIR = DATA_DIR / "build"
KEYS_DIR: Path = ENV["KEYS_DIR"] or DATA_DIR / "keys"

INSTALLED_APPS = [
    *installed_apps(demo=DEMO),
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.redirects",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
    "django_cotton.apps.SimpleAppConfig",
    "template_partials.apps.SimpleAppConfig",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.gzip.GZipMiddleware",  # tokens are masked and lengths blurred, so compressing tells nothing
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "unionhall.foundation.middleware.PolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "unionhall.foundation.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "unionhall.foundation.middleware.ErrorMiddleware",
    "unionhall.accounts.views.guard.SecondFactorGuard",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",  # innermost: it asks only about what nobody found
]

ROOT_URLCONF = "unionhall.config.urls"
WSGI_APPLICATION = "unionhall.config.wsgi.application"

# Both packages rewrite the loaders when installed by their short names and the last one wins, so all is written out.
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            ["django_cotton.cotton_loader.Loader", "django.template.loaders.app_directories.Loader"],
                        )
                    ],
                )
            ],
            "builtins": ["django_cotton.templatetags.cotton", "template_partials.templatetags.partials"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "unionhall.ui.context_processors.page",
            ],
        },
    }
]

SQLITE_OPTIONS: dict[str, Any] = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-20000; PRAGMA mmap_size=134217728; "
        "PRAGMA journal_size_limit=27103364; PRAGMA temp_store=MEMORY;"
    ),
}


def database(url: str) -> dict[str, Any]:
    """The Django description of the database behind an address; no address means SQLite in DATA_DIR, tuned."""
    config: dict[str, Any] = environ.Env.db_url_config(url or f"sqlite:///{DATA_DIR / 'unionhall.sqlite3'}")
    if config["ENGINE"].endswith("sqlite3"):
        config["OPTIONS"] = SQLITE_OPTIONS
    else:
        config |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
    return config


DATABASES = {"default": database(ENV["DATABASE_URL"])}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

_cache = ENV["CACHE_URL"]
CACHES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "unionhall"}
    if _cache.startswith("locmem")
    else {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": _cache}
}

PAGE_CACHE_MB: int = ENV["PAGE_CACHE_MB"]

_QUEUES = {
    "db": "django_tasks_db.DatabaseBackend",
    "immediate": "django_tasks.backends.immediate.ImmediateBackend",
    "redis": "django_tasks_rq.RQBackend",
    "rediss": "django_tasks_rq.RQBackend",
}
TASKS: dict[str, dict[str, Any]] = {"default": {"BACKEND": _QUEUES[urlsplit(ENV["TASKS_URL"]).scheme], "QUEUES": []}}
if urlsplit(ENV["TASKS_URL"]).scheme.startswith("redis"):
    INSTALLED_APPS.append("django_rq")
    RQ_QUEUES = {"default": {"URL": ENV["TASKS_URL"]}}

LANGUAGE_CODE = "en"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("en", "English"), ("es", "Español")]
WAGTAIL_I18N_ENABLED = True
USE_I18N = USE_TZ = True
TIME_ZONE: str = ENV["TIME_ZONE"]

PROOF_BITS: int = ENV["PROOF_BITS"]
HELD_DAYS: int = ENV["HELD_DAYS"]

STATIC_URL = "/static/"
STATIC_ROOT = BUILD_DIR / "static"
STATICFILES_DIRS = [("fonts", BUILD_DIR / "fonts"), ("ui", BUILD_DIR / "ui")]
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "unionhall.ui.storage.Storage"},
}
WHITENOISE_MAX_AGE = 3600

WAGTAIL_SITE_NAME = "Unionhall"
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAILIMAGES_IMAGE_MODEL = "unionhall_site.Photo"
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp"]
WAGTAILDOCS_SERVE_METHOD = "direct"
WAGTAILDOCS_EXTENSIONS = ["pdf", "mp4", "webm", "mp3", "vtt", "csv", "xlsx", "docx", "odt", "zip"]
# Wagtail would ask other people's servers: for pictures of editors, and whether it is the newest.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "filters": {"addresses": {"()": "unionhall.foundation.quiet.Addresses"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["addresses"]}},
    "root": {"handlers": ["console"], "level": ENV["LOG_LEVEL"]},
    # These tell of each page, start and task; what people do stands in our audit trail.
    "loggers": {"wagtail": {"level": "WARNING"}, "django_tasks": {"level": "WARNING"}},
}
