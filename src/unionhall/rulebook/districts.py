"""Which district an outline is: its kind, code and name, by what the file says of it.

Source: docs/rules/boundaries.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from unionhall.rulebook.columns import UnknownHead, folded_head
from unionhall.rulebook.directory import Fault
from unionhall.rulebook.names import fold
from unionhall.rulebook.outlines import Outline

FIELDS: Final = ("name", "code")
ANY_KIND: Final = "district"
LONGEST_KIND: Final = 40
LONGEST_CODE: Final = 80
LONGEST_NAME: Final = 250

# The first set of which a text holds every word decides; so the narrow come before the wide.
_KINDS: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("neighborhood-council", ("neighborhood council", "neighborhood councils", "neighbourhood council",
                              "neighbourhood councils")),
    ("supervisor", ("supervisor", "supervisors", "supervisorial")),
    ("school-board", ("school board", "board education", "board district", "board districts", "trustee area",
                      "trustee areas", "junta escolar")),
    ("city-council", ("council", "councils", "councilmanic", "aldermanic", "concejo")),
    ("congress", ("congress", "congressional", "congreso")),
    ("state-senate", ("senate", "senatorial", "sldu", "senado")),
    ("state-assembly", ("assembly", "asamblea")),
    ("state-house", ("sldl", "house representatives", "state house", "house district", "house districts")),
    ("school-district", ("school district", "school districts", "distrito escolar")),
    ("neighborhood", ("neighborhood", "neighborhoods", "neighbourhood", "neighbourhoods", "barrio", "barrios")),
    ("precinct", ("precinct", "precincts")),
    ("ward", ("ward", "wards")),
    ("zip", ("zcta", "zctas", "zip code", "zip codes", "zipcode", "zipcodes")),
    ("city", ("cities", "municipalities", "ciudades", "municipios")),
    ("county", ("counties", "condados", "county boundaries", "county boundary")),
)  # fmt: skip
_KIND_HEADS: Final = frozenset({"kind", "type", "boundary type", "district type", "namelsad", "tipo"})
_NAME_HEADS: Final = (
    "district name", "dist name", "name long", "full name", "namelsad", "name", "name en", "label", "title",
    "neighborhood", "neighbourhood", "community", "county name", "county", "city name", "city", "nombre", "barrio",
    "distrito",
)  # fmt: skip
_CODE_HEADS: Final = (
    "external id", "district code", "district number", "district num", "district no", "dist no", "district id",
    "dist id", "district", "dist", "distrito", "code", "clave", "number", "num", "no", "geoid", "geo id", "fips",
    "ward", "precinct", "council district", "sup dist", "zcta", "zip", "slug",
)  # fmt: skip
# Numbers that a database or a map program made up, and times: they name no district.
_NEVER: Final = frozenset(
    {"objectid", "fid", "gid", "ogc", "cartodb", "shape", "area", "len", "length", "perimeter", "created", "updated",
     "modified", "edited", "date", "aland", "awater", "lat", "lon", "latitude", "longitude", "intptlat", "intptlon",
     "x", "y", "globalid", "color", "url", "uri", "set", "resource"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class DistrictRow:
    """What one outline says: a district. remarks: what the reader should know of it."""

    line: int
    code: str
    name: str
    outline: Outline
    remarks: tuple[Fault, ...] = field(default=())


def guess_kind(texts: Iterable[str]) -> str:
    """The kind that the first of the texts to name one names, as a slug; "" where none does."""
    for text in texts:
        words = f" {folded_head(text)} "
        for kind, signs in _KINDS:
            if any(all(f" {word} " in words for word in sign.split()) for sign in signs):
                return kind
    return ""


def kind_said(outlines: Sequence[Outline], heads: Sequence[str]) -> str:
    """What a property such as "type" says of the kind, where it says the same of every outline; "" otherwise."""
    for head in heads:
        if folded_head(head) in _KIND_HEADS:
            kinds = {guess_kind([outline.properties.get(head, "")]) for outline in outlines}
            if len(kinds) == 1 and "" not in kinds:
                return kinds.pop()
    return ""


def kind_slug(text: str) -> str:
    """A kind as it is kept: folded words with hyphens, so that "City Council" and "city-council" are one."""
    return "-".join(fold(text).split())[:LONGEST_KIND].strip("-")


def read_districts(
    outlines: Sequence[Outline], *, heads: Sequence[str], mapping: Mapping[str, str], only_name: str
) -> tuple[tuple[DistrictRow, ...], tuple[Fault, ...]]:
    """The districts of the outlines that are some, and why the others are not, each in the order of the file.

    heads: every property of the file. mapping: field → head, before any guess. only_name: what to call the outline of
    a file that holds a single one and no name. Of several with one code the later ones get a number behind it; one that
    repeats another in everything is refused. Raises UnknownHead.
    Source: docs/rules/boundaries.md, section 3.
    """
    usable = [outline for outline in outlines if outline.wkb]
    name_head, code_head = _chosen(usable, heads, mapping)
    rows: list[DistrictRow] = []
    faults = [Fault(line=item.line, code=item.fault, value=item.said) for item in outlines if not item.wkb]
    taken: dict[str, DistrictRow] = {}
    for outline in usable:
        name = _value(outline, name_head) or _value(outline, code_head) or (only_name if len(outlines) == 1 else "")
        code = _value(outline, code_head) or "-".join(fold(name).split())
        found = _row(outline, name, code[:LONGEST_CODE], taken)
        if isinstance(found, Fault):
            faults.append(found)
        else:
            taken[found.code] = found
            rows.append(found)
    return tuple(rows), tuple(sorted(faults, key=lambda fault: fault.line))


def _row(outline: Outline, name: str, code: str, taken: Mapping[str, DistrictRow]) -> DistrictRow | Fault:
    if not name or not code:
        return Fault(line=outline.line, code="no_district")
    if len(name) > LONGEST_NAME:
        return Fault(line=outline.line, code="too_long", value=name[:80], other=str(LONGEST_NAME))
    row = DistrictRow(line=outline.line, code=code, name=name, outline=outline)
    number = 1
    while row.code in taken:
        first = taken[row.code]
        if (first.name, first.outline.wkb) == (name, outline.wkb):
            return Fault(line=outline.line, code="repeated_outline", value=name, other=str(first.line))
        number += 1
        tail = f"-{number}"
        remark = Fault(line=outline.line, code="same_code", value=code, other=str(taken[code].line))
        row = replace(row, code=code[: LONGEST_CODE - len(tail)] + tail, remarks=(remark,))
    return row


def _chosen(outlines: Sequence[Outline], heads: Sequence[str], mapping: Mapping[str, str]) -> tuple[str, str]:
    """The properties that hold name and code; "" where there is none."""
    known = {folded_head(head): head for head in reversed(heads)}
    fixed = {}
    for item, head in mapping.items():
        if folded_head(head) not in known:
            raise UnknownHead(item, head, tuple(heads))
        fixed[item] = known[folded_head(head)]
    names = _telling(outlines, [known[head] for head in _NAME_HEADS if head in known])
    codes = _telling(outlines, [known[head] for head in _CODE_HEADS if head in known])
    single = [head for head in codes if _is_unique(outlines, head)]
    name, code = fixed.get("name", (names or [""])[0]), fixed.get("code", (single or codes or [""])[0])
    if not name and not code:
        others = _telling(outlines, [head for head in heads if not _NEVER & set(folded_head(head).split())])
        alike = [known[head] for head in _NAME_HEADS if head in known and _is_filled(outlines, known[head])]
        name = next((head for head in others if _is_unique(outlines, head)), (alike or [""])[0])
    return name, code


def _telling(outlines: Sequence[Outline], heads: Sequence[str]) -> list[str]:
    """The properties that most outlines have, and that do not say the same of all of them."""
    return [
        head
        for head in heads
        if _is_filled(outlines, head)
        and (len(outlines) == 1 or len({_value(outline, head) for outline in outlines} - {""}) > 1)
    ]


def _is_filled(outlines: Sequence[Outline], head: str) -> bool:
    return 2 * sum(bool(_value(outline, head)) for outline in outlines) > len(outlines)


def _is_unique(outlines: Sequence[Outline], head: str) -> bool:
    values = [_value(outline, head) for outline in outlines]
    return "" not in values and len(set(values)) == len(values)


def _value(outline: Outline, head: str) -> str:
    return outline.properties.get(head, "").strip() if head else ""
