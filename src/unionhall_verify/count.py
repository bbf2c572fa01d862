"""An archive from its first byte to its result. Sections 9 to 11 of docs/rules/voting-format.md."""

from collections.abc import Iterator
from contextlib import nullcontext
from itertools import chain, groupby, islice
from math import prod
from multiprocessing import Pool
from pathlib import Path
from typing import Any, TextIO

from unionhall_verify.archive import ELEMENT, PROOF, Archive, insist, read, spelled
from unionhall_verify.ballot import Examiner
from unionhall_verify.election import Election, check_credentials
from unionhall_verify.numbers import G, P, Q, are_elements, is_known, product, record_name, times

CHUNK = 500  # ballots whose numbers are asked together whether they lie in the group


class Count:
    """What an archive holds. votes: by question, by choice, None as long as there is no result."""

    def __init__(self, election: bytes, trustees: bytes, credentials: bytes, names: bytes) -> None:
        self.check_names(names, election=election, trustees=trustees, credentials=credentials)
        self.election, self.listed = Election(election, trustees), check_credentials(credentials)
        self.widths = [len(one["answers"]) + one["blank"] for one in self.election.questions]
        self.votes: list[list[Any]] = [[None] * width for width in self.widths]
        self.stage, self.head, self.ballots, self.sums = "Setup", "", 0, list[int]()
        self.voted, self.factors = dict[int, list[int]](), dict[int, list[int]]()  # by credential, by trustee

    def check_names(self, names: bytes, **records: bytes) -> None:
        """The setup names its own records. Section 10."""
        right = spelled({name: record_name(raw) for name, raw in records.items()})
        insist(names == right, "setup", "The setup names other records than its own.")

    def check_ballots(self, raws: Iterator[bytes], cores: int) -> Iterator[None]:
        """The ballots in their order, by so many processors; stops now and then so that somebody can be told."""
        numbered, examine = enumerate(raws, 1), Examiner(self.election).check_ballots
        chunks = iter(lambda: list(islice(numbered, CHUNK)), [])
        with Pool(cores) if cores > 1 else nullcontext() as pool:
            for ballots in pool.imap(examine, chunks) if pool else map(examine, chunks):
                for credential, numbers in ballots:
                    self.check_credential(credential, numbers)
                yield

    def check_credential(self, credential: int, numbers: list[int]) -> None:
        """A ballot's credential is listed, and its last ballot counts. Sections 6 and 9."""
        self.ballots += 1
        insist(credential in self.listed, "credential_unknown", f"Ballot {self.ballots} has an unlisted credential.")
        self.voted[credential] = numbers

    def check_tally(self, tally: bytes, sized: bytes) -> None:
        """The locked sums are the products of the ballots that count, and their number is told. Section 9."""
        self.sums, count = list(map(product, zip([1] * 2 * sum(self.widths), *self.voted.values()))), len(self.voted)
        pairs = ({"alpha": str(alpha), "beta": str(beta)} for alpha, beta in zip(self.sums[::2], self.sums[1::2]))
        right = spelled([list(islice(pairs, width)) for width in self.widths])
        insist(tally == right, "tally", "The locked sums are not the ballots': one was left out, added or changed.")
        right = spelled({"num_tallied": count, "total_weight": count, "encrypted_tally": record_name(tally)})
        insist(sized == right, "count", f"{count} ballots count, but the archive tells another number.")

    def check_part(self, part: bytes, owned: bytes) -> None:
        """A part of the decryption is of a trustee who gave none before, made with his key. Sections 4 and 9."""
        keys = [key for _, some, _ in self.election.circles for key in some]
        owner, payload = read(owned, {"owner": int, "payload": str}).values()
        is_right = 1 <= owner <= len(keys) and owner not in self.factors and payload == record_name(part)
        insist(is_right, "owner", "A part of the decryption is of no trustee, or the second of one.")
        kinds = {"decryption_factors": ELEMENT, "decryption_proofs": PROOF}
        shape = {name: tuple((kind,) * width for width in self.widths) for name, kind in kinds.items()}
        factors, proofs = (list(chain(*rows)) for rows in read(part, shape).values())
        insist(are_elements(factors), "element", f"A number of trustee {owner} lies outside the group.")
        key, text = keys[owner - 1], f"decrypt|{self.election.fingerprint}|{keys[owner - 1]}"
        for alpha, factor, proof in zip(self.sums[::2], factors, proofs):
            insist(is_known(proof, text, (G, key), (alpha, factor)), "share", f"Trustee {owner} did not use his key.")
        self.factors[owner] = factors

    def check_result(self, result: bytes) -> None:
        """Enough trustees came, and the result is what their parts open. Section 9."""
        opened, before = self.sums[1::2], 0
        for needed, keys, _ in self.election.circles:
            places = [place for place in range(1, len(keys) + 1) if before + place in self.factors]
            insist(len(places) >= needed, "missing_share", "Too few trustees decrypted the sums.")
            for place in places:
                others = [other for other in places if other != place]
                weight = prod(others) * pow(prod(other - place for other in others), -1, Q) % Q
                factors = self.factors[before + place]
                opened = [times(one, pow(factor, Q - weight, P)) for one, factor in zip(opened, factors)]
            before += len(keys)
        (self.votes,) = read(result, {"result": tuple((int,) * width for width in self.widths)}).values()
        both = zip(chain(*self.votes), opened)
        is_right = all(0 <= votes <= len(self.voted) and pow(G, votes, P) == one for votes, one in both)
        insist(is_right, "result", "The result is not what the locked sums open to.")


def check_file(path: Path, *, cores: int, told: TextIO | None = None) -> Count:
    """An archive, all of it checked, by so many processors; `told` is told how far this is. Raises Problem."""
    with path.open("rb") as file:
        archive = Archive(file)
        events = archive.events()
        count = Count(*next(events)[1])
        checks = {"EncryptedTally": "check_tally", "PartialDecryption": "check_part", "Result": "check_result"}
        for kind, run in groupby(events, lambda event: event[0]):
            if kind == "Ballot":
                for _ in count.check_ballots((raw for _, (raw,) in run), cores):
                    if told:
                        told.write(f"\r{path.name}: {100 * file.tell() // path.stat().st_size} % read ")
            for _, data in run:
                if kind in checks:
                    getattr(count, checks[kind])(*data)
        count.stage, count.head = archive.kind, archive.head
        return count
