"""The words by which lists say how somebody stands: at work, in the union, in which language, and who is management.

Source: docs/rules/people-lists.md, sections 6 and 7.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, Literal, TypeVar

from unionhall.rulebook.names import fold

Status = Literal["active", "leave", "substitute", "separated", "management", ""]
Meaning = TypeVar("Meaning", bound=str)


def _each(meaning: Meaning, phrases: str) -> dict[str, Meaning]:
    return dict.fromkeys((phrase.strip() for phrase in phrases.split(",")), meaning)


_STATUS: Final[dict[str, Status]] = {
    **_each("active", "active, a, act, actv, employed, regular, permanent, probationary, probation, prob, current, "
                "full time, "
            "part time, ft, pt, working, paid, on payroll, live, 1, y, yes, si, true, activo, activa, vigente, "
            "fijo, fija, "
            "assigned, classified, certificated"),
    **_each("leave", "leave, l, loa, lv, on leave, leave of absence, leave with pay, leave without pay, paid leave, "
                "unpaid leave, "
            "lwop, lwp, fmla, medical leave, maternity leave, parental leave, family leave, military leave, "
            "sabbatical, "
            "workers comp, suspended, furlough, furloughed, laid off, layoff, licencia, de licencia, permiso, "
            "con permiso, "
            "suspendido, suspendida"),
    **_each("substitute", "substitute, sub, subs, s, substitute teacher, temporary, temp, on call, oncall, "
                "per diem, casual, "
            "relief, provisional, extra, seasonal, day to day, suplente, sustituto, sustituta, temporal, eventual, "
            "interino, "
            "interina"),
    **_each("separated", "separated, sep, terminated, term, termed, t, inactive, i, resigned, resignation, retired, "
                "ret, "
            "retiree, r, deceased, dec, d, dismissed, ended, former, quit, released, non active, not active, 0, n, "
            "no, false, "
            "baja, dado de baja, dada de baja, inactivo, inactiva, jubilado, jubilada, cesado, cesada, renuncio, "
            "fallecido, "
            "fallecida, separado, separada, retirado, retirada"),
    **_each("management", "management, mgmt, mgt, manager, supervisor, supervisory, confidential, conf, "
                "administrator, exempt management, "
            "excluded, confidencial, gerencia, directivo, directiva"),
}  # fmt: skip
_MEMBERSHIP: Final = {
    **_each("member", "member, m, y, yes, si, 1, true, x, full, full member, active, active member, regular, dues, "
            "dues payer, dues paying, signed, union, union member, miembro, afiliado, afiliada, socio, socia, "
            "agremiado, agremiada, activo, activa, in good standing, good standing"),
    **_each("nonmember", "nonmember, non member, not a member, n, no, 0, false, objector, nm, non, represented, "
            "potential, fee, fee payer, feepayer, agency fee, agency, fair share, f, religious objector, no miembro, "
            "no afiliado, no afiliada, no es miembro, cuota"),
    **_each("former", "former, former member, dropped, withdrawn, resigned, retired, left, ex member, baja, "
            "ex miembro, renuncio"),
}  # fmt: skip
_STANDING: Final = {
    **_each("good", "y, yes, si, 1, true, x, good, in good standing, good standing, current, paid, paid up, active, "
                "en regla, al "
            "corriente, al dia"),
    **_each("behind", "n, no, 0, false, not in good standing, bad, bad standing, lapsed, suspended, expelled, "
                "past due, delinquent, "
            "arrears, in arrears, inactive, no en regla, atrasado, atrasada, suspendido, suspendida"),
}  # fmt: skip
_LANGUAGES: Final = {
    **_each("en", "en, eng, english, ingles, en us"),
    **_each("es", "es, spa, sp, spanish, espanol, castellano, es mx, es us"),
    **_each("hy", "hy, arm, hye, armenian, armenio, հայերեն, armenia"),
    **_each("ko", "ko, kor, korean, coreano, 한국어"),
    **_each("zh", "zh, chi, zho, chinese, mandarin, cantonese, chino, 中文"),
    **_each("tl", "tl, tgl, fil, tagalog, filipino, pilipino"),
    **_each("vi", "vi, vie, vietnamese, vietnamita, tieng viet"),
    **_each("ru", "ru, rus, russian, ruso, русскии"),
    **_each("fa", "fa, per, fas, farsi, persian, persa, فارسی"),
    **_each("ar", "ar, ara, arabic, arabe, العربية"),
    **_each("ja", "ja, jpn, japanese, japones"),
    **_each("pt", "pt, por, portuguese, portugues"),
}  # fmt: skip

# The last word of a title says what somebody is, unless "of", "to" or a comma puts it first.
_CHIEFS: Final = frozenset(
    {"supervisor", "supv", "supvr", "manager", "mgr", "director", "dir", "principal", "superintendent", "supt",
    "administrator",
     "foreman", "forewoman", "chancellor", "provost", "dean", "ceo", "cfo", "coo", "cio", "president",
     "supervisora", "gerente", "directora", "administradora", "administrador", "superintendente", "jefe", "jefa",
     "subdirector",
     "subdirectora"}
)  # fmt: skip
_ALWAYS: Final = frozenset(
    {"confidential", "confidencial", "superintendent", "superintendente", "supervisory", "management", "mgmt"}
)
_LEVELS: Final = frozenset(
    {
        "i",
        "ii",
        "iii",
        "iv",
        "v",
        "1",
        "2",
        "3",
        "4",
        "senior",
        "sr",
        "assistant",
        "asst",
        "acting",
        "interim",
        "a",
        "b",
        "c",
    }
)
_TURNS: Final = frozenset({"of", "de", "del", "for"})
# Jobs of the bargaining unit whose title only sounds like one of the employer's.
_IN_UNIT: Final = (
    "campus supervisor", "campus supervision", "noon supervisor", "noon duty supervisor", "yard supervisor",
    "yard duty supervisor",
    "playground supervisor", "lunch supervisor", "recess supervisor", "noontime supervisor", "case manager",
    "care manager",
    "medical director aide", "band director", "choir director", "funeral director", "activities director",
    "confidential",
)[:-1]  # fmt: skip
_UNIT_FLAGS: Final = frozenset(
    {"management", "mgmt", "mgt", "mgr", "confidential", "conf", "supervisory", "supervisor", "supervisors",
    "administrators",
     "administration", "admin", "excluded", "unrepresented", "nonrepresented", "gerencia", "confidencial", "directivos",
     "senior management"}
)  # fmt: skip
_UNIT_PHRASES: Final = (
    "non represented",
    "not represented",
    "no representado",
    "non rep",
    "supervisory and confidential",
)
_NOT: Final = re.compile(r"\bnon (?:management|mgmt|supervisory|confidential|supervisor)\b")


@lru_cache(maxsize=4_096)
def read_status(text: str) -> Status | None:
    """What a word says of somebody's employment; None for one that nobody knows."""
    folded = _NOT.sub("", fold(text)).strip()
    if not folded:
        return ""
    return _STATUS.get(folded) or next(
        (_STATUS[word] for word in folded.split() if len(word) > 2 and word in _STATUS), None
    )


@lru_cache(maxsize=1_024)
def read_membership(text: str) -> str | None:
    """ "member", "nonmember" or "former"; "" where the list does not say, None for a word that nobody knows."""
    folded = fold(text)
    return _MEMBERSHIP.get(folded) if folded else ""


@lru_cache(maxsize=1_024)
def read_standing(text: str) -> str | None:
    """ "good" or "behind"; "" where the list does not say, None for a word that nobody knows."""
    folded = fold(text)
    return _STANDING.get(folded) if folded else ""


@lru_cache(maxsize=1_024)
def read_language(text: str) -> str | None:
    """Two letters of ISO 639-1 for a language; "" where the list does not say, None for one we do not know."""
    folded = fold(text)
    if not folded:
        return ""
    return _LANGUAGES.get(folded) or next((_LANGUAGES[word] for word in folded.split() if word in _LANGUAGES), None)


@lru_cache(maxsize=16_384)
def read_employment(status: str, job: str, unit: str) -> tuple[Status, str]:
    """How somebody stands at work, and which of the three says something that must be named, "" if none.

    Management are those whose status or unit says so, and those whose title has such a noun: "Director of Facilities"
    and "Cafeteria Manager II" do, "Secretary to the Director", "Campus Supervisor" and "Principal Clerk" do not. A
    status that nobody knows is none, and is named.
    """
    found = read_status(status)
    if found == "management":
        return found, "status"
    if _unit_says(fold(unit)):
        return "management", "unit"
    if _title_says(job):
        return "management", "job"
    return ("", "status") if found is None else (found, "")


def _unit_says(unit: str) -> bool:
    bare = _NOT.sub("", unit)
    return bool(_UNIT_FLAGS & set(bare.split())) or any(phrase in bare for phrase in _UNIT_PHRASES)


def _title_says(job: str) -> bool:
    """Whether the noun of a title is one of the employer's side."""
    title = _NOT.sub("", fold(job))
    if any(kept in title for kept in _IN_UNIT):
        return False
    head = job.partition(",")[0]
    if "," in job and fold(head) in _CHIEFS:
        return True
    words = title.split()
    if _ALWAYS & set(words) and " to " not in f" {title} ":
        return True
    if " to " in f" {title} ":
        words = words[: words.index("to")]
    turn = next((place for place, word in enumerate(words) if word in _TURNS), len(words))
    noun = [word for word in words[:turn] if word not in _LEVELS]
    return bool(noun) and noun[-1] in _CHIEFS
