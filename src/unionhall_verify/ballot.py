"""One ballot: bound to this election, signed by a credential, and provably a vote the question allows."""

import base64
import hashlib
from typing import Any, NamedTuple

from unionhall_verify.archive import compact, fields, insist, number, parse, proof, row
from unionhall_verify.numbers import G, P, Q, challenge, knows, power, powers, product


class Question(NamedTuple):
    """A question as the election states it."""

    text: str
    answers: tuple[str, ...]
    low: int
    high: int
    blank: bool

    @property
    def width(self) -> int:
        """How many pairs of locked numbers answer it."""
        return len(self.answers) + self.blank


class Election(NamedTuple):
    """What every ballot is checked against."""

    uuid: str
    name: str
    fingerprint: str
    key: Any
    questions: tuple[Question, ...]


def fingerprint(raw: bytes) -> str:
    """SHA-256 in Base64 without padding."""
    return base64.b64encode(hashlib.sha256(raw).digest()).decode().rstrip("=")


def check(raw: bytes, election: Election, what: str) -> tuple[Any, list[Any]]:
    """Who signed, and all locked numbers in a row; everything is checked but that these are of the group."""
    insist(len(raw) <= 1 << 20, "size", f"{what} is longer than any ballot can be.")
    value = parse(raw, what)
    names = "election_uuid election_hash credential answers signature"
    uuid, hashed, voter, answers, signature = fields(value, names, what)
    right = (uuid, hashed) == (election.uuid, election.fingerprint)
    insist(right, "election", f"{what} belongs to another election.")
    signed, signature_proof = fields(signature, "hash proof", what)
    unsigned = compact({name: value[name] for name in value if name != "signature"})
    insist(signed == fingerprint(unsigned), "signature", f"{what} is signed over something else than it says.")
    credential = number(voter, what, P)
    held = knows(f"sig|{signed}", credential, proof(signature_proof, what))
    insist(held, "signature", f"{what} is not signed by the credential it names.")
    locked: list[Any] = []
    for place, (question, answer) in enumerate(zip(election.questions, row(answers, len(election.questions), what)), 1):
        for pair in _check_answer(question, answer, f"{hashed}|{voter}", election.key, f"{what}, question {place},"):
            locked += pair
    return credential, locked


def read_locked(raw: bytes) -> list[Any]:
    """The locked numbers of a ballot that was checked before."""
    pairs = [pair for answer in parse(raw, "A ballot")["answers"] for pair in answer["choices"]]
    return [number(text, "A ballot", P) for pair in pairs for text in pair.values()]


def _check_answer(question: Question, answer: Any, bound: str, y: Any, what: str) -> list[list[Any]]:
    names = "choices individual_proofs overall_proof" + " blank_proof" * question.blank
    locked, single, overall, *blank = fields(answer, names, what)
    pairs = row(locked, question.width, what)
    choices = [[number(text, what, P) for text in fields(pair, "alpha beta", what)] for pair in pairs]
    for (alpha, beta), proofs in zip(choices, row(single, question.width, what)):
        held = _one_holds(f"prove|{bound}|{alpha},{beta}", [(alpha, beta, 0), (alpha, beta, 1)], proofs, y, what)
        insist(held, "individual_proof", f"{what} does not prove that each choice counts as no vote or one vote.")
    a, b = (product(column) for column in zip((1, 1), *choices[question.blank :]))
    claims = [(a, b, count) for count in range(question.low, question.high + 1)]
    said = f"{bound}|{','.join(f'{alpha},{beta}' for alpha, beta in choices)}"
    prefix = f"prove|{said}|{a},{b}"
    if question.blank:
        held = _one_holds(f"bproof0|{said}", [(*choices[0], 0), (a, b, 0)], blank[0], y, what)
        insist(held, "blank_proof", f"{what} does not prove that it is either blank or marked, not both.")
        prefix, claims = f"bproof1|{said}", [(*choices[0], 1), *claims]
    held = _one_holds(prefix, claims, overall, y, what)
    insist(held, "overall_proof", f"{what} does not prove that it marks as many answers as the question allows.")
    return choices


def _one_holds(prefix: str, claims: list[Any], proofs: Any, y: Any, what: str) -> bool:
    """Whether one of the claims "alpha, beta lock this number" is proved. Format page, section 5."""
    proved = [proof(one, what) for one in row(proofs, len(claims), what)]
    exponents: dict[Any, list[Any]] = {}
    for claim, (c, _) in zip(claims, proved):
        exponents.setdefault(claim[:2], []).append(c)
    raised = {pair: list(zip(*(powers(base, cs) for base in pair))) for pair, cs in exponents.items()}
    said = []
    for (*pair, count), (c, r) in zip(claims, proved):
        alpha, beta = raised[tuple(pair)].pop(0)
        unlocked = beta * power(G, -count * c % Q) if count else beta
        said.append(f"{power(G, r) * alpha % P},{power(y, r) * unlocked % P}")
    return bool(challenge(f"{prefix}|{','.join(said)}") == sum(c for c, _ in proved) % Q)
