"""What the record says aloud: reasons, waits, dates and consent, each in the reader's language.

The Spanish of every sentence stands in `locale/`; nothing here names a campaign, a person or a number of its own.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Final

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext, pgettext
from django.utils.translation import gettext_lazy as _

from unionhall.foundation.enums import Loud, TrailGroup
from unionhall.foundation.trail import Told
from unionhall.rulebook.phases import Ground, Reason, Step, Track
from unionhall.rulebook.stages import Stage
from unionhall.rulebook.waiting import span_of

# Each reason as a short sentence and one line that explains it. Where %(day)s stands the record gives a day.
REASONS: dict[Reason, tuple[Promise, Promise]] = {
    Reason.STRIKE_CALLED: (
        _("A strike has been called"),
        _("It began on %(day)s. This page says the same hour when it ends."),
    ),
    Reason.STRIKE_OVER: (_("The strike is over"), _("It ended on %(day)s.")),
    Reason.AGREEMENT_REACHED: (
        _("There is an agreement"),
        _("Reached on %(day)s. Members decide whether it becomes the contract."),
    ),
    Reason.TALKS_GO_ON: (_("Talks are still going on"), _("Impasse has not been declared.")),
    Reason.TALKS_NOT_BEGUN: (_("Talks have not begun"), _("No session has been held yet.")),
    Reason.IMPASSE_DECLARED: (
        _("Impasse was declared"),
        _("On %(day)s. That opens mediation; by itself it is no strike."),
    ),
    Reason.NO_MEDIATION_NO_FACTFINDING: (
        _("No mediation, no factfinding"),
        _("Both are help from outside that comes when talks are stuck."),
    ),
    Reason.MEDIATION_GOES_ON: (_("Mediation is going on"), _("A mediator has been meeting both sides since %(day)s.")),
    Reason.MEDIATION_OVER: (_("Mediation is over"), _("It ended on %(day)s. Factfinding has not begun.")),
    Reason.FACTFINDING_GOES_ON: (
        _("Factfinding is going on"),
        _("A panel has been hearing both sides since %(day)s; its report is still to come."),
    ),
    Reason.FACTFINDING_OVER: (_("Factfinding is over"), _("Since %(day)s. Both sides have to weigh the report.")),
    Reason.NO_STRIKE_VOTE: (
        _("Members have not voted on a strike"),
        _("Only a vote of the members can authorize one."),
    ),
    Reason.STRIKE_VOTE_GOES_ON: (
        _("Members are voting now"),
        _("Since %(day)s, on whether to authorize a strike. A vote is not a strike."),
    ),
    Reason.STRIKE_NOT_AUTHORIZED: (
        _("Members did not authorize a strike"),
        _("Their vote was counted on %(day)s."),
    ),
    Reason.AUTHORIZED_NOT_CALLED: (
        _("A strike is authorized, and nobody has called one"),
        _("Members gave the authority on %(day)s. Until a strike is called, everybody goes to work."),
    ),
}


TRACK_WORDS: dict[Track, tuple[Promise, Promise]] = {
    Track.MANDATE: (_("Mandate"), _("What members have said and voted")),
    Track.TABLE: (_("Table"), _("What passes between us and the employer")),
    Track.FIELD: (_("Field"), _("What we do in the open")),
    Track.LEGAL: (_("Legal"), _("Impasse, mediation, factfinding")),
}
STEP_WORDS: dict[Step, Promise] = {
    Step.LISTENING: _("Listening"),
    Step.DRAFTING: _("Drafting the platform"),
    Step.ENDORSING: _("Endorsing the platform"),
    Step.PLATFORM_VOTE: _("Platform vote"),
    Step.STRIKE_VOTE_OPEN: _("Strike vote is open"),
    Step.STRIKE_AUTHORIZED: _("Strike authorized"),
    Step.STRIKE_NOT_AUTHORIZED: _("Strike not authorized"),
    Step.RATIFICATION: _("Ratification vote"),
    Step.NOTICES: _("Opening notices"),
    Step.BARGAINING: _("Bargaining"),
    Step.AGREEMENT: _("Tentative agreement"),
    Step.ENFORCEMENT: _("Contract in force"),
    Step.ORGANIZING: _("Organizing"),
    Step.ACTIONS: _("Actions"),
    Step.PICKETS: _("Informational pickets"),
    Step.STRIKE: _("Strike"),
    Step.IMPASSE: _("Impasse declared"),
    Step.MEDIATION: _("Mediation"),
    Step.FACTFINDING: _("Factfinding"),
    Step.AFTER_FACTFINDING: _("After factfinding"),
}
# The steps of the law in their order, said once begun and until then.
LAW: dict[Step, tuple[Promise, Promise, Promise]] = {
    Step.IMPASSE: (
        _("Impasse declared"),
        _("Since %(day)s."),
        _("Either side may ask the state to declare that talks are stuck."),
    ),
    Step.MEDIATION: (
        _("A mediator meets both sides"),
        _("Since %(day)s. What is said there stays there."),
        _("Somebody from outside tries to bring both sides together."),
    ),
    Step.FACTFINDING: (
        _("A panel hears the facts"),
        _("Since %(day)s. Its report is advice, not an order."),
        _("Three people hear both sides and write a report."),
    ),
    Step.AFTER_FACTFINDING: (
        _("The report is out"),
        _("Since %(day)s. Both sides have to weigh it."),
        _("After it both sides talk once more."),
    ),
}
# What a campaign is doing, where no public phase says it: title, line and poster line of the page.
STAGES: dict[Stage, tuple[Promise, Promise, Promise]] = {
    Stage.LISTENING: (_("We are listening"), _("Say what must change where you work"), _("Tell us what must change")),
    Stage.PLATFORM: (_("The platform"), _("Members decide what we ask for"), _("What we ask for is ours to decide")),
    Stage.BARGAINING: (_("At the table"), _("Our team bargains with the employer"), _("We are at the table")),
    Stage.ESCALATING: (_("Turning up the heat"), _("Actions on our own time"), _("We show what we want")),
    Stage.IMPASSE: (_("Talks are stuck"), _("Impasse was declared; help comes from outside"), _("Talks are stuck")),
    Stage.STRIKE_VOTE: (_("Members are voting"), _("A vote is not a strike"), _("Your vote, your say")),
    Stage.STRIKE: (_("On strike"), _("This page says the same hour when it ends"), _("We are on strike")),
    Stage.AGREEMENT: (
        _("There is an agreement"),
        _("Members decide whether it becomes the contract"),
        _("We have an agreement"),
    ),
    Stage.RATIFIED: (_("We have a contract"), _("Now we see that it is kept"), _("We won it, now we keep it")),
}


def law_words(step: Step, begun_on: date | None, today: date) -> tuple[str, str]:
    """A step of the law as its sentence and its line: since when, or what it will be."""
    sentence, since, until = LAW[step]
    if begun_on is None:
        return str(sentence), str(until)
    return str(sentence), str(since) % {"day": near_words(begun_on, today)}


def ground_words(ground: Ground, today: date) -> tuple[str, str]:
    """A ground as its sentence and its line, with the day where the record knows one; its year, where not today's."""
    sentence, line = REASONS[ground.reason]
    if ground.reason is Reason.TALKS_GO_ON and ground.on:
        return str(sentence), gettext("Impasse has not been declared. Last session: %(day)s.") % {
            "day": near_words(ground.on, today)
        }
    if "%(day)s" not in str(line):
        return str(sentence), str(line)
    return str(sentence), str(line) % {"day": near_words(ground.on, today)} if ground.on else ""


def day_words(day: date) -> str:
    """A day without its year: 27 September, 27 de septiembre."""
    return date_format(day, pgettext("day and month", "j F"))


def near_words(day: date, today: date) -> str:
    """A day as people say it today: its year is left out while it is this one."""
    return day_words(day) if day.year == today.year else day_and_year_words(day)


def closed(words: str) -> str:
    """Some words that more words follow: closed by a full stop, unless they end in a sign of their own."""
    return words if words[-1:] in ".!?…:" else f"{words}."


def day_and_year_words(day: date) -> str:
    """A day with its year: 27 September 2026."""
    return date_format(day, pgettext("day, month and year", "j F Y"))


def instant_words(instant: datetime) -> str:
    """An instant in the local's own time: Friday 20 October 2026, 6:10 p.m."""
    return date_format(timezone.localtime(instant), pgettext("an instant in full", "l j F Y, g:i a"))


def clock_words(instant: datetime) -> str:
    """A short instant for a busy list: 20 Oct, 6:10 p.m."""
    return date_format(timezone.localtime(instant), pgettext("an instant, short", "j M, g:i a"))


def span_words(seconds: Fraction | int) -> str:
    """A wait as it is said aloud, rounded down: 3 h 12 min, 2 days 4 h, under a minute."""
    span = span_of(seconds)
    if span.days:
        days = ngettext("%(count)d day", "%(count)d days", span.days) % {"count": span.days}
        return f"{days} {span.hours} h" if span.hours else days
    if span.hours:
        return f"{span.hours} h {span.minutes} min" if span.minutes else f"{span.hours} h"
    return f"{span.minutes} min" if span.minutes else gettext("under a minute")


def number_words(value: Decimal) -> str:
    """A figure with its thousands set apart and no idle zeros: 30,000, 2.5. Both our languages write it so here."""
    return f"{value.normalize():,f}"


def figure_words(value: Decimal, unit: str) -> str:
    """The figure as it stands large: 30,000, and 2% once, where the sign belongs to it; Spanish sets the sign apart."""
    if not is_sign(unit):
        return number_words(value)
    words = {"value": number_words(value), "sign": unit}
    return pgettext("a figure and its percent sign", "%(value)s%(sign)s") % words


def is_sign(unit: str) -> bool:
    """Whether a unit is set with the figure, as the percent sign is, and not after it as a word."""
    return unit.startswith("%")


def sms_consent(union: str) -> str:
    """What somebody agrees to who writes a cell phone number, word for word; kept with the entry. union: its name."""
    return gettext(
        "If you write a cell phone: you agree that %(union)s sends you text messages about this campaign, two to four "
        "a month and more in busy weeks. Reply STOP at any time and they stop. Message and data rates may apply."
    ) % {"union": union}


def mail_consent(union: str) -> str:
    """What somebody agrees to who writes a mail address, word for word; kept with the entry. union: its name."""
    return gettext(
        "If you write a mail address: you agree that %(union)s writes to you about this campaign, two to four times a "
        "month and more in busy weeks. Every mail says how to stop."
    ) % {"union": union}


def consent_words(channel: str, union: str) -> str:
    """The wording of one channel, as the form shows it in the active language. channel: "sms" or "mail"."""
    return sms_consent(union) if channel == "sms" else mail_consent(union)


def agreement_words(channel: str, purpose: str, union: str) -> str:
    """What a member agrees to with one tap on her own page, word for word as it is kept.

    channel: "sms", "phone" or "mail". purpose: of ConsentPurpose. union: its name.
    """
    if purpose == "shown":
        return gettext("The members I stand for see this number on their own page and may call or text me.")
    by_text, news = channel != "mail", purpose == "campaign"
    if by_text and news:
        text = gettext(
            "%(union)s may text me about the campaign at this number, two to four times a month and more in busy "
            "weeks. Reply STOP at any time and it stops. Message and data rates may apply."
        )
    elif by_text:
        text = gettext(
            "%(union)s may text me notices about votes and meetings at this number, a few a year. Reply STOP at any "
            "time and it stops. Message and data rates may apply."
        )
    elif news:
        text = gettext(
            "%(union)s may write to me about the campaign at this address, two to four times a month and more in busy "
            "weeks. Every mail says how to stop."
        )
    else:
        text = gettext(
            "%(union)s may write me notices about votes and meetings at this address, a few a year. Every mail says "
            "how to stop."
        )
    return text % {"union": union}


# Each verb of ours in the trail, as a sentence.
TRAIL: Final[dict[str, Told]] = {
    "campaigns.campaign_created": Told(_("%(who)s began a campaign: %(what)s."), TrailGroup.CAMPAIGN),
    "campaigns.campaign_changed": Told(_("%(who)s changed a campaign: %(what)s."), TrailGroup.CAMPAIGN),
    "campaigns.phase_recorded": Told(_("%(who)s recorded a phase: %(what)s."), TrailGroup.CAMPAIGN),
    "campaigns.fact_recorded": Told(_("%(who)s recorded a fact: %(what)s."), TrailGroup.CAMPAIGN),
    "campaigns.focus_area_recorded": Told(_("%(who)s wrote a focus area: %(what)s."), TrailGroup.CAMPAIGN),
    "campaigns.date_recorded": Told(_("%(who)s put a day into the calendar: %(what)s."), TrailGroup.CAMPAIGN),
    "campaigns.entry_received": Told(_("%(who)s took a sign-up in."), TrailGroup.PEOPLE),
    "campaigns.entry_act": Told(_("%(who)s noted a call, a message or that all is done."), TrailGroup.PEOPLE),
    "campaigns.entry_act_taken_back": Told(_("%(who)s took a line under a sign-up back."), TrailGroup.PEOPLE),
    "campaigns.entry_placed": Told(_("%(who)s said where somebody who signed up works."), TrailGroup.PEOPLE),
    "campaigns.entry_cleared": Told(
        _("%(who)s let somebody in whom the list calls management."), TrailGroup.DOORS, Loud.OVERRIDE
    ),
    "campaigns.entry_notes_forgotten": Told(_("%(who)s forgot the notes about a former member."), TrailGroup.HOUSE),
    "campaigns.slip_released": Told(_("%(who)s took a held form in."), TrailGroup.PEOPLE),
    "campaigns.slips_forgotten": Told(_("%(who)s forgot forms that nobody proved."), TrailGroup.HOUSE),
    "campaigns.subscribed": Told(_("%(who)s asked for updates."), TrailGroup.PEOPLE),
    "campaigns.updates_language": Told(_("%(who)s chose the language of updates."), TrailGroup.PEOPLE),
    "campaigns.updates_stopped": Told(_("%(who)s stopped updates."), TrailGroup.PEOPLE),
    "campaigns.updates_resumed": Told(_("%(who)s asked for updates again."), TrailGroup.PEOPLE),
    "campaigns.banner_put": Told(_("%(who)s put a banner up: %(what)s."), TrailGroup.CAMPAIGN),
    "campaigns.change_taken_back": Told(_("%(who)s took back a change of the campaign."), TrailGroup.CAMPAIGN),
    "campaigns.focus_area_moved": Told(_("%(who)s moved a focus area: %(what)s."), TrailGroup.CAMPAIGN),
    "campaigns.row_removed": Told(_("%(who)s removed a line of the campaign: %(what)s."), TrailGroup.CAMPAIGN),
    "campaigns.member_asked": Told(_("%(who)s asked to change or delete what is held."), TrailGroup.PEOPLE),
    "campaigns.member_leaves": Told(_("%(who)s left a campaign."), TrailGroup.PEOPLE),
    "campaigns.member_stays": Told(_("%(who)s stays in a campaign after all."), TrailGroup.PEOPLE),
    "campaigns.own_file_taken": Told(_("%(who)s took the own file along."), TrailGroup.PEOPLE),
    "campaigns.link_sent": Told(_("%(who)s had %(what)s sent their own link."), TrailGroup.PEOPLE),
    "campaigns.talk_noted": Told(_("%(who)s noted a talk with %(what)s."), TrailGroup.PEOPLE),
    "campaigns.talk_taken_back": Told(
        _("%(who)s took back what was noted of a talk with %(what)s."), TrailGroup.PEOPLE
    ),
    "campaigns.talks_forgotten": Told(_("%(who)s forgot the talks with a former member."), TrailGroup.HOUSE),
    "campaigns.turf_given": Told(_("%(who)s gave people to somebody’s turf."), TrailGroup.PEOPLE),
    "campaigns.turf_taken": Told(_("%(who)s took people out of a turf."), TrailGroup.PEOPLE),
    "campaigns.turf_undone": Told(_("%(who)s took back a change of turfs."), TrailGroup.PEOPLE),
    "campaigns.turf_ended": Told(_("%(who)s ended a turf."), TrailGroup.PEOPLE),
}
