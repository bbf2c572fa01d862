"""What somebody sent through a form, as it is passed on, and how it lies sealed until it is taken in."""

from __future__ import annotations

import json
from dataclasses import dataclass

from unionhall.campaigns.enums import EntryKind
from unionhall.campaigns.models import Slip
from unionhall.foundation.contacts import Contact
from unionhall.roster.models import Worksite


@dataclass(frozen=True, slots=True)
class SignUp:
    """What somebody sent through a form.

    worksite: from our list, or none; worksite_text: its name, or what she wrote. wording: the consent exactly as the
    page showed it, in page_language; language: the one she wants to be written to in. shifts, speaks: values of
    ShiftTime and Tongue, where the form asked. Updates ask for neither name nor worksite.
    """

    name: str
    contact: Contact
    worksite: Worksite | None
    worksite_text: str
    language: str
    wording: str
    page_language: str
    kind: str = EntryKind.JOIN
    shifts: tuple[str, ...] = ()
    speaks: tuple[str, ...] = ()


def seal(sign_up: SignUp) -> str:
    """The sign-up as text, for an encrypted column."""
    return json.dumps(
        {
            "name": sign_up.name,
            "contact": [sign_up.contact.kind, sign_up.contact.value],
            "worksite": sign_up.worksite.pk if sign_up.worksite else None,
            "worksite_text": sign_up.worksite_text,
            "language": sign_up.language,
            "wording": sign_up.wording,
            "page_language": sign_up.page_language,
            "kind": sign_up.kind,
            "shifts": sign_up.shifts,
            "speaks": sign_up.speaks,
        },
        ensure_ascii=False,
    )


def open_slip(slip: Slip, *, place: bool = True) -> SignUp:
    """What was sent; a worksite that is gone since leaves its name. Raises ValueError for a slip already taken in.

    place: look the worksite up; one query.
    """
    sent = json.loads(slip.sealed)
    kind, value = sent["contact"]
    known = place and sent["worksite"]
    return SignUp(
        name=sent["name"],
        contact=Contact(kind="mail" if kind == "mail" else "sms", value=value),
        worksite=Worksite.objects.filter(pk=sent["worksite"]).first() if known else None,
        worksite_text=sent["worksite_text"],
        language=sent["language"],
        wording=sent["wording"],
        page_language=sent["page_language"],
        kind=sent["kind"],
        shifts=tuple(sent["shifts"]),
        speaks=tuple(sent["speaks"]),
    )
