"""Files that cannot be read."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from unionhall.foundation.errors import Invalid


class UnreadableFile(Invalid):
    """A file of which nothing can be read."""

    code = "unreadable_file"


class EmptyFile(UnreadableFile):
    """Not one row."""

    code = "empty_file"
    message = _("There is nothing in this file. Save the list again as CSV or XLSX, and look at it before you send it.")


class TooLarge(UnreadableFile):
    """More bytes than a list can have."""

    code = "file_too_large"
    message = _("This file is larger than %(limit)s MB. Send the list alone, without pictures or other sheets.")


class NotText(UnreadableFile):
    """Bytes that are no text and no workbook."""

    code = "not_text"
    message = _("This is not a list: its content is %(found)s, whatever its name says. Save the list as CSV or XLSX.")


class UnclosedQuote(UnreadableFile):
    """A quotation mark that swallows the lines after it."""

    code = "unclosed_quote"
    message = _(
        "A quotation mark is opened on line %(line)s and never closed, so that the lines after it run together."
    )


class BrokenWorkbook(UnreadableFile):
    """A workbook that cannot be opened."""

    code = "broken_workbook"
    message = _("This workbook cannot be opened: it is damaged, or a password protects it. Save it again without one.")


class HungryWorkbook(UnreadableFile):
    """A workbook that wants more memory or time than a list can need."""

    code = "hungry_workbook"
    message = _("This workbook wants more memory or time than a list can need. Save the list alone as CSV.")


class WrongJson(UnreadableFile):
    """JSON that is no list of records."""

    code = "wrong_json"
    message = _("This JSON is not a list of records: near line %(line)s it cannot be read as one.")


class MapNotList(UnreadableFile):
    """GeoJSON where a list is wanted."""

    code = "map_not_list"
    message = _("This is a map, not a list: it holds shapes. Send the list of worksites as CSV, XLSX or plain JSON.")
