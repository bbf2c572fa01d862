"""Addresses of accounts. Of allauth's only those that we mean to open; whatever is not here answers 404."""

from __future__ import annotations

from allauth.account import views as allauth_views
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.contrib.auth.decorators import login_required
from django.urls import URLPattern, URLResolver, include, path
from django.utils.translation import gettext_lazy as _

from unionhall.accounts.views import account, entrance, keys, lockdown

second_factor: list[URLPattern | URLResolver] = [
    path("", mfa.index, name="mfa_index"),
    path("check/", mfa.authenticate, name="mfa_authenticate"),
    path("again/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("app/add/", keys.ActivateTotp.as_view(), name="mfa_activate_totp"),
    path("app/remove/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("recovery-codes/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("recovery-codes/new/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("passkeys/", webauthn.list_webauthn, name="mfa_list_webauthn"),
    path("passkeys/add/", keys.AddPasskey.as_view(), name="mfa_add_webauthn"),
    path("passkeys/sign-in/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path("passkeys/again/", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("passkeys/<int:pk>/rename/", webauthn.edit_webauthn, name="mfa_edit_webauthn"),
    path("passkeys/<int:pk>/remove/", webauthn.remove_webauthn, name="mfa_remove_webauthn"),
]

password: list[URLPattern | URLResolver] = [
    path("change/", login_required(keys.ChangePassword.as_view()), name="account_change_password"),
    path("set/", keys.nothing_here, name="account_set_password"),
    path("reset/", keys.AskPasswordReset.as_view(), name="account_reset_password"),
    path("reset/sent/", allauth_views.password_reset_done, name="account_reset_password_done"),
    path("reset/done/", allauth_views.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    path(
        "reset/<slug:uidb36>/<str:key>/",
        allauth_views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("hall/menu/", account.hall_menu, name="hall_menu"),
    path("hall/lockdown/", lockdown.lockdown, name="lockdown"),
    path("hall/lockdown/begin/", lockdown.lockdown_begin, name="lockdown_begin"),
    path("hall/lockdown/agree/", lockdown.lockdown_agree, name="lockdown_agree"),
    path("account/", account.account, name="account"),
    path("account/language/", account.set_language, name="set_language"),
    path("account/places/end-others/", account.end_other_devices, name="end_other_devices"),
    path("account/places/<slug:public_id>/end/", account.end_device, name="end_device"),
    path("account/paper-code/<slug:public_id>/", account.paper_code, name="paper_code"),
    path("account/login/", allauth_views.login, name="account_login"),
    path("account/logout/", allauth_views.logout, name="account_logout"),
    path("account/inactive/", allauth_views.account_inactive, name="account_inactive"),
    path("account/reauthenticate/", allauth_views.reauthenticate, name="account_reauthenticate"),
    path("account/password/", include(password)),
    path("account/second-factor/", include(second_factor)),
]

localized_urlpatterns: list[URLPattern | URLResolver] = [
    path(_("sign-in/"), entrance.sign_in, name="sign_in"),
    path(_("sign-in/code/"), entrance.sign_in_code, name="sign_in_code"),
    path(_("sign-in/who/"), entrance.sign_in_who, name="sign_in_who"),
    path(_("sign-in/paper/"), entrance.sign_in_paper, name="sign_in_paper"),
    path(_("sign-in/device/"), entrance.sign_in_device, name="sign_in_device"),
    path(_("invitation/<str:token>/"), entrance.invitation, name="invitation"),
    path(_("sign-in/link/<str:token>/"), entrance.sign_in_link, name="sign_in_link"),
]
