"""What a text message costs: its encoding, its length, and how many parts a carrier bills."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

# The GSM alphabet of 3GPP TS 23.038. It has é, ñ, ü and ¿ ¡, but not á, í, ó, ú.
BASIC: Final = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
# These take an escape before them, so two units each.
EXTENDED: Final = frozenset("\f^{}\\[~]|€")


class Encoding(StrEnum):
    """How the letters travel: seven bits each, or sixteen when one of them is not in the GSM alphabet."""

    GSM7 = "gsm7"
    UCS2 = "ucs2"


# Units that fit into a message of one part, and into each part of a longer one, which carries a header.
ALONE: Final = {Encoding.GSM7: 160, Encoding.UCS2: 70}
JOINED: Final = {Encoding.GSM7: 153, Encoding.UCS2: 67}


@dataclass(frozen=True, slots=True)
class TextCost:
    """What a text takes. units: of its encoding. segments: parts billed. room: units left in the last part.

    dear: the letters that force the dearer encoding, each once, in the order they appear; none for GSM7.
    """

    encoding: Encoding
    units: int
    segments: int
    room: int
    dear: tuple[str, ...]


def text_cost(text: str) -> TextCost:
    """How the text travels and how many parts are billed; an empty text is one part of nothing.

    text: as it will be sent, links and names filled in. No letter is split between two parts, as phones demand.
    Source: 3GPP TS 23.038 (alphabet) and TS 23.040, section 9.2.3.24.1 (long messages).
    """
    dear = tuple(dict.fromkeys(letter for letter in text if letter not in BASIC and letter not in EXTENDED))
    encoding = Encoding.UCS2 if dear else Encoding.GSM7
    widths = list(_widths(text, encoding))
    units = sum(widths)
    if units <= ALONE[encoding]:
        return TextCost(encoding=encoding, units=units, segments=1, room=ALONE[encoding] - units, dear=dear)
    segments, used = 1, 0
    for width in widths:
        if used + width > JOINED[encoding]:
            segments, used = segments + 1, 0
        used += width
    return TextCost(encoding=encoding, units=units, segments=segments, room=JOINED[encoding] - used, dear=dear)


def _widths(text: str, encoding: Encoding) -> Iterator[int]:
    """Units of each letter: two for an escaped one, or for one beyond the sixteen bits."""
    for letter in text:
        wide = letter in EXTENDED if encoding is Encoding.GSM7 else ord(letter) > 0xFFFF
        yield 2 if wide else 1
