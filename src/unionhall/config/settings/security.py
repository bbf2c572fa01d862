"""The locks: keys, content policy, cookies, sign-in, lock-out."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from csp.constants import NONE, SELF, UNSAFE_INLINE

from unionhall.config.keys import read_or_make_key

from .base import BASE_URL, DEMO, KEYS_DIR
from .environment import ENV

SECRET_KEY = read_or_make_key(KEYS_DIR / "cookies.key").hex()
CONTACTS_KEY_FILE = KEYS_DIR / "contacts.key"
read_or_make_key(CONTACTS_KEY_FILE)

_host = urlsplit(BASE_URL).hostname or "localhost"
_https = BASE_URL.startswith("https://")
_local = ["localhost", "127.0.0.1", "[::1]"]
ALLOWED_HOSTS: list[str] = _local if DEMO and not ENV["DEMO_PUBLIC"] else [_host, *ENV["ALLOWED_HOSTS"], *_local]

SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _https
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS: int = ENV["HSTS_SECONDS"] if _https else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENV["TRUST_PROXY"] else None
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
PERMISSIONS_POLICY = "camera=(), geolocation=(self), microphone=(), payment=(), usb=(), browsing-topics=()"

# No inline script or style anywhere but in /admin/, whose pages carry their own: docs/decisions/0020-admin-policy.md.
_POLICY: dict[str, Any] = {
    "default-src": [NONE],
    "script-src": [SELF],
    "style-src": [SELF],
    "img-src": [SELF, "data:"],
    "font-src": [SELF],
    "connect-src": [SELF],
    "media-src": [SELF],
    "manifest-src": [SELF],
    "form-action": [SELF],
    "base-uri": [NONE],
    "frame-ancestors": [NONE],
}
CONTENT_SECURITY_POLICY: dict[str, Any] = {"DIRECTIVES": _POLICY}
ADMIN_PREFIX = "/admin/"
ADMIN_CONTENT_POLICY: dict[str, Any] = _POLICY | {
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "frame-src": [SELF],
    "frame-ancestors": [SELF],
}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "/hall/"
LOGOUT_REDIRECT_URL = "/"

# Staff sign in by allauth; guessing is slowed by our own operations, never locked: docs/decisions/0030-*.md.
ACCOUNT_ADAPTER = "unionhall.accounts.views.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # the office opens the account and vouches for the mail
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = True
# One school is one address: what counts by address alone must let a whole shift in.
ACCOUNT_RATE_LIMITS = {"login": "300/m/ip", "login_failed": "5/5m/key", "reset_password": "60/m/ip,5/m/key"}
MFA_ADAPTER = "unionhall.accounts.views.adapter.MfaAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RATE_LIMITS = {"webauthn_login": "300/m/ip"}
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = "Unionhall"
MFA_TOTP_TOLERANCE = 1  # a telephone's clock may be half a minute off

# Wagtail's admin has no door of its own.
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = WAGTAIL_PASSWORD_RESET_ENABLED = WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILUSERS_PASSWORD_ENABLED = False
