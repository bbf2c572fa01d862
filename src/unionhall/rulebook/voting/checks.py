"""The name of every check a vote must pass, and the one error that says which was failed."""

from __future__ import annotations

from enum import StrEnum


class Check(StrEnum):
    """What was checked. The slice that shows a refusal has a sentence for each name."""

    SIZE = "size"
    SYNTAX = "syntax"
    CANONICAL = "canonical"
    NUMBER = "number"
    ELEMENT = "element"
    EXPONENT = "exponent"
    SHAPE = "shape"
    VERSION = "version"
    GROUP = "group"
    QUESTIONS = "questions"
    CHOICE = "choice"
    ELECTION = "election"
    CREDENTIAL_TEXT = "credential_text"
    CREDENTIAL_LIST = "credential_list"
    CREDENTIAL_UNKNOWN = "credential_unknown"
    CREDENTIAL_USED = "credential_used"
    DUPLICATE = "duplicate"
    WEIGHT = "weight"
    INDIVIDUAL_PROOF = "individual_proof"
    OVERALL_PROOF = "overall_proof"
    BLANK_PROOF = "blank_proof"
    SIGNATURE = "signature"
    KEY_PROOF = "key_proof"
    ELECTION_KEY = "election_key"
    CERTIFICATE = "certificate"
    COEFFICIENTS = "coefficients"
    VERIFICATION_KEY = "verification_key"
    THRESHOLD = "threshold"
    HEADER = "header"
    RECORD = "record"
    CHAIN = "chain"
    ORDER = "order"
    TALLY = "tally"
    COUNT = "count"
    OWNER = "owner"
    SHARE = "share"
    MISSING_SHARE = "missing_share"
    RESULT = "result"


class CheckFailed(Exception):
    """A check was not passed. It carries the check's name and a place in public words; never a secret, a choice or a
    number of either.

    check: which one. place: where, such as "question 2" or "trustee 3"; empty where there is only one place.
    """

    def __init__(self, check: Check, place: str = "") -> None:
        super().__init__(f"{check}: {place}" if place else str(check))
        self.check = check
        self.place = place

    def __reduce__(self) -> tuple[type[CheckFailed], tuple[Check, str]]:
        """So that the error crosses from a worker process as itself."""
        return CheckFailed, (self.check, self.place)


def require(passed: object, check: Check, place: str = "") -> None:
    """Go on only where the check is passed. Raises CheckFailed."""
    if not passed:
        raise CheckFailed(check, place)
