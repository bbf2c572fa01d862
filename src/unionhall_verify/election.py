"""What an election is set up with: questions, trustees, credentials. Sections 6, 7 of docs/rules/voting-format.md."""

import re
from typing import Any

from unionhall_verify.archive import ELEMENT, PROOF, check_shape, insist, read
from unionhall_verify.numbers import GROUP, G, P, Proof, Q, are_elements, fingerprint, is_known, product

QUESTION = {"answers": [str], "blank": bool, "min": int, "max": int, "question": str}
ELECTION = {"version": int, "description": str, "name": str, "group": str, "public_key": ELEMENT}
ELECTION |= {"questions": [QUESTION], "uuid": str, "administrator": str, "credential_authority": str}
KEY = {"pok": PROOF, "public_key": ELEMENT}
SIGNED = {"message": str, "signature": PROOF}
CERT = {"verification": ELEMENT, "encryption": ELEMENT}
SHARED = {"threshold": int, "certs": [SIGNED], "coefexps": [SIGNED], "verification_keys": [KEY]}
TRUSTEES = {"Single": KEY, "Pedersen": SHARED}
Question = dict[str, Any]  # with the fields of QUESTION
Circle = tuple[int, list[int], int]  # how many must come, the keys of all, their part in the election's key


class Election:
    """An election that is right in itself, from its record and its trustees'. Sections 1, 6 and 7."""

    def __init__(self, election: bytes, trustees: bytes) -> None:
        found = read(election, ELECTION)
        self.name, self.uuid, self.fingerprint = found["name"], found["uuid"], fingerprint(election)
        self.check_names(found["version"], found["group"])
        self.key, self.questions = found["public_key"], found["questions"]
        self.check_questions()
        self.circles = [self.read_circle(*one) for one in read(trustees, [(str, dict)])]
        self.check_key()

    def check_names(self, version: int, group: str) -> None:
        """This program knows the version and the group, and the election has a name of its own. Sections 1 and 6."""
        insist((version, group) == (1, GROUP), "version", f"This program knows version 1 and {GROUP} only.")
        insist(re.fullmatch("[1-9A-HJ-NP-Za-km-z]{14,}", self.uuid), "uuid", "The election's uuid is none.")

    def check_questions(self) -> None:
        """There is something to answer, and every question can be answered. Section 6."""
        can_be = all(one["max"] and 0 <= one["min"] <= one["max"] <= len(one["answers"]) for one in self.questions)
        insist(self.questions and can_be, "question", "There is no question, or one that cannot be answered.")

    def read_circle(self, kind: str, value: dict[str, Any]) -> Circle:
        """A single trustee, or several who made their keys together. Section 7."""
        insist(kind in TRUSTEES, "trustees", "There are trustees of a kind that this program does not know.")
        found = check_shape(value, TRUSTEES[kind])
        if kind == "Single":
            return 1, [self.check_trustee(*found.values())], found["public_key"]
        needed, certs, said, keys = found.values()
        is_complete = 1 <= needed <= len(keys) == len(certs) == len(said)
        insist(is_complete, "trustees", "The key ceremony of the trustees is not complete.")
        parts = [self.check_coefficients(cert, one, needed) for cert, one in zip(certs, said)]
        keys, sums = [self.check_trustee(*one.values()) for one in keys], [product(column) for column in zip(*parts)]
        self.check_ceremony(keys, sums)
        return needed, keys, sums[0]

    def check_trustee(self, proof: Proof, key: int) -> int:
        """A trustee knows the secret of his key. Sections 4 and 7."""
        insist(are_elements([key]), "element", "A trustee's key lies outside the group.")
        insist(is_known(proof, f"pok|{GROUP}|{key}", (G, key)), "trustee_key", "A trustee's key comes without proof.")
        return key

    def check_coefficients(self, cert: dict[str, Any], said: dict[str, Any], needed: int) -> list[int]:
        """A trustee signed what he said in the key ceremony, and his own certificate. Sections 4 and 7."""
        signer, other = read(cert["message"].encode(), CERT).values()
        (found,) = read(said["message"].encode(), {"coefexps": (ELEMENT,) * needed}).values()
        insist(are_elements([signer, other, *found]), "element", "The key ceremony has a number outside the group.")
        for message, proof in (cert.values(), said.values()):
            insist(is_known(proof, f"sigmsg|{message}", (G, signer)), "signature", "A trustee's message is not his.")
        return list(found)

    def check_ceremony(self, keys: list[int], sums: list[int]) -> None:
        """Every trustee's key follows from what all of them said. Section 7."""
        for place, key in enumerate(keys, 1):
            expected = product(pow(one, place**degree % Q, P) for degree, one in enumerate(sums))
            insist(key == expected, "trustee_key", f"The key of trustee {place} does not follow from the key ceremony.")

    def check_key(self) -> None:
        """The election's key is its trustees' and nobody else's. Section 7."""
        is_theirs = self.circles and self.key == product(key for _, _, key in self.circles)
        insist(is_theirs, "election_key", "The key of the election is not its trustees' keys multiplied.")


def check_credentials(raw: bytes) -> set[int]:
    """Every credential has one vote and is listed once, in rising order. Section 7."""
    listed = read(raw, [str])
    insist(not any("," in one for one in listed), "weight", "A credential has more than one vote.")
    keys = check_shape(listed, [ELEMENT])
    insist(keys == sorted(set(keys)), "credential_list", "The credentials are not in order, or one is listed twice.")
    insist(are_elements(keys), "element", "A credential lies outside the group.")
    return set(keys)
