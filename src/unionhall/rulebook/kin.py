"""Names that are one name in two forms: short forms, and one name of another script in two Latin spellings.

Source: docs/rules/matching.md, section 3.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from typing import Final

from unionhall.rulebook.short_forms import SHORT_FORMS

# Surnames of one character, or one sound, in several Latin spellings: Korean; then Chinese by Mandarin (two ways),
# Cantonese and Min; last Armenian ones that came by way of Russian. A spelling may belong to several.
_SURNAMES: Final = """
kim gim | lee yi rhee ri i rhie yee | park bak pak bahk | choi choe choy | jung jeong chung jong joung |
kang gang kahng | cho jo joe | yoon yun yune | jang chang | lim im rim yim leem | han hahn | oh o |
seo suh su so | shin sin | kwon gwon kwun | hwang whang | ahn an | song soung | ryu yoo yu you ryoo |
jeon jun chun chon jean | hong houng | ko go koh goh | moon mun | yang ryang | son sohn shon | bae pae bai |
baek paik back baik paek | heo hur huh her | nam nahm | sim shim | noh roh no ro nho | kwak gwak kwack |
sung seong | cha tcha | joo ju chu | woo wu u | koo gu ku goo | na ra nah rah | jin chin | ji chi jee |
eom um uhm | won weon | chae chai | cheon chun chon | bang pang bhang | kong gong | hyun hyeon | yeo yuh yo |
do doh | seok suk | seol sul | ma mah | min mihn | byun byeon pyun | wang wong | li lee lei |
zhang chang cheung cheong teo | liu lau low lew | chen chan tan chin | yang yeung young | zhao chao chiu |
huang wong hwang ng | zhou chou chow chau | wu ng woo goh | xu hsu hui tsui chui | sun suen | zhu chu choo |
hu woo wu | guo kuo kwok quach | he ho hor | lin lam lum | gao kao ko | luo lo law lor |
zheng cheng tcheng teh chang | liang leung leong | xie hsieh tse shieh | tang tong | song sung soong |
deng teng tang | han hon | feng fung | cao tsao cho | peng pang phang | zeng tseng tsang | xiao hsiao siu shaw |
tian tien tin | dong tung | yuan yuen | pan poon pun | yu yue yee | jiang chiang keung kiang |
cai tsai choi choy chua | du to | ye yeh yip ip yap | cheng ching | su so soh | wei ngai | lu loo lo | ding ting |
ren jen yam | shen sham shum | yao yiu | jiang chiang geung | cui tsui chui | zhong chung | tan tam hom |
fan faan | shi shih sze | liao liu leow | jin chin kam | jia chia | xia hsia ha | fu foo | fang fong |
zou tsou chau | bai pai pak | meng mang | qin chin tsin chun | qiu chiu yau khoo | yan yen yim ngan |
kong hung kung | mao mo | qian chien chin | kang hong | xue hsueh sit | ou au ow | nguyen nguyn |
hovhannisyan ohanessian oganesyan hovannesian hovhanessian oganesian |
harutyunyan arutyunyan haroutunian artunian | hakobyan akopyan hagopian akopian
"""

_KOREAN_STEPS: Final = (
    ("yeo|you|yoo|yu|eu", "u"),
    ("eo|oo|ou|wo|u|o", "u"),
    ("ae|ai|ye|e", "e"),
    ("ee|ui|yi|i|y", "i"),
    ("(?<=[aeiu])h", ""),
    ("[kg]", "k"),
    ("[pb]", "p"),
    ("[td]", "t"),
    ("ch|j|z", "c"),
    ("sh", "s"),
    ("[lr]", "r"),
    (r"(.)\1", r"\1"),
)
_ARMENIAN_STEPS: Final = (
    ("tch|tj|dj|dz|tz|ts|ch|c|j|z", "c"),
    ("gh|kh|k|g|q|x", "k"),
    ("sh", "s"),
    ("ph|[pb]", "p"),
    ("th|[td]", "t"),
    ("[vwf]", "v"),
    ("[aeiouyh]", ""),
    ("tc", "c"),
    (r"(.)\1", r"\1"),
)
_ARMENIAN_END: Final = re.compile("(?:[yij]?an|ean|ants|antz)$")
_SPANISH: Final = str.maketrans({"z": "s", "v": "b", "y": "i", "j": "x", "h": None})


def are_short_forms(one: str, other: str) -> bool:
    """Whether two folded given names are forms of one: Rosa and Rosita, William and Bill, Jesus and Chuy."""
    return not _GIVEN.get(one, _NONE).isdisjoint(_GIVEN.get(other, _NONE))


def are_spellings(one: str, other: str) -> bool:
    """Whether two folded surnames are Latin spellings of one: Jung and Chung, Zhang and Cheung."""
    if not _FAMILIES.get(one, _NONE).isdisjoint(_FAMILIES.get(other, _NONE)):
        return True
    if is_armenian(one) and is_armenian(other):
        bones = _skeleton(_ARMENIAN_END.sub("", one))
        return len(bones) > 1 and bones == _skeleton(_ARMENIAN_END.sub("", other))
    return _are_spanish_spellings(one, other)


@lru_cache(maxsize=50_000)
def are_spellings_of_given(one: str, other: str, families: tuple[str, str]) -> bool:
    """Whether two folded given names, blanks left out, are Latin spellings of one, seen with the surnames beside them.

    Only where both surnames are Korean, Chinese or Armenian, since "Jun" and "Chun" are two names elsewhere.
    """
    if all(is_armenian(family) for family in families):
        bones = _skeleton(one)
        return len(bones) > 1 and bones == _skeleton(other)
    if all(family in _FAMILIES for family in families):
        return _sound(one) == _sound(other)
    return _are_spanish_spellings(one, other)


def is_armenian(word: str) -> bool:
    """Whether a folded surname ends as Armenian ones do."""
    return len(word) > 5 and word[-3:] in {"yan", "ian", "ean", "jan"}


def is_east_asian(word: str) -> bool:
    """Whether a folded surname may be Korean or Chinese."""
    return word in _FAMILIES


def _are_spanish_spellings(one: str, other: str) -> bool:
    return len(one) > 3 and len(other) > 3 and one.translate(_SPANISH) == other.translate(_SPANISH)


@lru_cache(maxsize=20_000)
def _skeleton(word: str) -> str:
    for pattern, letter in _ARMENIAN_STEPS:
        word = re.sub(pattern, letter, word)
    return word


@lru_cache(maxsize=20_000)
def _sound(word: str) -> str:
    for pattern, letter in _KOREAN_STEPS:
        word = re.sub(pattern, letter, word)
    return word


def _by_form(text: str) -> dict[str, frozenset[int]]:
    """Each form, with the numbers of the names it belongs to."""
    found: dict[str, set[int]] = defaultdict(set)
    for number, forms in enumerate(text.split("|")):
        for form in forms.split():
            found[form].add(number)
    return {form: frozenset(numbers) for form, numbers in found.items()}


_NONE: Final[frozenset[int]] = frozenset()
_GIVEN: Final = _by_form(SHORT_FORMS)
_FAMILIES: Final = _by_form(_SURNAMES)
