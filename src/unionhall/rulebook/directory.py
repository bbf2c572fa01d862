"""A directory of worksites, row by row: what each row says, or why it cannot be meant.

Source: docs/rules/worksite-lists.md.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from math import isfinite
from typing import Final

from unionhall.rulebook.cells import Cells as Cells
from unionhall.rulebook.cells import Fault as Fault
from unionhall.rulebook.cells import clean as clean
from unionhall.rulebook.columns import Wanted, folded_head
from unionhall.rulebook.names import address_key, fold, site_key
from unionhall.rulebook.places import Point, Verdict, judge_point
from unionhall.rulebook.site_hours import BellSaid, ShiftSaid, bells_of_day, read_bells, read_shifts, read_units

_MAIL: Final = frozenset({"mail", "mailing", "email"})
_OF_DISTRICT: Final = frozenset({"district", "county", "state", "agency", "lea", "dist"})

WANTED: Final = (
    Wanted("public_id", ("unionhall id",)),
    Wanted(
        "name",
        ("school name", "school", "worksite name", "worksite", "site name", "site", "location name", "name",
         "nombre de la escuela", "escuela", "plantel", "centro de trabajo", "nombre", "location", "facility name"),
        (frozenset({"school", "name"}), frozenset({"site", "name"})),
        _OF_DISTRICT | {"type", "contact", "principal", "street"},
        needed=True,
    ),
    Wanted(
        "code",
        ("cds code", "cds", "school code", "site code", "worksite code", "location code", "loc code", "cost center",
         "nces school", "nces school id", "nces id", "school id", "site id", "worksite id", "code", "id", "clave",
         "codigo"),
        (frozenset({"school", "code"}), frozenset({"cds"}), frozenset({"site", "code"})),
        _OF_DISTRICT | {"zip", "area", "type", "status"},
    ),
    Wanted(
        "status",
        ("status", "status type", "school status", "site status", "estado del plantel", "estatus", "situacion"),
        (frozenset({"status"}), frozenset({"estatus"})),
        frozenset({"charter", "date", "magnet"}),
    ),
    Wanted("closed_on", ("closed date", "close date", "closed on", "closed", "fecha de cierre")),
    Wanted("charter", ("charter", "is charter", "charter school", "charter y n"), (frozenset({"charter"}),),
           frozenset({"number", "num", "type", "funding", "name", "agency", "authorizer", "date", "status"})),
    Wanted("record_type", ("record type", "entity type", "level of record")),
    Wanted("kind", ("kind", "site type", "worksite type", "school type", "location type", "type", "tipo")),
    Wanted(
        "district",
        ("district name", "district", "distrito", "agency name", "lea name"),
        (frozenset({"district", "name"}),),
        frozenset({"code", "id", "board", "local", "type"}),
    ),
    Wanted("latitude", ("latitude", "lat", "latitud", "y", "y coord"), (frozenset({"latitude"}), frozenset({"lat"}))),
    Wanted(
        "longitude",
        ("longitude", "long", "lon", "lng", "longitud", "x", "x coord"),
        (frozenset({"longitude"}), frozenset({"lon"}), frozenset({"long"}), frozenset({"lng"})),
    ),
    Wanted(
        "address",
        ("street address", "street", "address", "address 1", "address line 1", "site address", "school address",
         "street abr", "direccion", "domicilio", "calle"),
        (frozenset({"street"}), frozenset({"address"}), frozenset({"direccion"})),
        _MAIL | {"city", "state", "zip", "web", "ip", "2", "abr"},
    ),
    Wanted("city", ("street city", "city", "town", "ciudad", "municipio"), (frozenset({"city"}),), _MAIL),
    Wanted("state", ("street state", "state", "st", "state code"), (frozenset({"state"}),), _MAIL | {"id", "district"}),
    Wanted(
        "zip",
        ("street zip", "zip", "zip code", "postal code", "zip 5", "codigo postal", "cp"),
        (frozenset({"zip"}), frozenset({"postal"})),
        _MAIL,
    ),
    Wanted(
        "units",
        ("units", "unit", "bargaining units", "bargaining unit", "unit codes", "unit code", "union units", "unidades",
         "unidad", "unidades de negociacion", "unidad de negociacion"),
        (frozenset({"bargaining", "unit"}), frozenset({"bargaining", "units"})),
    ),
    Wanted(
        "shifts",
        ("shifts", "shift", "work shifts", "shift hours", "shift times", "turnos", "turno", "horarios de turnos"),
        (frozenset({"shifts"}), frozenset({"turnos"})),
    ),
    Wanted(
        "starts",
        ("start time", "school start", "school start time", "start of school", "bell schedule start", "bell start",
         "start bell", "first bell", "class start", "hora de entrada", "entrada", "hora de inicio", "inicio de clases",
         "primer timbre"),
        (frozenset({"bell", "start"}), frozenset({"start", "time"}), frozenset({"hora", "entrada"})),
        frozenset({"date", "shift", "fecha"}),
    ),
    Wanted(
        "ends",
        ("end time", "school end", "school end time", "end of school", "bell schedule end", "bell end", "end bell",
         "last bell", "dismissal", "dismissal time", "class end", "hora de salida", "salida", "hora de fin",
         "fin de clases", "ultimo timbre"),
        (frozenset({"bell", "end"}), frozenset({"end", "time"}), frozenset({"dismissal"}),
         frozenset({"hora", "salida"})),
        frozenset({"date", "shift", "fecha", "early", "minimum"}),
    ),
    Wanted(
        "bells",
        ("bells", "bell times", "bell schedule", "bell time", "timbres", "horario de timbres", "horarios de timbres"),
        (frozenset({"bells"}), frozenset({"timbres"})),
    ),
)  # fmt: skip

FIELDS: Final = tuple(item.field for item in WANTED)
LONGEST: Final = {"name": 250, "code": 60, "district": 200, "address": 250, "city": 120, "state": 20}

_STATUS: Final = {
    **dict.fromkeys(("active", "open", "live", "current", "operating", "yes", "y", "1", "true"), "live"),
    **dict.fromkeys(("activa", "activo", "abierta", "abierto"), "live"),
    **dict.fromkeys(("closed", "close", "inactive", "discontinued", "no", "n", "0", "false"), "closed"),
    **dict.fromkeys(("cerrada", "cerrado", "inactiva", "inactivo"), "closed"),
    **dict.fromkeys(("merged", "consolidated", "fusionada", "fusionado"), "merged"),
    **dict.fromkeys(("pending", "future", "planned", "proposed", "pendiente"), "pending"),
}
_KINDS: Final = {
    **dict.fromkeys(("office", "oficina"), "office"),
    **dict.fromkeys(("yard", "depot", "garage"), "yard"),
    **dict.fromkeys(("school", "escuela", "elementary", "middle", "high", "span", "preschool", "adult"), "school"),
}
_LEVELS: Final = {
    **dict.fromkeys(("elementary", "elem", "primaria"), "elementary"),
    **dict.fromkeys(("middle", "intermediate", "junior"), "middle"),
    **dict.fromkeys(("high", "senior", "secondary", "preparatoria"), "high"),
    **dict.fromkeys(("preschool", "early", "infant"), "early"),
    **dict.fromkeys(("adult", "adultos"), "adult"),
}
_CHARTER: Final = {
    **dict.fromkeys(("yes", "y", "true", "1", "si", "charter"), True),
    **dict.fromkeys(("no", "n", "false", "0"), False),
}
_ZIP: Final = re.compile(r"(\d{5})(?:-?(\d{4}))?")
_ROUNDED: Final = re.compile(r"-?\d(?:[.,]\d+)?[eE]\+?\d+")


@dataclass(frozen=True, slots=True)
class SiteRow:
    """What one line says of one worksite. "" and None: the list does not say.

    status: live, pending, closed or merged. level: of a school, such as middle. public_id: our own, in a list that we
    gave out. units: as the line names them. adds_bells: the bells are only the start and the end of the day. remarks:
    values that were left out and why.
    """

    line: int
    name: str
    code: str = ""
    kind: str = ""
    status: str = "live"
    district: str = ""
    address: str = ""
    city: str = ""
    state: str = ""
    zip: str = ""
    point: Point | None = None
    level: str = ""
    is_charter: bool | None = None
    public_id: str = ""
    units: tuple[str, ...] = ()
    shifts: tuple[ShiftSaid, ...] = ()
    bells: tuple[BellSaid, ...] = ()
    adds_bells: bool = False
    remarks: tuple[Fault, ...] = field(default=())

    @property
    def key(self) -> str:
        """The name as all lists would write it."""
        return site_key(self.name)


def read_row(cells: Cells) -> SiteRow | Fault:
    """The worksite a line speaks of, or the first reason why it cannot be taken.

    A line without a name, of a district or county instead of a place, with a status nobody knows, a text that is
    too long or coordinates that cannot be there is refused: half a worksite helps nobody, and the file can be mended.
    """
    fault = _fault_of(cells)
    if fault is not None:
        return fault
    point = _point(cells)
    if isinstance(point, Fault):
        return point
    zip_code, remark = _zip(cells)
    shifts, bells, unread = _hours(cells)
    return SiteRow(
        line=cells.line,
        name=cells.text("name"),
        code=_code(cells.text("code")),
        kind=_kind(cells),
        status=_status(cells) or "live",
        district=cells.text("district"),
        address=cells.text("address"),
        city=cells.text("city"),
        state=cells.text("state"),
        zip=zip_code,
        point=point,
        level=_level(cells),
        is_charter=_CHARTER.get(fold(cells.text("charter"))),
        public_id=cells.text("public_id"),
        units=read_units(_listed(cells, "units")),
        shifts=shifts,
        bells=bells,
        adds_bells=bool(bells) and not cells.text("bells"),
        remarks=((remark,) if remark else ()) + unread,
    )


def judge_codes(codes: Sequence[str]) -> str:
    """Whether the codes of a file can be what tells its rows apart: "" if so, else the reason.

    codes: those that are not blank, in order. "rounded": a spreadsheet has turned them into powers of ten. "repeated":
    most rows share their code with another, so that long codes were cut, or the column is none.
    Source: docs/rules/worksite-lists.md, section 3.
    """
    if any(_ROUNDED.fullmatch(code) for code in codes):
        return "rounded"
    counts = Counter(codes)
    alone = sum(1 for count in counts.values() if count == 1)
    if len(codes) >= 10 and 2 * alone < len(codes):
        return "repeated"
    return ""


def judged(cells: Cells) -> Verdict | None:
    """What is to be thought of the coordinates of a line; None where it has none or they are no numbers."""
    pair = (_number(cells.text("latitude")), _number(cells.text("longitude")))
    return None if pair[0] is None or pair[1] is None else judge_point(pair[0], pair[1])


def is_about_schools(heads: Sequence[str]) -> bool:
    """Whether the heads of a list show that its places are schools."""
    return any({"school", "schools", "escuela", "plantel", "cds"} & set(folded_head(head).split()) for head in heads)


def place_key(row: SiteRow) -> tuple[str, str, str]:
    """Where a line says the worksite is, folded: street, five digits of ZIP, city."""
    return address_key(row.address), row.zip[:5], fold(row.city)


def _fault_of(cells: Cells) -> Fault | None:
    if fold(cells.text("record_type")) in ("district", "county", "county office", "direct funded charter agency"):
        return cells.fault("record_type", "not_a_place")
    if not fold(cells.text("name")):
        return cells.fault("name", "no_name")
    for name, longest in LONGEST.items():
        if len(cells.text(name)) > longest:
            return cells.fault(name, "too_long", str(longest))
    if _status(cells) is None:
        return cells.fault("status", "unknown_status")
    return None


def _hours(cells: Cells) -> tuple[tuple[ShiftSaid, ...], tuple[BellSaid, ...], tuple[Fault, ...]]:
    """The shifts and bells of a line, and what of its cells cannot be read as such."""
    shifts, no_shifts = read_shifts(_listed(cells, "shifts"))
    bells, no_bells = read_bells(_listed(cells, "bells"))
    start, end = cells.text("starts"), cells.text("ends")
    of_day, no_times = bells_of_day(start, end)
    named = {said.name: said for said in (*bells, *of_day)}
    unread = (
        ("shifts", "no_shift", no_shifts),
        ("bells", "no_bell", no_bells),
        ("starts", "no_bell", tuple(text for text in no_times if text == start)),
        ("ends", "no_bell", tuple(text for text in no_times if text != start)),
    )
    faults = [replace(cells.fault(name, code), value="; ".join(wrong)[:80]) for name, code, wrong in unread if wrong]
    return shifts, tuple(named.values()), tuple(faults)


def _listed(cells: Cells, name: str) -> str:
    """A cell that may hold several values, those on lines of their own parted like the others."""
    if not cells.text(name):
        return ""
    return "; ".join(part for line in cells.values.get(name, "").splitlines() if (part := clean(line)))


def _status(cells: Cells) -> str | None:
    """live, pending, closed or merged; None for a word nobody knows."""
    written = fold(cells.text("status"))
    if written:
        return _STATUS.get(written.split()[0])
    return "closed" if cells.text("closed_on") else "live"


def _kind(cells: Cells) -> str:
    words = fold(f"{cells.text('kind')} {cells.text('record_type')}").split()
    return next((_KINDS[word] for word in words if word in _KINDS), "")


def _level(cells: Cells) -> str:
    """The level of a school where the list says just one."""
    found = {_LEVELS[word] for word in fold(cells.text("kind")).split() if word in _LEVELS}
    return found.pop() if len(found) == 1 else ""


def _code(text: str) -> str:
    return text.removesuffix(".0") if text.replace(".", "", 1).isdigit() else text


def _zip(cells: Cells) -> tuple[str, Fault | None]:
    text = _code(cells.text("zip"))
    if not text:
        return "", None
    if text.isdigit() and len(text) in (3, 4, 8):
        text = text.zfill(5 if len(text) < 5 else 9)
    found = _ZIP.fullmatch(text)
    if not found:
        return "", cells.fault("zip", "no_zip")
    return "-".join(part for part in found.groups() if part), None


def _point(cells: Cells) -> Point | Fault | None:
    """The point of a line, None where the list does not say, or the fault of what it says."""
    numbers: dict[str, float] = {}
    for name in ("latitude", "longitude"):
        text = cells.text(name)
        number = _number(text)
        if number is not None:
            numbers[name] = number
        elif text:
            return cells.fault(name, "no_number")
    if not numbers:
        return None
    if len(numbers) == 1:
        return cells.fault("longitude" if "latitude" in numbers else "latitude", "half_a_point")
    verdict = judge_point(numbers["latitude"], numbers["longitude"])
    if verdict == "zero":
        return None
    if verdict != "ok":
        return cells.fault("longitude" if verdict == "sign" else "latitude", f"point_{verdict}")
    return Point(round(numbers["latitude"], 6), round(numbers["longitude"], 6))


def _number(text: str) -> float | None:
    """The decimal number in a cell, with a point or a comma; None for anything else."""
    if not re.fullmatch(r"[-+−]?\d+(?:[.,]\d*)?(?:[eE][-+]?\d{1,2})?°?", text, re.ASCII):
        return None
    number = float(text.rstrip("°").replace("−", "-").replace(",", "."))
    return number if isfinite(number) else None
