"""The trustees: their keys, proved; their parts in opening the sums, proved; and the result that follows from them."""

from dataclasses import dataclass
from typing import Any

from unionhall_verify.archive import fields, insist, number, parse, proof, row
from unionhall_verify.numbers import GROUP, G, P, Q, challenge, is_element, knows, mpz, power, powmod, product


@dataclass
class Circle:
    """Trustees of whom `needed` must come: a single one, or a group with a threshold. value: their part of the key."""

    needed: int
    keys: list[Any]
    value: Any


def read_trustees(raw: bytes) -> list[Circle]:
    """The trustees an election names, every key proved."""
    listed = parse(raw, "The list of trustees")
    insist(isinstance(listed, list) and listed, "shape", "The list of trustees is empty.")
    circles = []
    for place, item in enumerate(listed, 1):
        kind, value = row(item, 2, "The list of trustees")
        insist(kind in ("Single", "Pedersen"), "shape", "The list of trustees names a kind we do not know.")
        if kind == "Single":
            key = _read_key(value, f"Key {place} of the trustees")
            circles.append(Circle(1, [key], key))
        else:
            circles.append(_read_group(value))
    return circles


def check_part(raw: bytes, owner: int, key: Any, fingerprint: str, alphas: list[Any], widths: list[int]) -> list[Any]:
    """A trustee's factors, all sums in a row; each is her key's doing, by its proof."""
    what = f"Trustee {owner}'s part in opening the sums"
    both = fields(parse(raw, what), "decryption_factors decryption_proofs", what)
    rows = [zip(row(each, len(widths), what), widths) for each in both]
    texts, proofs = ([one for items, width in each for one in row(items, width, what)] for each in rows)
    factors = [number(text, what, P) for text in texts]
    for alpha, factor, (c, r) in zip(alphas, factors, [proof(one, what) for one in proofs]):
        insist(is_element(factor), "element", f"{what} holds a number that is not of the group.")
        first, second = power(G, r) * powmod(key, c, P) % P, powmod(alpha, r, P) * powmod(factor, c, P) % P
        held = challenge(f"decrypt|{fingerprint}|{key}|{first},{second}") == c
        insist(held, "share", f"{what} is not proved: it does not come from the published key.")
    return factors


def open_sums(circles: list[Circle], parts: dict[int, list[Any]], betas: list[Any], most: int) -> list[int]:
    """The numbers locked in the sums, from the trustees' factors."""
    opened, before = betas, 0
    for circle in circles:
        here = {place: parts[before + place] for place in range(1, len(circle.keys) + 1) if before + place in parts}
        before += len(circle.keys)
        enough = len(here) >= circle.needed
        insist(enough, "missing_share", "The result was published before enough trustees had opened the sums.")
        for place, factors in here.items():
            weight = mpz(1)  # Lagrange's, for the value at 0
            for other in here.keys() - {place}:
                weight = weight * other * powmod(mpz(other - place) % Q, -1, Q) % Q
            opened = [left * powmod(factor, -weight, P) % P for left, factor in zip(opened, factors)]
    votes, value = {}, mpz(1)
    for count in range(most + 1):
        votes[value] = count
        value = value * G % P
    insist(votes.keys() >= set(opened), "result", "The sums do not open to any number of votes there can be.")
    return [votes[value] for value in opened]


def _read_key(value: Any, what: str) -> Any:
    pok, text = fields(value, "pok public_key", what)
    key = number(text, what, P)
    insist(is_element(key), "element", f"{what} is not of the group.")
    held = knows(f"pok|{GROUP}|{key}", key, proof(pok, what))
    insist(held, "key_proof", f"{what} comes without a valid proof that somebody holds its private half.")
    return key


def _read_group(value: Any) -> Circle:
    what = "The trustees' shared key"
    threshold, certs, coefexps, listed = fields(value, "threshold certs coefexps verification_keys", what)
    insist(isinstance(listed, list) and listed, "shape", f"{what} names nobody.")
    keys = [_read_key(item, f"The key of trustee {place} in the shared key") for place, item in enumerate(listed, 1)]
    insist(type(threshold) is int and 1 <= threshold <= len(keys), "threshold", f"{what} has an impossible threshold.")
    polynomials = []
    for cert, coefficients in zip(row(certs, len(keys), what), row(coefexps, len(keys), what)):
        signer, _ = _signed(cert, "verification encryption", None, what)
        (texts,) = _signed(coefficients, "coefexps", signer, what)
        polynomial = [number(text, what, P) for text in row(texts, threshold, what)]
        insist(all(map(is_element, polynomial)), "element", f"{what} holds a number that is not of the group.")
        polynomials.append(polynomial)
    for place, key in enumerate(keys, 1):
        parts = (powmod(c, place**k, P) for polynomial in polynomials for k, c in enumerate(polynomial))
        follows = product(parts) == key
        insist(follows, "verification_key", f"The key of trustee {place} does not follow from the key ceremony.")
    return Circle(threshold, keys, product(polynomial[0] for polynomial in polynomials))


def _signed(value: Any, names: str, signer: Any, what: str) -> list[Any]:
    """What a signed message of the key ceremony says. signer: whose key signed it; None: the key it brings."""
    message, signature = fields(value, "message signature", what)
    insist(isinstance(message, str), "shape", f"{what} holds a message that is no text.")
    said = fields(parse(message.encode(), what), names, what)
    if signer is None:
        said = [number(text, what, P) for text in said]
        insist(all(map(is_element, said)), "element", f"{what} holds a number that is not of the group.")
        signer = said[0]
    held = knows(f"sigmsg|{message}", signer, proof(signature, what))
    insist(held, "certificate", f"{what} holds a message its trustee did not sign.")
    return said
