"""The arithmetic: numbers modulo p, of which only those whose q-th power is 1 are used. Format page, 1 and 8."""

import hashlib
import secrets
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

try:
    import gmpy2
except ImportError:  # right all the same, about seven times slower
    gmpy2 = None

FAST = gmpy2 is not None
mpz: Any = gmpy2.mpz if FAST else int
powmod: Any = gmpy2.powmod if FAST else pow
GROUP = "BELENIOS-2048"
P = mpz(
    "a3ef2d011fefb1b6e39e568fccdffb0fb7dc7ef3a791b6862791811d21fc35f21e6d36856b428030421f514ed40bfd4c06e092a495af8d"
    "79a2f85e0fb11c0ede07dd973f9c53e50930c6e82ac36de1ae3fb8c3aabfff12ce27a5022ddd8912d107435012768a2cdd0a4091d8fa44"
    "7f6c7ebc15a349fa318a6b4fe17d8d47e843a3e14dfa9b2162f4d7229abe93a188b46b006517d6f6747ebbb29c9ec3099b607f18fb1a8b"
    "c858279aa8599411d998d3e3fada9e010840d082d8c31911acdd4a0e7992d0f18cc759cb5de0acf66a3882555bc810941e021b6a4ccfa0"
    "4ee4008f878affa2375e2999b44f6cef17d707301e59e0e6351e051ed9cec4157646e64f",
    16,
)
Q = mpz("78571733251071885079927659812671450121821421258408794611510081919805623223441")
G = mpz(
    "1307c1ab5f295885d7caa3a78a42415e31fd1c5807b61fb1e781878a52230a51988b98c259597f9c5a9dfd001d26ba31d9d8976f01d95a"
    "1c8262ee68a0e92cea541e5219e0d0d094301b894236823fe1d4bc04e29f3748aefd4f10d5b1a356a8643e673fd9d215fc8fe5fb9cf9fd"
    "b8ea88fdb1a3381a697fdf9c2458570b06d26aef1be365fdd90165f397c6b870df8c1b9e519edcee8bb0f74b7a1615a274ba60a7ea574a"
    "61f552d2dde0ce514e0927c4ff49b1964c4a913731ae4268d60d7f22127b6cbba44d453ac8b72fd04e0991b7aeff04867d8724ac638f5f"
    "34100d2d47aa680d43771902743d663f42d853c041e1c91fe3823f4bcf284308f1d7e653",
    16,
)


@cache
def _table(base: Any) -> list[list[Any]]:
    rows = []
    for _ in range(32):
        row = [mpz(1)]
        for _ in range(255):
            row.append(row[-1] * base % P)
        rows.append(row)
        base = row[-1] * base % P
    return rows


def power(base: Any, exponent: Any) -> Any:
    """A base to an exponent below 2 ** 256, by a table of its powers that is kept: for bases that come again."""
    return product(row[digit] for row, digit in zip(_table(base), int(exponent).to_bytes(32, "little")))


def powers(base: Any, exponents: list[Any]) -> list[Any]:
    """A base to several exponents below 2 ** 256; they share the squarings, which are most of the work."""
    if len(exponents) == 1 or not FAST:
        return [powmod(base, exponent, P) for exponent in exponents]
    squared = [base]
    for _ in range(63):
        for _ in range(4):
            base = base * base % P
        squared.append(base)
    digits = zip(*([int(digit, 16) for digit in reversed(f"{int(exponent):064x}")] for exponent in exponents))
    results = []
    for heap in _heaps(len(exponents), 16, squared, digits):  # heap[1] * heap[2] ** 2 * ... * heap[15] ** 15
        running = result = mpz(1)
        for value in reversed(heap[1:]):
            running = running * value % P
            result = result * running % P
        results.append(result)
    return results


def _heaps(count: int, size: int, values: list[Any], places: Iterable[Sequence[int]]) -> list[list[Any]]:
    """The values, each multiplied into one place of every heap."""
    heaps = [[mpz(1)] * size for _ in range(count)]
    for value, here in zip(values, places):
        for heap, place in zip(heaps, here):
            heap[place] = heap[place] * value % P
    return heaps


def is_element(value: Any) -> bool:
    """Whether a number belongs to the group."""
    return bool(0 < value < P and powmod(value, Q, P) == 1)


def are_elements(values: list[Any]) -> bool:
    """Whether all numbers belong to the group, for many by 80 random subsets: wrong with a chance below 2 ** -80."""
    if len(values) < 200:
        return all(map(is_element, values))
    heaps = _heaps(10, 256, values, (secrets.token_bytes(10) for _ in values))
    subsets = (product(heap[i] for i in range(256) if i >> bit & 1) for heap in heaps for bit in range(8))
    return all(0 < value < P for value in values) and all(map(is_element, subsets))


def product(values: Iterable[Any]) -> Any:
    """All multiplied."""
    result = mpz(1)
    for value in values:
        result = result * value % P
    return result


def challenge(text: str) -> Any:
    """SHA-256 of the text as a number modulo q."""
    return mpz(int.from_bytes(hashlib.sha256(text.encode()).digest(), "big")) % Q


def knows(text: str, public: Any, proof: tuple[Any, Any]) -> bool:
    """Whether somebody holds a public key's private half, by a proof bound to the text before its last bar."""
    c, r = proof
    return bool(challenge(f"{text}|{power(G, r) * powmod(public, c, P) % P}") == c)
