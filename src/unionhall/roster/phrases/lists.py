"""Reason codes of the roster's rules as sentences a shop steward understands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from unionhall.rulebook.directory import Fault
from unionhall.rulebook.matching import Reason
from unionhall.rulebook.reports import Notice

ROW: Final[dict[str, str | Promise]] = {
    "no_name": _("This line names no worksite."),
    "not_a_place": _("This line is about a district or county, not about a place where people work."),
    "too_long": _("This text is longer than %(other)s letters, so that it is probably in the wrong column."),
    "unknown_status": _("“%(value)s” is no status we know. Write active, closed, merged or pending."),
    "no_number": _("“%(value)s” is no number. Write degrees with a point, such as 34.0522, or leave it blank."),
    "half_a_point": _("Only one half of the map point is here. Write both latitude and longitude, or neither."),
    "point_swapped": _("Latitude and longitude are the wrong way round."),
    "point_sign": _("The minus before the longitude is missing: in the United States it is below zero."),
    "point_feet": _("“%(value)s” is no degree: this looks like feet or meters of a survey grid."),
    "point_elsewhere": _("This map point does not lie in the United States."),
    "repeated_code": _("The code “%(value)s” stands on line %(other)s already; one worksite has one line."),
    "too_many_cells": _("This line has more cells than there are column heads; a comma may lack its quotation marks."),
    "no_zip": _("“%(value)s” is no ZIP code; the worksite was taken without one."),
    "no_shift": _("“%(value)s” is no shift with its hours; it was left out. Write it as Night 22:00-6:00."),
    "no_bell": _("“%(value)s” is no time of day; it was left out. Write it as 8:05 AM, or as First bell 8:05."),
    "strange_unit": _("“%(value)s” is no unit we know; worksites were taken without it."),
    "no_person_name": _("This line names nobody."),
    "id_of_another": _("The id “%(value)s” stands on line %(other)s with another name; one id is one person."),
    "cut_short": _("This text is longer than %(other)s letters; only so many were kept."),
    "no_hours": _("“%(value)s” is no number of hours; it was left out."),
    "no_day": _("“%(value)s” is no day that can be meant; it was left out. Write it as 2026-11-22."),
    "no_birthday": _("No month and day can be read from this birthday; it was left out."),
    "unknown_language": _("“%(value)s” is no language we know; it was left out."),
    "unknown_membership": _("“%(value)s” does not say whether this is a member; it was left out."),
    "unknown_standing": _("“%(value)s” does not say whether the dues are paid; it was left out."),
    "unknown_employment": _("“%(value)s” is no employment status we know; it was left out."),
    "management": _("“%(value)s” speaks of a supervisor, a manager or confidential staff: not taken as a member."),
    "no_phone": _("This phone number (%(value)s) cannot be right; the person was taken without it."),
    "no_mail": _("This mail address (%(value)s) cannot be right; the person was taken without it."),
    "toll_free": _("This number (%(value)s) is toll-free; it is kept for calls and never texted."),
    "internet_phone": _("This number (%(value)s) is an internet phone; it is kept for calls and never texted."),
    "premium_rate": _("This number (%(value)s) costs extra; it is kept for calls and never texted."),
    "pager": _("This number (%(value)s) is a pager; it is never texted."),
    "extension": _("This number (%(value)s) has an extension; the number alone is kept, for calls only."),
    "no_home_zip": _("The ZIP code of this address cannot be right; the address was taken without it."),
    "long_address": _("This address is too long to be one; the person was taken without it."),
    "no_opt_out": _("This line names neither a phone number nor a mail address that can be one."),
    "unknown_opt_out": _("“%(value)s” does not say whether this is an opt-out. Write opted out or subscribed."),
    "no_way": _("This line gives no way to reach anybody."),
    "no_district": _("This feature names no district."),
    "not_an_outline": _("This feature is no outline but: %(value)s. A district is a polygon."),
    "no_geometry": _("This feature has no outline."),
    "too_few_points": _("This outline has fewer than three points."),
    "no_area": _("This outline encloses nothing, even when it is mended."),
    "no_coordinates": _("“%(value)s” is no pair of numbers, so that the outline cannot be read."),
    "off_grid": _("This outline lies outside of the survey grid that the file names."),
    "repeated_outline": _("“%(value)s” repeats feature %(other)s, point for point."),
    "outline_swapped": _("Latitude and longitude of this outline are the wrong way round: %(value)s."),
    "outline_sign": _("The minus before the longitudes of this outline is missing: %(value)s."),
    "outline_feet": _("The numbers of this outline are no degrees: %(value)s."),
    "outline_elsewhere": _("This outline does not lie in the United States: %(value)s."),
    "outline_zero": _("All points of this outline are zero."),
    "wxr_untold": _("This item does not say whether it is a post or a page."),
    "wxr_repeated": _("“%(value)s” has the same number as the item on line %(other)s; the first was taken."),
}

WHOLE: Final[dict[str, str | Promise]] = {
    "no_header": _(
        "No row names the columns: a column for the name of the worksite is needed. The first rows hold: %(other)s. "
        "Name the columns in a mapping file (--map)."
    ),
    "unknown_head": _("The mapping names a column “%(value)s” that this file does not have. It has: %(other)s."),
    "no_rows": _("There are column heads, but not one line below them."),
    "nothing_usable": _("Not one of the lines can be taken. The first reason: %(other)s"),
    "rounded": _(
        "A spreadsheet has rounded the codes in column “%(column)s” (such as “%(value)s”), so that worksites can no "
        "longer be told apart. Save the list again with that column as text."
    ),
    "repeated": _(
        "Most lines share their code in column “%(column)s” with others (such as “%(value)s”), so that it cannot tell "
        "worksites apart. Save the list again with that column as text, or name the right column in a mapping file."
    ),
    "point_swapped": _(
        "Latitude and longitude are the wrong way round in this file (first on line %(line)s). Exchange the heads of "
        "the two columns."
    ),
    "point_sign": _(
        "The longitudes in this file have lost their minus (first on line %(line)s). In the United States they are "
        "below zero."
    ),
    "point_feet": _(
        "The map points in this file are no degrees (first on line %(line)s: “%(value)s”): they look like feet or "
        "meters of a survey grid. Ask for the list in latitude and longitude."
    ),
    "point_elsewhere": _(
        "The map points in this file do not lie in the United States (first on line %(line)s: “%(value)s”)."
    ),
    "no_people_header": _(
        "No row names the columns: a column for the name is needed, or one each for first and last name. The first "
        "rows hold: %(other)s. Name the columns in a mapping file (--map)."
    ),
    "no_contacts_header": _(
        "No row names the columns: a column for phone numbers or mail addresses is needed. The first rows hold: "
        "%(other)s. Name the columns in a mapping file (--map)."
    ),
    "rounded_ids": _(
        "A spreadsheet has rounded the ids in column “%(column)s” (such as “%(value)s”), so that people can no longer "
        "be told apart. Save the list again with that column as text."
    ),
    "repeated_ids": _(
        "Many people share their id in column “%(column)s” with others (such as “%(value)s”), so that it cannot tell "
        "people apart. Save the list again with that column as text, or name the right column in a mapping file."
    ),
    "no_outlines": _("There is not one feature in this file."),
    "outline_swapped": _(
        "Latitude and longitude are the wrong way round in this file (first in feature %(line)s: %(value)s). GeoJSON "
        "and shapefiles hold the longitude first."
    ),
    "outline_sign": _(
        "The longitudes in this file have lost their minus (first in feature %(line)s: %(value)s). In the United "
        "States they are below zero."
    ),
    "outline_feet": _(
        "The numbers in this file are no degrees (first in feature %(line)s: %(value)s): they look like feet or meters "
        "of a survey grid, and the file does not say of which. Put the .prj of the shapefile into the ZIP, or ask for "
        "the file in latitude and longitude (WGS84)."
    ),
    "outline_elsewhere": _(
        "The outlines in this file do not lie in the United States (first in feature %(line)s: %(value)s)."
    ),
    "wxr_broken": _(
        "This export is damaged or breaks off on line %(line)s (%(value)s). Export it again in WordPress, under Tools."
    ),
    "wxr_no_version": _(
        "This is no export of WordPress: its head, on line %(line)s, does not name the version of the format. Export "
        "it in WordPress, under Tools."
    ),
    "wxr_none": _(
        "This is no export of WordPress: it begins, on line %(line)s, with “%(value)s”. Export it in WordPress, under "
        "Tools."
    ),
    "wxr_entities": _("This file declares entities of its own on line %(line)s, as no export does. It was not read."),
    "unreadable": "%(other)s",
}

NOTICE: Final[dict[str, str | Promise]] = {
    "nothing_changed": _("This list holds nothing new: nothing was changed."),
    "wxr_drafts": _(
        "Not public, kept as drafts for editors: %(draft)s drafts, %(scheduled)s scheduled, %(private)s private, "
        "%(protected)s behind a password."
    ),
    "wxr_left": _(
        "Left where they are: %(menus)s menu entries, %(comments)s comments, %(files)s files, %(others)s other items, "
        "%(thrown)s in the trash."
    ),
    "wxr_pictures": _(
        "Pictures left out of the texts: %(count)s. Add those you may show, each with words for who cannot see it."
    ),
    "wxr_dirty": _("Texts out of which scripts, forms or frames were taken: %(count)s."),
    "wxr_redirects": _("Old addresses that now lead to the new pages: %(count)s."),
    "wxr_edited": _("“%(name)s” was edited here since; it was left as it is."),
    "wxr_slug": _("“%(name)s” has the address “%(slug)s” here, since another page holds its own."),
    "statuses": _(
        "%(live)s live; not live, kept and marked: %(closed)s closed, %(merged)s merged, %(pending)s pending."
    ),
    "no_point": _("“%(name)s” is live and has no map point."),
    "no_points": _("Live worksites without a map point: %(count)s."),
    "areas": _("Areas: %(zip)s live worksites by ZIP code, %(centre)s by the nearest center, %(none)s in none."),
    "repeated_line": _("This line repeats line %(other)s letter for letter; both were kept, as two worksites."),
    "same_point": _("Worksites that share their map point with another, kept apart: %(count)s."),
    "other_source": _("Worksites known from another list already, where only blanks were filled in: %(count)s."),
    "alike": _("Lines that name a worksite of another list differently, at the same address: %(count)s."),
    "review": _(
        "Lines that may be a worksite we hold: %(count)s. Nothing of them is written until somebody says which."
    ),
    "unlike": _("Lines that look like no worksite we hold, by no word, acronym or address, taken as new: %(count)s."),
    "left_out": _("Lines left out, as somebody said before: %(count)s."),
    "charters": _(
        "Charter schools, kept apart and offered to nobody as their worksite: %(count)s. Import with --charters to "
        "take them like others."
    ),
    "gone": _("Worksites of earlier lists from this source that are not in this one, left as they are: %(count)s."),
    "encoding": _("The text was read as %(encoding)s. Look whether accents are right."),
    "other_columns": _("Columns that were not used: %(heads)s."),
    "sheet": _("Read from the sheet “%(name)s”; others of this file were left out."),
    "no_zip": ROW["no_zip"],
    "no_shift": ROW["no_shift"],
    "no_bell": ROW["no_bell"],
    "strange_unit": ROW["strange_unit"],
    "dropped_ssn": _("Column “%(head)s” was not read: Social Security and tax numbers are never kept."),
    "dropped_bank": _("Column “%(head)s” was not read: bank data are never kept."),
    "dropped_immigration": _("Column “%(head)s” was not read: immigration and citizenship are never kept."),
    "dropped_religion": _("Column “%(head)s” was not read: religion is never kept."),
    "dropped_health": _("Column “%(head)s” was not read: health is never kept."),
    "dropped_race": _("Column “%(head)s” was not read: race and ethnicity are never kept."),
    "dropped_scan": _("Column “%(head)s” was not read: identity papers are never kept."),
    "dropped_criminal": _("Column “%(head)s” was not read: criminal history is never kept."),
    "dropped_party": _("Column “%(head)s” was not read: party registration is never kept."),
    "dropped_children": _("Column “%(head)s” was not read: the names of children and relatives are never kept."),
    "dropped_birth_year": _("Column “%(head)s” was not read: the year of birth is never kept."),
    "birth_months": _("Of column “%(head)s” only month and day were read: the year of birth is never kept."),
    "repeated_heads": _("These heads stand over more than one column, of which only the first was read: %(heads)s."),
    "either_day": _(
        "In column “%(head)s” day and month could be either way round; they were read as in the United States, month "
        "first. Write days as 2026-11-22 to be sure."
    ),
    "no_new_outlines": _("These outlines are held already, point for point: nothing was changed."),
    "kind_guessed": _(
        "Taken as outlines of the kind “%(kind)s”, by what the file says. Name another where it is wrong."
    ),
    "kind_unknown": _(
        "The file does not say what it outlines, so its kind is “%(kind)s”. Name the kind, to find it by."
    ),
    "sites_inside": _("Live worksites that lie in one of these: %(inside)s of %(all)s with a map point."),
    "replaces": _("Outlines of this source that hold since %(since)s and end on %(day)s, when these begin: %(count)s."),
    "until_later": _("The source has later outlines, which begin on %(day)s: these end then."),
    "other_sources": _(
        "Outlines of this kind are held from another source too, and both count: %(names)s. To replace them, import "
        "this file under the same source."
    ),
    "districts_gone": _("Districts of this source that are not in this file: %(count)s."),
    "grid": _("The numbers were turned into latitude and longitude from the survey grid “%(grid)s”."),
    "same_code": _("The code “%(value)s” stands on feature %(other)s already; both were kept, this one with a number."),
    "mended_crosses": _("“%(name)s”: the outline crosses itself near %(where)s; it was mended."),
    "mended_touches": _("“%(name)s”: the outline touches itself near %(where)s; it was mended."),
    "mended_few": _("“%(name)s”: a part of the outline has fewer than three points; that part was left out."),
    "mended_holes": _("“%(name)s”: a hole lies where it cannot, near %(where)s; the outline was mended."),
    "mended_overlaps": _("“%(name)s”: parts of the outline overlap near %(where)s; they were made one."),
    "mended_other": _("“%(name)s”: the outline is broken near %(where)s; it was mended."),
}

PEOPLE_NOTICE: Final[dict[str, str | Promise]] = {
    "still_subscribed": _("Lines about people who did not opt out, left as they are: %(count)s."),
    "lifted_since": _("Opt-outs that are older than what their owners have agreed to since, left out: %(count)s."),
    "people_opted_out": _("People on the roster who will no longer be written to there: %(count)s."),
    "first_missing": _(
        "People of earlier lists who are not in this one: %(count)s. They are marked as missing; the next list without "
        "them separates them."
    ),
    "second_missing": _("People whom this is the second list in a row to lack: %(count)s. They are separated now."),
    "absence_stopped": _(
        "%(count)s people of earlier lists are not in this one: so many that this may be a part of the list only. "
        "Nobody was marked as missing. If it is the whole list, say so (--all-absent)."
    ),
    "late_list": _(
        "A list of this source from %(day)s is here already, so that %(count)s people who are not in this one are not "
        "missing. What an older list says fills gaps only."
    ),
    "unplaced": _("“%(text)s” is no worksite we know; %(count)s people came in without it."),
    "unplaced_several": _("“%(text)s” may be several worksites; %(count)s people came in without it."),
    "unplaced_more": _("Other texts that are no worksite we know: %(texts)s, of %(count)s people."),
    "conflict": _("%(name)s: the list says otherwise of %(field)s; what was written by hand stands."),
    "conflicts_more": _("%(count)s more people of whom the list says otherwise; what was written by hand stands."),
    "more_like_this": _("%(count)s more lines like this: %(text)s"),
    "repeated_person": _("Lines that repeat an earlier one: %(count)s."),
    "in_management": _(
        "People who stand on the employer's side by this list: %(count)s. No door of ours is open to them."
    ),
}

FIELD: Final[dict[str, str | Promise]] = {
    "name": _("the name"),
    "given_name": _("the given name"),
    "family_name": _("the family name"),
    "suffix": _("the suffix"),
    "chosen_name": _("the name to call her by"),
    "language": _("the language"),
    "birth": _("the birthday"),
    "hired_on": _("the day of hire"),
    "employment": _("employment"),
    "membership": _("membership"),
    "standing": _("good standing"),
}

STANDS: Final[dict[str, str | Promise]] = {
    "edited": _("somebody has changed it since; their value stands"),
    "later_import": _("a later import has changed it; that value stands"),
    "attached": _("people or entries hang on it; it is kept"),
}

WHY: Final[dict[str, str | Promise]] = {
    "our_id": _("our own id"),
    "code": _("the same code"),
    "same": _("the same in every letter"),
    "place": _("the same name, and street, ZIP code or map point agree"),
    "other_source": _("the same name and place in another list"),
    "words": _("the same words"),
    "some_words": _("some of the same words"),
    "acronym": _("the initials of its name"),
    "street": _("the same address"),
    "zip": _("the same ZIP code"),
    "other_street": _("but another address"),
    "other_number": _("but another number in the name"),
    "other_level": _("but another level of school"),
    "not_live": _("but no longer open"),
    "former_code": _("the code it had in an earlier school year, but another name and address"),
}

# What two records of people have in common, or not: the name of the thing, by what follows "same_" or "other_".
THING: Final[dict[str, str | Promise]] = {
    "id": _("number in the same list"),
    "phone": _("phone"),
    "mail": _("email"),
    "home": _("home address"),
    "birthday": _("birthday"),
    "hire_date": _("hire date"),
    "worksite": _("worksite"),
    "job": _("job"),
    "suffix": _("Jr. or Sr."),
    "middle": _("middle name"),
    "name": _("name"),
    "surname": _("surname"),
    "given": _("first name"),
}

LIKENESS: Final[dict[str, str | Promise]] = {
    "double_surname": _("one of two surnames: %(one)s / %(other)s"),
    "swapped_name": _("first name and surname changed places: %(one)s / %(other)s"),
    "nickname": _("two forms of one first name: %(one)s / %(other)s"),
    "initials": _("only the initial of the first name: %(one)s / %(other)s"),
    "spelling": _("two spellings of one name: %(one)s / %(other)s"),
    "name_close": _("nearly the same spelling: %(one)s / %(other)s"),
    "close_birthday": _("birthdays one slip of the pen apart"),
    "close_hire_date": _("hire dates less than a month apart"),
    "id_other_name": _("the number was somebody else's: %(one)s / %(other)s"),
    "other_given": _("first name differs: %(one)s / %(other)s"),
    "other_surname": _("surname differs: %(one)s / %(other)s"),
    "one_suffix": _("only one is called Jr. or Sr."),
    "other_id": _("the same list has two numbers for them"),
}


# What a column of a list may hold, for whoever says which column does.
COLUMN: Final[dict[str, str | Promise]] = {
    "id": _("number of the person in this source"),
    "name": _("whole name"),
    "last": _("last name"),
    "last_2": _("second last name"),
    "first": _("first name"),
    "middle": _("middle name"),
    "suffix": _("suffix (Jr., III)"),
    "chosen_name": _("name to call her by"),
    "job_code": _("code of the job"),
    "job": _("job title"),
    "unit": _("bargaining unit"),
    "department": _("department"),
    "worksite_code": _("code of the worksite"),
    "worksite": _("worksite"),
    "worksite_address": _("address of the worksite"),
    "shift": _("shift"),
    "hours": _("hours a day"),
    "hired_on": _("day of hire"),
    "membership": _("member or not"),
    "standing": _("good standing"),
    "status": _("active, on leave, separated"),
    "birth_month": _("month of birth"),
    "birth_day": _("day of birth"),
    "birth": _("birthday (the year is not kept)"),
    "language": _("language"),
    "address": _("street address"),
    "address_2": _("second line of the address"),
    "city": _("city"),
    "state": _("state"),
    "zip": _("ZIP code"),
    "personal_mail": _("mail of their own"),
    "work_mail": _("mail at work"),
    "mail": _("mail"),
    "cell": _("cell phone"),
    "home_phone": _("phone at home"),
    "work_phone": _("phone at work"),
    "phone": _("phone"),
    "phone_2": _("second phone"),
    "code": _("code of the worksite in this source"),
    "closed_on": _("day it closed"),
    "record_type": _("kind of line"),
    "kind": _("kind of place"),
    "district": _("school district"),
    "latitude": _("latitude"),
    "longitude": _("longitude"),
}


def column_word(field: str) -> str:
    """What a column holds, in words; the field's own name where there are none."""
    return str(COLUMN.get(field, field.replace("_", " ")))


def row_sentence(fault: Fault) -> str:
    """Why one line was refused."""
    return _filled(ROW[fault.code], {"value": fault.value, "other": fault.other})


def whole_sentence(fault: Fault) -> str:
    """Why a whole file was refused."""
    fields = {"value": fault.value, "other": fault.other, "column": fault.column, "line": fault.line}
    return _filled(WHOLE[fault.code], fields)


def notice_sentence(notice: Notice) -> str:
    """What a notice says."""
    sentence = NOTICE.get(notice.code) or PEOPLE_NOTICE.get(notice.code) or ROW[notice.code]
    fields = {name: _number(value) for name, value in notice.fields.items()}
    if "field" in fields:
        fields["field"] = FIELD[fields["field"]]
    text = _filled(sentence, fields)
    return (
        _filled(PEOPLE_NOTICE["more_like_this"], {"count": fields["more"], "text": text}) if "more" in fields else text
    )


def why_sentence(code: str) -> str:
    """What makes us think that a line speaks of a record. code: one reason, or several with a plus between them."""
    return ", ".join(str(WHY[one]) for one in code.split("+"))


def reasons_sentence(reasons: Iterable[Reason]) -> str:
    """What speaks for and against two records being one person's, in one line, the common first.

    "Same: phone, surname, worksite; first name differs: Rosa / Ana; different: job".
    """
    told = tuple(reasons)
    same = [str(THING[code[5:]]) for code in (one.code for one in told) if code.startswith("same_")]
    other = [str(THING[one.code[6:]]) for one in told if one.code.startswith("other_") and one.code not in LIKENESS]
    parts = [gettext("same: %(things)s") % {"things": ", ".join(same)}] if same else []
    parts += [_filled(LIKENESS[one.code], {"one": one.one, "other": one.other}) for one in told if one.code in LIKENESS]
    parts += [gettext("different: %(things)s") % {"things": ", ".join(other)}] if other else []
    return capfirst("; ".join(parts))


def stands_sentence(code: str) -> str:
    """Why an undo left something in place."""
    return str(STANDS[code])


def _filled(sentence: str | Promise, fields: Mapping[str, Any]) -> str:
    return str(sentence) % fields


def _number(value: Any) -> Any:
    return f"{value:,}" if isinstance(value, int) else value
