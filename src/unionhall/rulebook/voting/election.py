"""What is voted on: questions, the election key and the name all ballots are bound to; its bytes never change once it
is open.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from unionhall.rulebook.voting import wire
from unionhall.rulebook.voting.arithmetic import read_number
from unionhall.rulebook.voting.checks import Check, require
from unionhall.rulebook.voting.encryption import ElectionKey
from unionhall.rulebook.voting.group import Group, group_named
from unionhall.rulebook.voting.hashing import fingerprint

VERSION = 1
MAX_QUESTIONS = 20
MAX_ANSWERS = 60
MAX_BALLOT_BYTES = 256 * 1024
BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_FIELDS = ("version", "description", "name", "group", "public_key", "questions", "uuid")
_NAMES = ("administrator", "credential_authority")
_QUESTION = ("answers", "blank", "min", "max", "question")
_UUID = re.compile(f"[{BASE58}]{{14,64}}")


@dataclass(frozen=True, slots=True)
class Question:
    """One question with its answers. A member marks between minimum and maximum of them, or leaves it blank where that
    is allowed.
    """

    text: str
    answers: tuple[str, ...]
    minimum: int = 1
    maximum: int = 1
    allows_blank: bool = False

    @property
    def width(self) -> int:
        """How many numbers a ballot locks for it: one an answer, and one in front for blank where that is allowed."""
        return len(self.answers) + self.allows_blank

    @property
    def most_bytes(self) -> int:
        """More than any answer to it takes in a ballot: two long numbers and two proofs a choice, proofs of the sum."""
        return self.width * 1_800 + (self.maximum - self.minimum + 5) * 200


@dataclass(frozen=True, slots=True)
class Election:
    """An election as it was published. raw: its bytes; everything refers to their fingerprint.

    administrator and credential_authority are names for people to read; they are hashed with the rest.
    """

    uuid: str
    name: str
    description: str
    key: ElectionKey
    questions: tuple[Question, ...]
    raw: bytes
    administrator: str = ""
    credential_authority: str = ""

    @property
    def group(self) -> Group:
        """The group it counts in."""
        return self.key.group

    @property
    def most_bytes(self) -> int:
        """More than any ballot takes; a longer one is refused unread."""
        return 2_000 + sum(question.most_bytes for question in self.questions)

    @property
    def fingerprint(self) -> str:
        """The name everything in this election is bound to."""
        return fingerprint(self.raw)


def make_election(
    *,
    uuid: str,
    name: str,
    description: str,
    key: ElectionKey,
    questions: tuple[Question, ...],
    administrator: str = "",
    credential_authority: str = "",
) -> Election:
    """The election, ready to publish. uuid: at least 14 Base58 characters, never used before.

    Raises CheckFailed (questions, shape) for questions nobody could answer. Source: docs/rules/voting-format.md,
    section 6.
    """
    said: dict[str, Any] = {
        "version": VERSION,
        "description": description,
        "name": name,
        "group": key.group.name,
        "public_key": str(key.value),
        "questions": [_write_question(question) for question in questions],
        "uuid": uuid,
    }
    if administrator:
        said["administrator"] = administrator
    if credential_authority:
        said["credential_authority"] = credential_authority
    return read_election(wire.write(said))


def read_election(raw: bytes) -> Election:
    """The election in these bytes.

    Raises CheckFailed: version, group (this is the version switch), shape, number, element, questions, canonical.
    Source: docs/rules/voting-format.md, section 6.
    """
    value = wire.read(raw, limit=wire.MAX_SETUP_BYTES)
    found = wire.fields(value, *_FIELDS, optional=_NAMES)
    require(type(found["version"]) is int and found["version"] == VERSION, Check.VERSION)
    group = group_named(found["group"])
    public = read_number(found["public_key"])
    require(group.is_element(public), Check.ELEMENT, "election key")
    require(_UUID.fullmatch(wire.text(found["uuid"])), Check.SHAPE, "uuid")
    questions = tuple(_read_question(item) for item in wire.items(found["questions"]))
    require(0 < len(questions) <= MAX_QUESTIONS, Check.QUESTIONS)
    election = Election(
        uuid=found["uuid"], name=wire.text(found["name"]), description=wire.text(found["description"]),
        key=ElectionKey(group, public), questions=questions, raw=raw,
        administrator=wire.text(found.get("administrator", "")),
        credential_authority=wire.text(found.get("credential_authority", "")),
    )  # fmt: skip
    require(election.most_bytes <= MAX_BALLOT_BYTES, Check.QUESTIONS)
    found["questions"] = [wire.in_order(item, *_QUESTION) for item in found["questions"]]
    wire.require_same(raw, wire.in_order(found, *_FIELDS, *_NAMES))
    return election


def _write_question(question: Question) -> dict[str, Any]:
    blank = {"blank": True} if question.allows_blank else {}
    return {
        "answers": list(question.answers), **blank,
        "min": question.minimum, "max": question.maximum, "question": question.text,
    }  # fmt: skip


def _read_question(value: Any) -> Question:
    found = wire.fields(value, "answers", "min", "max", "question", optional=("blank",))
    answers = tuple(wire.text(answer) for answer in wire.items(found["answers"]))
    require(0 < len(answers) <= MAX_ANSWERS, Check.QUESTIONS)
    low, high = (wire.small(found[name], high=MAX_ANSWERS) for name in ("min", "max"))
    require(low <= high <= len(answers) and high > 0, Check.QUESTIONS)
    blank = found.get("blank", False)
    require(type(blank) is bool, Check.SHAPE, "blank")
    return Question(wire.text(found["question"]), answers, low, high, blank)
