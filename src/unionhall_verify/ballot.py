"""Whether a ballot may be counted. Sections 5 and 6 of docs/rules/voting-format.md."""

from itertools import chain
from typing import Any

from unionhall_verify.archive import ELEMENT, LOCKED, PROOF, Problem, insist, read
from unionhall_verify.election import Election, Question
from unionhall_verify.numbers import G, Proof, are_elements, fingerprint, is_known, one_holds, product

Ballot = tuple[int, list[int]]  # its credential; alpha and beta of one choice after the other


class Examiner:
    """Examines the ballots of an election. Section 6."""

    def __init__(self, election: Election) -> None:
        self.election, self.most, answers = election, 2000, list[object]()
        for one in election.questions:
            width, claims = len(one["answers"]) + one["blank"], one["max"] - one["min"] + 1
            self.most += 1800 * width + 200 * (claims + 4)
            answer = {"choices": (LOCKED,) * width, "individual_proofs": ((PROOF, PROOF),) * width}
            overall = {"overall_proof": (PROOF,) * (claims + one["blank"])}
            answers.append(answer | overall | ({"blank_proof": (PROOF, PROOF)} if one["blank"] else {}))
        self.shape = {"election_uuid": str, "election_hash": str, "credential": ELEMENT, "answers": tuple(answers)}
        self.shape["signature"] = {"hash": str, "proof": PROOF}

    def check_ballots(self, raws: list[tuple[int, bytes]]) -> list[Ballot]:
        """Ballots that may be counted once their credentials are found on the list. raws: each with its number."""
        found: list[Ballot] = []
        for place, raw in raws:
            try:
                found.append(self.check_ballot(raw))
            except Problem as problem:
                problem.sentence = f"Ballot {place} {problem.sentence}"
                raise
        self.check_membership([numbers for _, numbers in found], raws[0][0])
        return found

    def check_membership(self, numbers: list[list[int]], first: int) -> None:
        """Every alpha and beta lies in the group: asked of all at once and, if they do not, of each. Section 8."""
        is_right = are_elements([one for ballot in numbers for one in ballot])
        outside = [] if is_right else [place for place, one in enumerate(numbers, first) if not are_elements(one)]
        insist(is_right, "element", f"Numbers outside the group in ballot {', '.join(map(str, outside))}.")

    def check_ballot(self, raw: bytes) -> Ballot:
        """A ballot's credential and numbers, if the ballot is right in all but whether they lie in the group."""
        insist(len(raw) <= min(self.most, 256 * 1024), "length", "is longer than a ballot can be.")
        uuid, election, credential, answers, signature = read(raw, self.shape).values()
        self.check_election(uuid, election)
        self.check_signature(raw, credential, *signature.values())
        numbers = []
        for question, answer in zip(self.election.questions, answers):
            self.check_answer(question, answer, f"{election}|{credential}")
            numbers += [part for one in answer["choices"] for part in one.values()]
        return credential, numbers

    def check_election(self, *names: str) -> None:
        """The ballot is for this election. Section 6."""
        insist(names == (self.election.uuid, self.election.fingerprint), "election", "was made for another election.")

    def check_signature(self, raw: bytes, credential: int, signed: str, proof: Proof) -> None:
        """The holder of the credential signed the ballot as it stands. Sections 4 and 6."""
        body = raw[: raw.rindex(b',"signature":')] + b"}"
        insist(signed == fingerprint(body), "hash", "was changed after it was signed.")
        insist(is_known(proof, f"sig|{signed}", (G, credential)), "signature", "was not signed by its credential.")

    def check_answer(self, asked: Question, answer: dict[str, Any], statement: str) -> None:
        """Each choice is 0 or 1, as many are marked as may be, and a blank answer has no other mark. Section 5."""
        key, choices = self.election.key, [((one["alpha"],), (one["beta"],)) for one in answer["choices"]]
        texts = [f"{alpha},{beta}" for (alpha,), (beta,) in choices]
        for one, text, proofs in zip(choices, texts, answer["individual_proofs"]):
            is_right = one_holds(key, [(one, 0), (one, 1)], proofs, f"prove|{statement}|{text}")
            insist(is_right, "individual_proof", "has a choice that is not shown to be marked once or not at all.")
        statement += f"|{','.join(texts)}"
        total = tuple(tuple(chain(*parts)) for parts in zip(*choices[asked["blank"] :]))
        claims = [(total, marks) for marks in range(asked["min"], asked["max"] + 1)]
        text = f"prove|{statement}|{','.join(str(product(parts)) for parts in total)}"
        if asked["blank"]:
            is_right = one_holds(key, [(choices[0], 0), (total, 0)], answer["blank_proof"], f"bproof0|{statement}")
            insist(is_right, "blank_proof", "has an answer that may be blank and marked at once.")
            claims, text = [(choices[0], 1), *claims], f"bproof1|{statement}"
        insist(one_holds(key, claims, answer["overall_proof"], text), "overall_proof", "marks too many or too few.")
