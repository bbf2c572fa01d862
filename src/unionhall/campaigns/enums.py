"""Choices of the campaign record and of the queue."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from unionhall.rulebook.phases import Step, Track

TRACKS = [(track.value, track.value) for track in Track]
STEPS = [(step.value, step.value) for step in Step]


class Skin(models.TextChoices):
    """The two inks a campaign is printed in."""

    PURPLE = "purple", _("purple and marigold")
    RED = "red", _("red and teal")


class DateKind(models.TextChoices):
    """What a day in the campaign's calendar is."""

    SESSION = "session", _("bargaining session")
    ACTION = "action", _("action")
    MEETING = "meeting", _("meeting")
    NOTICE = "notice", _("notice")


class Part(models.TextChoices):
    """The parts of the record that somebody keeps, as their addresses name them."""

    IDENTITY = "identity", _("Who we are")
    PHASES = "phases", _("Phases")
    DATES = "dates", _("Calendar")
    FACTS = "facts", _("Facts")
    AREAS = "areas", _("What we fight for")
    BANNERS = "banners", _("Banners")
    WORDS = "words", _("Our words")


class FactPlace(models.TextChoices):
    """Where on the public pages a fact is used."""

    HOME = "home", _("Home page, in numbers")
    OFFERS = "offers", _("Home page, offers at the table")
    PLATFORM = "platform", _("Home page, what members decided")
    WINS = "wins", _("Home page, what we won")


class EntryKind(models.TextChoices):
    """Which form an entry came through."""

    JOIN = "join", _("joined the campaign")
    CAT = "cat", _("Contract Action Team")
    UPDATES = "updates", _("updates")
    CALL = "call", _("asked for a call")
    FIX = "fix", _("says something is wrong")
    LEAVE = "leave", _("wants to leave")


class SlipState(models.TextChoices):
    """Where a form stands that came in: it waits for its code, may be taken in, was."""

    HELD = "held", _("held")
    READY = "ready", _("ready to be taken in")
    TAKEN = "taken", _("taken in")


class LetterKind(models.TextChoices):
    """Why we write to somebody who wrote to us. A code goes at any hour: she asked for it and waits."""

    CODE = "code", _("code")
    JOINED = "joined", _("confirmation")
    AGAIN = "again", _("you were with us already")
    WELCOME = "welcome", _("welcome to the updates")


class Audience(models.TextChoices):
    """Whose ear it is. The public is never mixed into the tables of members."""

    PUBLIC = "public", _("the public")
    MEMBER = "member", _("members")


class ShiftTime(models.TextChoices):
    """When somebody works, as she says it; the worksite's own shifts are the roster's."""

    EARLY = "early", _("Before 7 a.m.")
    DAY = "day", _("By day")
    EVENING = "evening", _("Evenings")
    NIGHT = "night", _("Nights")
    VARIES = "varies", _("It changes")


class Tongue(models.TextChoices):
    """A language one can talk with coworkers in."""

    EN = "en", _("English")
    ES = "es", _("Spanish")
    HY = "hy", _("Armenian")
    KO = "ko", _("Korean")
    ZH = "zh", _("Chinese")
    TL = "tl", _("Tagalog")
    RU = "ru", _("Russian")
    VI = "vi", _("Vietnamese")
    FA = "fa", _("Farsi")
    AR = "ar", _("Arabic")
    OTHER = "other", _("Another one")


class Channel(models.TextChoices):
    """How the person wants to be reached: what she wrote in the form."""

    SMS = "sms", _("text message")
    MAIL = "mail", _("mail")


class EntryState(models.TextChoices):
    """Where an entry stands: nobody has replied, somebody has, all is done."""

    OPEN = "open", _("waiting")
    ANSWERED = "answered", _("answered")
    CLOSED = "closed", pgettext_lazy("an entry", "done")


class NoteKind(models.TextChoices):
    """What a line under an entry records. The first three are replies."""

    CALL = "call", _("called")
    TEXT = "text", _("texted")
    MAIL = "mail", _("wrote")
    NOTE = "note", _("note")
    DONE = "done", pgettext_lazy("an entry", "done")
    AGAIN = "again", _("signed up again")
    SAID = "said", _("wrote to us")


REPLIES = frozenset({NoteKind.CALL, NoteKind.TEXT, NoteKind.MAIL})


class TalkKind(models.TextChoices):
    """What a line of the log of talks records. All but a note mean that the person heard from us."""

    CALL = "call", _("called")
    TEXT = "text", _("texted")
    TALK = "talk", _("talked, one on one")
    NOTE = "note", _("note")
    DONE = "done", pgettext_lazy("a person, for today", "done")


HEARD = frozenset({TalkKind.CALL, TalkKind.TEXT, TalkKind.TALK, TalkKind.DONE})
SPOKEN = frozenset({TalkKind.TALK, TalkKind.DONE})
# What a member asks for on her own page, as often as she needs it; the other forms count once a person.
ASKED = frozenset({EntryKind.CALL, EntryKind.FIX, EntryKind.LEAVE})


# What stands beside a campaign's address, so that none may be called so.
RESERVED_SLUGS = frozenset(
    (
        *(
            "new",
            "words",
            "changes",
            "search",
            "buscar",
            "privacy",
            "privacidad",
            "accessibility",
            "accesibilidad",
            "terms",
        ),
        *("terminos", "sign-in", "entrar", "styleguide", "admin", "hall", "me", "api", "table", "ballots", "jobs"),
    )
)
