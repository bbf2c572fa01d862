"""What accounts asks of a slice above, which knows the people."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from unionhall.foundation.access import Grant, Reach, Viewer
from unionhall.foundation.contacts import Contact
from unionhall.foundation.hooks import Hook


class MemberDirectory(Protocol):
    """Knows which person an account belongs to."""

    def find_account(self, *, user_ids: Sequence[int], first_name: str, site_text: str) -> int | None:
        """The one account among user_ids of a person with that first name at that worksite, as typed; else none."""

    def stands_with_employer(self, *, name: str, contact: Contact) -> bool:
        """Whether somebody in management has that contact and a name that can be this one."""

    def may_vouch(self, *, viewer: Viewer, user_id: int) -> bool:
        """Whether the viewer stands for that account's person face to face, as a steward for her own worksite."""


member_directory: Hook[MemberDirectory] = Hook(
    "accounts.member_directory",
    says="Tells apart members who share a phone, and who may hand a member a paper code.",
)


class ScopeDirectory(Protocol):
    """Knows the places and people that scopes name."""

    def lies_within(self, *, viewer: Viewer, grant: Grant) -> bool:
        """Whether every code of the grant lies where the viewer's own roles reach; never where it names none."""

    def in_words(self, grant: Grant) -> str:
        """Where the grant holds, in words: names of worksites or areas, or how many persons."""

    def where_now(self, *, reach: Reach, codes: Collection[str]) -> Mapping[str, str]:
        """Of these codes those whose place or person became another one, each with the other's code."""


scope_directory: Hook[ScopeDirectory] = Hook(
    "accounts.scope_directory", says="Says where a role holds, in words, and whether that lies within a viewer's reach."
)
