"""Values that must not leave by accident: they do not print, do not format, do not pickle, do not compare in the
open.
"""

from __future__ import annotations

from hmac import compare_digest
from typing import Generic, NoReturn, TypeVar

T = TypeVar("T", bound=int | str)


class Secret(Generic[T]):
    """A private key, a credential, the randomness of a ballot: kept in a box that shows nothing.

    `reveal()` is the one way to the value, so that a search for that word lists every place where one is used. Equality
    takes the same time whether the first or the last character differs. Pickling, copying and JSON are refused: a
    secret stays in the process that made it.
    """

    __slots__ = ("__value",)

    def __init__(self, value: T) -> None:
        self.__value: T = value

    def reveal(self) -> T:
        """The value itself. Use it in the line that computes with it, and give it no name that outlives the line."""
        return self.__value

    def __repr__(self) -> str:
        return "Secret(…)"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Secret):
            return NotImplemented
        return compare_digest(str(self.__value).encode(), str(other.reveal()).encode())

    __hash__ = None  # type: ignore[assignment]  # a hash would tell two secrets apart in a log

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError("A secret is not pickled or copied.")
