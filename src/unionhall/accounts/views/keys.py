"""Staff's keys: allauth's pages, where setting up a second factor is itself a proof of it."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.views import PasswordChangeView, PasswordResetView
from allauth.core import ratelimit
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from unionhall.accounts import operations
from unionhall.accounts.forms import MailForm
from unionhall.foundation import clock
from unionhall.foundation.errors import NotFound


class ActivateTotp(ActivateTOTPView):  # type: ignore[misc]
    """Add an authenticator app: the code typed proves it for this session too."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Store the app and note the proof."""
        response: HttpResponse = super().form_valid(form)
        record_authentication(self.request, self.request.user, method="mfa", type=Authenticator.Type.TOTP.value)
        return response


class AddPasskey(AddWebAuthnView):  # type: ignore[misc]
    """Add a passkey: making it proves it for this session too."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Store the passkey and note the proof."""
        response: HttpResponse = super().form_valid(form)
        record_authentication(self.request, self.request.user, method="mfa", type=Authenticator.Type.WEBAUTHN.value)
        return response


class ChangePassword(PasswordChangeView):  # type: ignore[misc]
    """Change the password: other places end, this one goes on under a new session key."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Store the password and follow the session."""
        former = self.request.session.session_key or ""
        response: HttpResponse = super().form_valid(form)
        key = self.request.session.session_key or ""
        operations.follow_session(user=self.request.user, former=former, session_key=key)
        return response


class AskPasswordReset(PasswordResetView):  # type: ignore[misc]
    """Ask for a link to a new password: the same answer and the same work for every mail."""

    form_class = MailForm

    def form_valid(self, form: MailForm) -> HttpResponse:
        """Pass the asking on; what goes out is decided later."""
        email, at = form.cleaned_data["email"], clock.now()
        limited: HttpResponse | None = ratelimit.consume_or_429(self.request, action="reset_password", key=email)
        if limited is None:
            operations.ask_password_reset(email=email, at=at)
        return limited or HttpResponseRedirect(self.get_success_url())


def nothing_here(request: HttpRequest) -> HttpResponse:
    """An address that allauth must be able to name and that we do not open."""
    raise NotFound
