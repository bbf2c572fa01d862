"""What those who keep the record write: each text in both languages side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from django import forms
from django.forms import BoundField
from django.utils.text import format_lazy, slugify
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from unionhall.campaigns.enums import RESERVED_SLUGS, DateKind, FactPlace, Part, Skin
from unionhall.campaigns.models import LANGUAGES
from unionhall.campaigns.phrases import STEP_WORDS, TRACK_WORDS
from unionhall.foundation.bilingual import Bilingual
from unionhall.foundation.vocabulary import LONGEST, Word, vocabulary_packs
from unionhall.roster.models import Area, Worksite
from unionhall.roster.queries import find_worksite_by_text
from unionhall.rulebook.phases import TRACK_OF, Step
from unionhall.rulebook.strike_words import speaks_of_a_strike
from unionhall.ui.pictures import PICTURES

_DIGITS: Final = forms.TextInput(attrs={"inputmode": "decimal"})
SIDES: Final = (
    ("en", pgettext_lazy("which language a field is in", "English")),
    ("es", pgettext_lazy("which language a field is in", "Spanish")),
)


@dataclass(frozen=True, slots=True)
class Pair:
    """A text in both languages. lines: how high its fields are."""

    label: Any
    help_text: Any = ""
    required: bool = True
    longest: int = 200
    lines: int = 1


@dataclass(frozen=True, slots=True)
class FormRow:
    """One line of a form: a field, or the two of a text in both languages under their own head."""

    fields: tuple[BoundField, ...]
    label: str = ""
    hint: str = ""


class RecordForm(forms.Form):
    """A part of the record. may_strike: whether the writer may put out words about a strike."""

    pairs: ClassVar[Mapping[str, Pair]] = {}
    order: ClassVar[tuple[str, ...]] = ()

    def __init__(self, data: Any = None, *, row: Any = None, may_strike: bool = False, **initial: Any) -> None:
        given = dict(initial)
        for name in (*self.pairs, *self.base_fields):
            value = getattr(row, name, None)
            given.update(
                {f"{name}_{code}": getattr(value, code) for code, _label in SIDES if name in self.pairs and row}
            )
            if name not in self.pairs and row is not None:
                given[name] = value
        super().__init__(data, initial=given)
        self.may_strike = may_strike
        for name, pair in self.pairs.items():
            for code, side in SIDES:
                self.fields[f"{name}_{code}"] = _text(pair, code, side)

    def rows(self) -> Iterator[FormRow]:
        """The lines of the form in their order."""
        for name in self.order:
            if name in self.pairs:
                pair = self.pairs[name]
                both = tuple(self[f"{name}_{code}"] for code, _side in SIDES)
                yield FormRow(both, str(pair.label), str(pair.help_text))
            else:
                yield FormRow((self[name],))

    def clean(self) -> dict[str, Any]:
        """Both languages or none; and no words about a strike from those who may not put them out."""
        cleaned = super().clean() or self.cleaned_data
        for name in self.pairs:
            sides = {code: cleaned.get(f"{name}_{code}", "") for code, _side in SIDES}
            for code, side in SIDES:
                if not sides[code] and any(sides.values()) and not self.has_error(f"{name}_{code}"):
                    said = gettext("Write it in %(language)s too: it goes to the public page.")
                    self.add_error(f"{name}_{code}", said % {"language": side})
        texts = [value for value in cleaned.values() if isinstance(value, str)]
        if not self.may_strike and speaks_of_a_strike(texts):
            self.add_error(None, _STRIKE)
        return cleaned

    def said(self) -> dict[str, Any]:
        """The values, each text as one in two languages."""
        plain = {name: self.cleaned_data[name] for name in self.base_fields}
        both = {name: Bilingual(*(self.cleaned_data[f"{name}_{code}"] for code, _side in SIDES)) for name in self.pairs}
        return plain | both


_STRIKE: Final = _(
    "This speaks of a strike or an impasse, so an officer or counsel has to save it. Nothing you wrote is lost: let "
    "one of them open this page, or leave those words out."
)


def _text(pair: Pair, code: str, side: Any) -> forms.CharField:
    attrs: dict[str, Any] = {"lang": code}
    widget: forms.Widget = forms.TextInput(attrs=attrs)
    if pair.lines > 1:
        widget = forms.Textarea(attrs=attrs | {"rows": pair.lines})
    missing = format_lazy(_("Write it in {language}: it goes to the public page."), language=side)
    return forms.CharField(
        label=side, required=pair.required, max_length=pair.longest, widget=widget, error_messages={"required": missing}
    )


def _time(label: Any, help_text: Any = "") -> forms.TimeField:
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    return forms.TimeField(label=label, help_text=help_text, required=False, widget=widget)


def _day(label: Any, help_text: Any = "", *, required: bool = False) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, help_text=help_text, required=required, widget=widget)


def _pictures() -> list[tuple[str, Any]]:
    return [("", _("No picture")), *((name, _PICTURE_WORDS.get(name, name)) for name in PICTURES)]


_PICTURE_WORDS: Final = {
    "hero": _("Workers before their school"),
    "staffing": _("Worker with a broom"),
    "wages": _("Cook with a ladle"),
    "training": _("Aide with a book"),
    "safety": _("Supervisor with a whistle"),
    "hall": _("The union hall"),
    "ballot-box": _("Ballot box"),
    "corridor": _("Corridor"),
    "door": _("Door"),
    "slip": _("Slip of paper"),
    "quiet": _("Empty room"),
}


class IdentityForm(RecordForm):
    """Who speaks, against whom, in which inks."""

    pairs = {
        "name": Pair(_("Name of the campaign"), longest=80),
        "slogan": Pair(_("Slogan"), _("A few words; the poster line where no phase has one of its own."), longest=100),
        "who_we_are": Pair(_("Who we are"), _("Two or three sentences: who, what, and why now."), longest=400, lines=4),
        "employer": Pair(_("The employer"), longest=120),
        "picture_text": Pair(
            _("What the picture shows"), _("Read aloud to whoever cannot see it."), required=False, longest=200
        ),
    }
    order: ClassVar[tuple[str, ...]] = (
        "name", "slogan", "who_we_are", "union_name", "employer", "skin", "picture", "picture_text", "languages",
        "opens_on", "closes_on", "as_of",
    )  # fmt: skip
    union_name = forms.CharField(label=_("The union"), help_text=_("As members call it: Local 99."), max_length=120)
    skin = forms.ChoiceField(label=_("Inks"), choices=Skin.choices, widget=forms.RadioSelect)
    picture = forms.ChoiceField(label=_("Picture"), choices=_pictures, required=False)
    languages = forms.MultipleChoiceField(
        label=_("Languages"), choices=LANGUAGES, widget=forms.CheckboxSelectMultiple, initial=["en", "es"]
    )
    opens_on = _day(_("First day"))
    closes_on = _day(_("Last day"), _("Leave it out while the campaign goes on."))
    as_of = _day(
        _("Let the page stand at a past day"),
        _("For a campaign that is over: its page speaks as of that day. Left out, it follows today’s date."),
    )

    def clean(self) -> dict[str, Any]:
        """Days in their order, and words for a picture."""
        cleaned = super().clean()
        first, last = cleaned.get("opens_on"), cleaned.get("closes_on")
        if first and last and last < first:
            self.add_error("closes_on", _("The last day comes before the first. Look at both days again."))
        if cleaned.get("picture") and not cleaned.get("picture_text_en"):
            self.add_error("picture_text_en", _("Say what the picture shows, for whoever cannot see it."))
        return cleaned


class NewCampaignForm(IdentityForm):
    """A campaign that is to be opened, with its address."""

    order: ClassVar[tuple[str, ...]] = ("slug", *IdentityForm.order)
    slug = forms.SlugField(
        label=_("Address"), help_text=_("Short, such as ewu: it stands in every link and stays."), max_length=30
    )

    def __init__(self, data: Any = None, *, taken: frozenset[str] = frozenset(), **rest: Any) -> None:
        super().__init__(data, **rest)
        self.taken = taken

    def clean_slug(self) -> str:
        """An address that nothing else has."""
        slug = str(self.cleaned_data["slug"]).lower()
        if slug in self.taken or slug in RESERVED_SLUGS:
            raise forms.ValidationError(gettext("“%(slug)s” is taken. Choose another address.") % {"slug": slug})
        return slug


def _steps() -> list[tuple[Any, list[tuple[str, Any]]]]:
    return [
        (title, [(step.value, STEP_WORDS[step]) for step in Step if TRACK_OF[step] is track])
        for track, (title, _line) in TRACK_WORDS.items()
    ]


class PhaseForm(RecordForm):
    """A step of one track."""

    pairs = {
        "title": Pair(_("What the ribbon says"), _("A few words, above every page."), required=False, longest=60),
        "line": Pair(_("One line beside it"), _("What is done, and from when to when."), required=False, longest=140),
        "headline": Pair(
            _("Poster line"),
            _("The great line of the home page. Left out, the slogan."),
            required=False,
            longest=60,
        ),
    }
    order = ("step", "starts_on", "ends_on", "public", "title", "line", "headline", "evidence")
    step = forms.ChoiceField(label=_("Step"), choices=_steps)
    starts_on = _day(_("First day"), required=True)
    ends_on = _day(_("Last day"), _("Leave it out while it goes on."))
    public = forms.BooleanField(label=_("Name the page after it"), required=False)
    evidence = forms.CharField(
        label=_("What it rests on"),
        help_text=_("Minutes, a letter, a vote: what you would show if somebody asked. It is not public."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean(self) -> dict[str, Any]:
        """Words in both languages for what is public; days in their order."""
        cleaned = super().clean()
        for name in ("title", "line") if cleaned.get("public") else ():
            if not cleaned.get(f"{name}_en") and not cleaned.get(f"{name}_es"):
                self.add_error(f"{name}_en", _("The page is named after it: write it in both languages."))
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The last day comes before the first. Look at both days again."))
        return cleaned

    def said(self) -> dict[str, Any]:
        """The values, the step as the rulebook knows it."""
        return super().said() | {"step": Step(self.cleaned_data["step"])}


class DateForm(RecordForm):
    """A day of the calendar."""

    pairs = {
        "title": Pair(_("What it is"), longest=100),
        "line": Pair(_("One line"), _("Where, or what came of it."), required=False, longest=200),
    }
    order = ("kind", "on", "starts_at", "ends_at", "title", "line", "place", "area", "worksite", "called_off")
    kind = forms.ChoiceField(label=_("Kind"), choices=DateKind.choices, widget=forms.RadioSelect)
    on = _day(_("Day"), required=True)
    starts_at = _time(_("Time"))
    ends_at = _time(_("Until"), _("Left out, calendars show one hour."))
    place = forms.CharField(
        label=_("Place"), help_text=_("As people find it: name and street."), required=False, max_length=120
    )
    area = forms.ModelChoiceField(
        label=_("Only for one Area"), queryset=Area.objects.all(), to_field_name="code", required=False
    )
    worksite = forms.CharField(
        label=_("Only for one worksite"), help_text=_("Its whole name. Left out, it is for all."), required=False
    )
    called_off = forms.BooleanField(
        label=_("It is called off"), help_text=_("It stays in the calendar and says so."), required=False
    )

    def clean_worksite(self) -> Worksite | None:
        """The worksite that was named; the one that stood there counts by its name, though another bears it too."""
        text, held = self.cleaned_data["worksite"], self.initial.get("worksite")
        if not text or (isinstance(held, Worksite) and text == str(held)):
            return held if text else None
        found = find_worksite_by_text(text)
        if found is None:
            raise forms.ValidationError(_("We find no place of that name, or more than one. Write its whole name."))
        return found

    def clean(self) -> dict[str, Any]:
        """An end after its beginning; for an Area or a worksite, not both."""
        cleaned = super().clean()
        starts, ends = cleaned.get("starts_at"), cleaned.get("ends_at")
        if ends and (not starts or ends <= starts):
            self.add_error("ends_at", _("It ends before it begins. Look at both times again."))
        if cleaned.get("area") and cleaned.get("worksite"):
            self.add_error("worksite", _("The worksite lies in its Area: name one of the two."))
        return cleaned


class FactForm(RecordForm):
    """A number with its day and its source."""

    pairs = {
        "label": Pair(_("What it counts"), longest=80),
        "unit": Pair(_("Unit"), _("people, schools, % …"), required=False, longest=40),
        "line": Pair(_("What it means"), _("In a few words."), required=False, longest=140),
        "source": Pair(_("Source"), _("Who says so, and where it stands."), longest=140),
    }
    order = ("label", "value", "unit", "as_of", "source", "source_url", "line", "stale_after", "used_on")
    value = forms.DecimalField(
        label=_("Value"), max_digits=18, decimal_places=4, widget=forms.TextInput(attrs={"inputmode": "decimal"})
    )
    as_of = _day(
        _("True as of"),
        _("A later day than before is a newer value, and the older one stays. The same day corrects it."),
        required=True,
    )
    source_url = forms.URLField(label=_("Address of the source"), required=False, assume_scheme="https")
    stale_after = _day(_("To be checked again after"), _("From then on it stands first in the list of facts."))
    used_on = forms.MultipleChoiceField(
        label=_("Where it is used"), choices=FactPlace.choices, required=False, widget=forms.CheckboxSelectMultiple
    )

    def clean_value(self) -> Any:
        """The figure without idle zeros."""
        return self.cleaned_data["value"].normalize()

    def clean(self) -> dict[str, Any]:
        """A day to check it that comes after the day it is true as of."""
        cleaned = super().clean()
        first, last = cleaned.get("as_of"), cleaned.get("stale_after")
        if first and last and last < first:
            self.add_error("stale_after", _("The day to check it again comes before the day it is true as of."))
        return cleaned


class AreaForm(RecordForm):
    """One of the few things the campaign fights for."""

    pairs = {
        "title": Pair(_("Title"), longest=80),
        "summary": Pair(_("What we ask for, in two sentences"), longest=400, lines=4),
        "picture_text": Pair(_("What the picture shows"), required=False, longest=200),
    }
    order = ("title", "summary", "picture", "picture_text")
    picture = forms.ChoiceField(label=_("Picture"), choices=_pictures, required=False)


class BannerForm(RecordForm):
    """A line across every page."""

    pairs = {
        "title": Pair(_("What it says"), _("A few words, set bold."), longest=80),
        "line": Pair(_("One line more"), required=False, longest=160),
    }
    order = ("title", "line", "starts_on", "ends_on")
    starts_on = _day(_("First day"), required=True)
    ends_on = _day(_("Last day"), _("After it the banner is gone by itself."), required=True)

    def clean(self) -> dict[str, Any]:
        """Days in their order."""
        cleaned = super().clean()
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The last day comes before the first. Look at both days again."))
        return cleaned


FORMS: Final[Mapping[str, type[RecordForm]]] = {
    Part.DATES: DateForm,
    Part.FACTS: FactForm,
    Part.AREAS: AreaForm,
    Part.BANNERS: BannerForm,
}


def key_of(said: Mapping[str, Any], name: str) -> str:
    """The key a new row gets from its English words. name: of the text."""
    return slugify(said[name].en)[:50].strip("-") or "row"


_ENGLISH: Final = forms.TextInput(attrs={"lang": "en"})
_SPANISH: Final = forms.TextInput(attrs={"lang": "es"})


class PackForm(forms.Form):
    """Which pack of words the local speaks by."""

    pack = forms.ChoiceField(label=_("Pack"), widget=forms.RadioSelect)

    def __init__(self, data: Any = None, **initial: Any) -> None:
        super().__init__(data, initial=initial)
        chooser: Any = self.fields["pack"]
        chooser.choices = [(pack.code, str(pack.name)) for pack in vocabulary_packs]


class WordForm(forms.Form):
    """One thing by its name, one and many, in both languages."""

    one_en = forms.CharField(label=_("One, in English"), max_length=LONGEST, widget=_ENGLISH)
    many_en = forms.CharField(label=_("Several, in English"), max_length=LONGEST, widget=_ENGLISH)
    one_es = forms.CharField(label=_("One, in Spanish"), max_length=LONGEST, widget=_SPANISH)
    many_es = forms.CharField(label=_("Several, in Spanish"), max_length=LONGEST, widget=_SPANISH)
    gender = forms.ChoiceField(
        label=_("The Spanish word takes"), choices=[("m", "el"), ("f", "la")], widget=forms.RadioSelect
    )

    def __init__(self, data: Any = None, *, word: Word) -> None:
        given = {"gender": word.gender} | {
            f"{form}_{code}": getattr(getattr(word, form), code) for form in ("one", "many") for code in ("en", "es")
        }
        super().__init__(data, initial=given)

    def said(self) -> Word:
        """The word."""
        given = self.cleaned_data
        one, many = (Bilingual(given[f"{form}_en"], given[f"{form}_es"]) for form in ("one", "many"))
        return Word(one=one, many=many, gender=given["gender"])
