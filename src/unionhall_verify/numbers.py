"""The mathematics: sections 1, 3, 4, 5 and 8 of docs/rules/voting-format.md."""

import base64
import hashlib
import secrets
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache, reduce
from itertools import accumulate, repeat

try:
    import gmpy2
except ImportError:  # a bare Python: slower, with the same answers
    gmpy2 = None
number = gmpy2.mpz if gmpy2 else int
GROUP = "BELENIOS-2048"
P: int = number(
    "a3ef2d011fefb1b6e39e568fccdffb0fb7dc7ef3a791b6862791811d21fc35f21e6d36856b428030421f514ed40bfd4c06e092a"
    "495af8d79a2f85e0fb11c0ede07dd973f9c53e50930c6e82ac36de1ae3fb8c3aabfff12ce27a5022ddd8912d107435012768a2c"
    "dd0a4091d8fa447f6c7ebc15a349fa318a6b4fe17d8d47e843a3e14dfa9b2162f4d7229abe93a188b46b006517d6f6747ebbb29"
    "c9ec3099b607f18fb1a8bc858279aa8599411d998d3e3fada9e010840d082d8c31911acdd4a0e7992d0f18cc759cb5de0acf66a"
    "3882555bc810941e021b6a4ccfa04ee4008f878affa2375e2999b44f6cef17d707301e59e0e6351e051ed9cec4157646e64f",
    16,
)
Q = int("adb6066a73522565f4daa0f2579db7f2f0fa90c2168bc709e20263387d55c491", 16)
G: int = number(
    "1307c1ab5f295885d7caa3a78a42415e31fd1c5807b61fb1e781878a52230a51988b98c259597f9c5a9dfd001d26ba31d9d8976"
    "f01d95a1c8262ee68a0e92cea541e5219e0d0d094301b894236823fe1d4bc04e29f3748aefd4f10d5b1a356a8643e673fd9d215"
    "fc8fe5fb9cf9fdb8ea88fdb1a3381a697fdf9c2458570b06d26aef1be365fdd90165f397c6b870df8c1b9e519edcee8bb0f74b7"
    "a1615a274ba60a7ea574a61f552d2dde0ce514e0927c4ff49b1964c4a913731ae4268d60d7f22127b6cbba44d453ac8b72fd04e"
    "0991b7aeff04867d8724ac638f5f34100d2d47aa680d43771902743d663f42d853c041e1c91fe3823f4bcf284308f1d7e653",
    16,
)
Proof = dict[str, int]  # challenge and response
Locked = tuple[tuple[int, ...], ...]  # a number under lock: alphas and betas, to be multiplied


def fingerprint(raw: bytes) -> str:
    """SHA-256 in Base64 without padding. Section 3."""
    return base64.b64encode(hashlib.sha256(raw).digest()).decode().rstrip("=")


def record_name(raw: bytes) -> str:
    """SHA-256 in hexadecimal. Section 3."""
    return hashlib.sha256(raw).hexdigest()


def challenge(text: str, numbers: Iterable[int]) -> int:
    """SHA-256 of a text and the commitments behind it, as a number modulo q. Sections 3 to 5."""
    return int(record_name(f"{text}|{','.join(map(str, numbers))}".encode()), 16) % Q


def times(one: int, other: int) -> int:
    """A product modulo p."""
    return one * other % P


def product(numbers: Iterable[int]) -> int:
    """The product of any number of numbers, 1 where there are none."""
    return reduce(times, numbers, number(1))


def are_elements(numbers: Sequence[int]) -> bool:
    """Whether numbers from 1 to p - 1 lie in the group; many by 80 products of random subsets. Sections 1 and 8."""
    if len(numbers) < 80:
        return all(pow(x, Q, P) == 1 for x in numbers)
    for _ in range(10):
        heaps = [number(1)] * 256  # subset i is the heaps whose index has bit i: its upper half, once folded
        for x, place in zip(numbers, secrets.token_bytes(len(numbers))):
            heaps[place] = times(heaps[place], x)
        while half := len(heaps) // 2:
            if pow(product(heaps[half:]), Q, P) != 1:
                return False
            heaps = [times(low, high) for low, high in zip(heaps, heaps[half:])]
    return True


@cache
def _powers_by_byte(base: int) -> list[list[int]]:
    bases = accumulate(range(31), lambda x, _: pow(x, 256, P), initial=base)
    return [list(accumulate(repeat(one, 255), times, initial=number(1))) for one in bases]


def power(base: int, exponent: int) -> int:
    """A power of g or of an election's key, which are raised so often that a table pays. Section 8."""
    return product(row[byte] for row, byte in zip(_powers_by_byte(base), exponent.to_bytes(32, "little")))


@lru_cache(64)
def _squarings(*bases: int) -> list[int]:
    if 1 < len(bases) < 5:
        return [product(column) for column in zip(*map(_squarings, bases))]
    return list(accumulate(range(252), lambda x, _: x * x % P, initial=product(bases)))[::4]


def power_of_few(bases: tuple[int, ...], exponent: int) -> int:
    """A power of a product, where others of it or of its factors are asked too: they share the squarings. Section 8."""
    heaps = [number(1)] * 16
    for step in _squarings(*bases):
        heaps[exponent & 15] = heaps[exponent & 15] * step % P
        exponent >>= 4
    return product(accumulate(heaps[:0:-1], times))


def is_known(proof: Proof, text: str, *pairs: tuple[int, int]) -> bool:
    """Whether somebody knows one x with value = base^x for every pair of a base and a value. Section 4."""
    c, r = proof.values()
    left = (power(base, r) if base == G else pow(base, r, P) for base, _ in pairs)
    return challenge(text, [times(one, pow(value, c, P)) for one, (_, value) in zip(left, pairs)]) == c


def one_holds(key: int, claims: Sequence[tuple[Locked, int]], proofs: Sequence[Proof], text: str) -> bool:
    """Whether a locked number is what one claim says of it; beta^c g^(-M c) stands for (beta / g^M)^c. Section 5."""
    commitments = []
    for ((alphas, betas), claimed), proof in zip(claims, proofs):
        c, r = proof.values()
        commitments.append(times(power(G, r), power_of_few(alphas, c)))
        commitments.append(product([power(key, r), power_of_few(betas, c), power(G, -claimed * c % Q)]))
    return challenge(text, commitments) == sum(proof["challenge"] for proof in proofs) % Q
