"""How allauth behaves in this house: nobody signs up by themselves, guessing gets slow, mail leaves by our gateways."""

from __future__ import annotations

import base64
from typing import Any, Final

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from unionhall.accounts import operations, queries
from unionhall.accounts.enums import Method
from unionhall.accounts.models import User
from unionhall.accounts.views.session import address_of, enter, landing, set_language_cookie
from unionhall.foundation import clock, crypto

FRESH_SECONDS: Final = 300


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Staff's sign-in by mail and password."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("This mail and password do not open the door. Check both."),
        "incorrect_password": _("This is not your password."),
        "enter_current_password": _("Type your current password."),
        "incorrect_code": _("This code is not right. Wait for the next one and type it at once."),
        "too_many_login_attempts": _("Several tries failed. Wait five minutes, or come in with a passkey."),
        "rate_limited": _("Too many tries at once. Wait a minute and try again."),
        "invalid_password_reset": _("This link to a new password does not work any more. Ask for a new one."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: the office opens accounts."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The Hall, or the member's own page."""
        return landing(request.user) if isinstance(request.user, User) else "/"

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to the account's page."""
        return "/account/"

    def get_client_ip(self, request: HttpRequest) -> str:
        """The asker's address, as the settings about the proxy say."""
        return address_of(request)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Makes a guesser wait, by account and address together. Raises ValidationError while the wait lasts."""
        try:
            operations.require_patience(**self._guess(request, credentials), at=clock.now())
        except operations.TooFast as error:
            raise ValidationError(error.sentence(), code=error.code) from error

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """The account of that mail and password; none, and one more failure counted, where they do not fit."""
        user: User | None = super().authenticate(request, **credentials)
        if user is None:
            operations.count_failure(**self._guess(request, credentials), at=clock.now())
        else:
            operations.forget_failures(**self._guess(request, credentials))
        return user

    def login(self, request: HttpRequest, user: User) -> None:
        """Begin the session and note the place."""
        passkey = any(record.get("passwordless") for record in get_authentication_records(request, user))
        enter(request, user, method=Method.PASSKEY if passkey else Method.PASSWORD)

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """Go where the account belongs, in its own language."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        set_language_cookie(response, user.language)
        return response

    def logout(self, request: HttpRequest) -> None:
        """End the session and its place in the list."""
        if isinstance(request.user, User):
            at = clock.now()
            for device in queries.open_devices(request.user, at=at).filter(session=request.session.session_key):
                operations.end_device(device=device, actor=request.user.as_actor(), at=at)
        super().logout(request)

    def set_password(self, user: User, password: str) -> None:
        """A new password; every other place where the account is signed in ends."""
        super().set_password(user, password)
        key = self.request.session.session_key or ""
        operations.end_sessions(user=user, actor=user.as_actor(), at=clock.now(), but=key)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whether a change of keys wants one more proof: none when the strongest the account has is minutes old."""
        user = self.request.user
        wanted = {"mfa"} if queries.second_factors(user) else {"password"} if user.has_usable_password() else None
        oldest = clock.now().timestamp() - FRESH_SECONDS
        fresh = [record for record in get_authentication_records(self.request, user) if record["at"] > oldest]
        return not any(wanted is None or record["method"] in wanted for record in fresh)

    def add_message(self, request: HttpRequest, level: int, *args: Any, **kwargs: Any) -> None:
        """Errors only; what went well is seen on the page itself."""
        if level >= messages.WARNING and kwargs.get("message"):
            super().add_message(request, level, *args, **kwargs)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Nothing: allauth writes no mail of its own here; notices go by `send_notification_mail`."""

    def send_notification_mail(self, template_prefix: str, user: User, *args: Any, **kwargs: Any) -> None:
        """Tell the account's owner that its keys changed; the sentence is ours."""
        operations.note_key_change(user=user, change=template_prefix.rpartition("/")[2], at=clock.now())

    def _guess(self, request: HttpRequest, credentials: dict[str, Any]) -> dict[str, str]:
        return {"account": str(credentials.get("email") or ""), "address": address_of(request)}


class MfaAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Second factors: secrets encrypted, the QR code drawn as inline SVG."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This code is not right. Wait for the next one and type it at once."),
    }

    def encrypt(self, text: str) -> str:
        """The secret as it lies in the database."""
        return base64.b64encode(crypto.encrypt(text, context="accounts.mfa")).decode("ascii")

    def decrypt(self, encrypted_text: str) -> str:
        """The secret itself, for one check."""
        return crypto.decrypt(base64.b64decode(encrypted_text), context="accounts.mfa")

    def build_totp_svg(self, url: str) -> str:
        """The code to scan, dark on white in both schemes, with its quiet zone."""
        code = segno.make(url, error="m", micro=False)
        return str(code.svg_inline(scale=5, border=4, dark="#000", light="#fff", svgclass="qr", lineclass=None))

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Whom a passkey belongs to: this host, by the product's name."""
        return {**super().get_public_key_credential_rp_entity(), "name": "Unionhall"}
