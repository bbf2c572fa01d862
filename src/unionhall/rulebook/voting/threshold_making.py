"""The key ceremony of a group of trustees, all parts played in one place: what it publishes, and each one's private
key.

A real ceremony passes the same values between the trustees' own devices, encrypted (belenios-tool does it); nothing of
that traffic is published, so what comes out is the same.
"""

from __future__ import annotations

from unionhall.rulebook.voting import wire
from unionhall.rulebook.voting.arithmetic import RandomBelow
from unionhall.rulebook.voting.checks import Check, require
from unionhall.rulebook.voting.group import Group
from unionhall.rulebook.voting.knowledge import prove_knowledge
from unionhall.rulebook.voting.secret import Secret
from unionhall.rulebook.voting.threshold import SignedMessage, ThresholdKeys, message_prefix
from unionhall.rulebook.voting.trustee_keys import make_trustee_key


def play_ceremony(
    threshold: int, size: int, *, group: Group, random_below: RandomBelow
) -> tuple[ThresholdKeys, list[Secret[int]]]:
    """The published keys and, in order, the private key of each trustee.

    1 <= threshold <= size. Raises CheckFailed (threshold). Source: docs/rules/voting-format.md, section 7.
    """
    require(1 <= threshold <= size, Check.THRESHOLD)
    trustees = [_Trustee(threshold, group, random_below) for _ in range(size)]
    private = [Secret(sum(trustee.share_for(place) for trustee in trustees) % group.q) for place in range(1, size + 1)]
    keys = tuple(make_trustee_key(group, key, random_below=random_below) for key in private)
    value = group.product(trustee.powers()[0] for trustee in trustees)
    certificates = tuple(trustee.certificate() for trustee in trustees)
    coefficients = tuple(trustee.coefficients() for trustee in trustees)
    return ThresholdKeys(threshold, certificates, coefficients, keys, value), private


class _Trustee:
    """One trustee during the ceremony: two key pairs and a polynomial, of which only powers are shown."""

    def __init__(self, threshold: int, group: Group, random_below: RandomBelow) -> None:
        self._group, self._random_below = group, random_below
        self._signing, self._decrypting = (Secret(group.random_exponent(random_below)) for _ in range(2))
        self._polynomial = [Secret(group.random_exponent(random_below)) for _ in range(threshold)]

    def share_for(self, place: int) -> int:
        """Her polynomial's value at a trustee's place."""
        value = 0
        for secret in reversed(self._polynomial):
            value = (value * place + secret.reveal()) % self._group.q
        return value

    def powers(self) -> list[int]:
        """Her polynomial's coefficients as powers of g."""
        return [self._group.base.power(secret.reveal()) for secret in self._polynomial]

    def certificate(self) -> SignedMessage:
        """Her public keys for the ceremony, signed."""
        keys = {"verification": self._signing, "encryption": self._decrypting}
        return self._sign({name: str(self._group.base.power(key.reveal())) for name, key in keys.items()})

    def coefficients(self) -> SignedMessage:
        """The powers of her coefficients, signed."""
        return self._sign({"coefexps": [str(power) for power in self.powers()]})

    def _sign(self, said: object) -> SignedMessage:
        message = wire.write(said).decode()
        prefix = message_prefix(message)
        proof = prove_knowledge(self._group, prefix, self._signing, random_below=self._random_below)
        return SignedMessage(message, proof)
