"""Writes of accounts: who may sign in, with what, and what they were granted."""

from unionhall.accounts.operations.codes import (
    AskWho,
    CodeWrong,
    NobodyByThatName,
    forget_old_askings,
    redeem_code,
    request_code,
    send_code,
    tell_who,
)
from unionhall.accounts.operations.devices import (
    end_device,
    end_sessions,
    follow_session,
    note_seen,
    note_sign_in,
    remember_device,
)
from unionhall.accounts.operations.keys import (
    ask_password_reset,
    note_key_change,
    send_key_notice,
    send_password_reset,
)
from unionhall.accounts.operations.lockdown import (
    LockdownStands,
    LockedDown,
    NoLockdown,
    VoiceGiven,
    agree_to_open,
    begin_lockdown,
    require_open,
    require_rooms_open,
)
from unionhall.accounts.operations.people import MailTaken, close_account, create_staff, ensure_member, set_language
from unionhall.accounts.operations.roles import ScopeUnclear, end_role, grant_role
from unionhall.accounts.operations.second_factor import enroll_totp
from unionhall.accounts.operations.slowing import TooFast, count_failure, forget_failures, require_patience
from unionhall.accounts.operations.tokens import LinkWorn, issue_paper_code, make_personal_link, redeem_token

__all__ = [
    "AskWho",
    "CodeWrong",
    "LinkWorn",
    "LockdownStands",
    "LockedDown",
    "MailTaken",
    "NoLockdown",
    "NobodyByThatName",
    "ScopeUnclear",
    "TooFast",
    "VoiceGiven",
    "agree_to_open",
    "ask_password_reset",
    "begin_lockdown",
    "close_account",
    "count_failure",
    "create_staff",
    "end_device",
    "end_role",
    "end_sessions",
    "enroll_totp",
    "ensure_member",
    "follow_session",
    "forget_failures",
    "forget_old_askings",
    "grant_role",
    "issue_paper_code",
    "make_personal_link",
    "note_key_change",
    "note_seen",
    "note_sign_in",
    "redeem_code",
    "redeem_token",
    "remember_device",
    "request_code",
    "require_open",
    "require_patience",
    "require_rooms_open",
    "send_code",
    "send_key_notice",
    "send_password_reset",
    "set_language",
    "tell_who",
]
