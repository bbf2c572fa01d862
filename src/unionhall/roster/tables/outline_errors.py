"""Files of outlines that cannot be read."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from unionhall.roster.tables.errors import UnreadableFile


class NotOutlines(UnreadableFile):
    """Something else than a map in one of the two forms we read."""

    code = "not_outlines"
    message = _(
        "This is no file of outlines that we can read: its content is %(found)s. Send GeoJSON, or a shapefile as one "
        "ZIP with its .shp, .dbf and .prj."
    )


class WrongGeoJson(UnreadableFile):
    """JSON that breaks off or is damaged."""

    code = "wrong_geojson"
    message = _("This GeoJSON is damaged: near line %(line)s it cannot be read. Download it again.")


class MissingPart(UnreadableFile):
    """A zip without a part that is needed."""

    code = "missing_part"
    message = _(
        "The ZIP holds no %(part)s file. A shapefile is several files of one name: put .shp, .dbf and .prj in one ZIP."
    )


class SeveralLayers(UnreadableFile):
    """A zip with more than one map."""

    code = "several_layers"
    message = _("The ZIP holds several maps: %(names)s. Send each in a ZIP of its own.")


class UnevenParts(UnreadableFile):
    """A shapefile whose outlines and names cannot be told to belong together."""

    code = "uneven_parts"
    message = _(
        "The parts of this shapefile do not belong together: %(shapes)s outlines and %(records)s lines of names. "
        "Download it again, all parts at once."
    )


class BrokenShapefile(UnreadableFile):
    """A zip or shapefile that cannot be opened."""

    code = "broken_shapefile"
    message = _("This ZIP or shapefile is damaged and cannot be opened. Download it again.")


class LockedZip(UnreadableFile):
    """A zip with a password."""

    code = "locked_zip"
    message = _("A password protects this ZIP. Pack it again without one.")


class HungryOutlines(UnreadableFile):
    """A file that wants more memory or time than outlines of districts can need."""

    code = "hungry_outlines"
    message = _("This file wants more memory or time than outlines of districts can need. Send fewer of them at once.")


class UnknownGrid(UnreadableFile):
    """Numbers that are no degrees, on a grid that nobody knows."""

    code = "unknown_grid"
    message = _(
        "The numbers in this file are no degrees, and what it says of their grid is not known: “%(grid)s”. Ask for the "
        "file in latitude and longitude (WGS84)."
    )


class GridContradicts(UnreadableFile):
    """Degrees under the name of a survey grid."""

    code = "grid_contradicts"
    message = _(
        "This file says that its numbers are of the survey grid “%(grid)s”, but they are degrees. Ask for the file "
        "again, or correct its .prj."
    )


REFUSALS: tuple[type[UnreadableFile], ...] = (
    NotOutlines,
    WrongGeoJson,
    MissingPart,
    SeveralLayers,
    UnevenParts,
    BrokenShapefile,
    LockedZip,
    UnknownGrid,
    GridContradicts,
)
