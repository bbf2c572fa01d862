"""What comes in at the review queue: where somebody is in it, and what is said of a group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from unionhall.roster.models import Person


class ReviewForm(forms.Form):
    """Where in the review queue somebody is. sites: public id → name of those the viewer may narrow it to."""

    at = forms.IntegerField(min_value=1, max_value=1_000_000, required=False, widget=forms.HiddenInput)
    site = forms.CharField(label=_("Worksite"), max_length=12, required=False)

    def __init__(self, asked: QueryDict, *, sites: Mapping[str, str]) -> None:
        super().__init__(asked, use_required_attribute=False)
        self.fields["site"].widget = forms.Select(choices=[("", pgettext("filter", "any")), *sites.items()])
        self.is_valid()

    def place(self) -> int:
        """Which of those that wait, from 1."""
        return int(self.cleaned_data.get("at") or 1)

    def worksite(self) -> str:
        """Public id of the worksite the queue is narrowed to, or blank."""
        return str(self.cleaned_data.get("site") or "")

    def query(self, *, place: int = 0) -> str:
        """This place, or another one, as it stands in an address."""
        kept = QueryDict(mutable=True)
        kept.update({"at": str(place or self.place())} | ({"site": self.worksite()} if self.worksite() else {}))
        return kept.urlencode()

    def later(self) -> str:
        """The next place as it stands in an address."""
        return self.query(place=self.place() + 1)

    def earlier(self) -> str:
        """The place before as it stands in an address."""
        return self.query(place=max(1, self.place() - 1))

    def came(self) -> bool:
        """Whether the viewer came from another place of the queue, and not to the page anew."""
        return "at" in self.data


@dataclass(frozen=True, slots=True)
class GroupSaid:
    """What is said of a group of records. said: "one", "apart", "out", or "" for what nobody can mean.

    kept: who stays where they are one. marked: those that are one, the kept one among them. out: who is none of the
    others.
    """

    said: str
    kept: Person
    marked: Sequence[Person]
    out: Person | None


def group_said(asked: QueryDict, members: Sequence[Person]) -> GroupSaid:
    """What somebody said of these records; what names none of them is as if it had not been said.

    Who was chosen to stay is one of those that are one; who only stood so from the start ("usual") must be marked too.
    """
    known = {person.public_id: person for person in members}
    said, _colon, whom = asked.get("said", "").partition(":")
    out = known.get(whom)
    marked = [person for key, person in known.items() if key in asked.getlist("same")]
    kept = known.get(asked.get("keep", ""))
    if kept is not None and kept not in marked and kept.public_id != asked.get("usual"):
        marked.append(kept)
    if kept not in marked:
        kept = marked[0] if marked else members[0]
    if said not in ("one", "apart", "out") or (said == "out" and out is None):
        said = ""
    return GroupSaid(said=said, kept=kept, marked=marked, out=out)
