"""The arithmetic holds for every number, not only for those we thought of."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.factories.voting import chance
from unionhall.rulebook.voting import arithmetic, group, membership
from unionhall.rulebook.voting.arithmetic import inverse, load_fast, number, read_number
from unionhall.rulebook.voting.checks import Check, CheckFailed
from unionhall.rulebook.voting.encryption import Ciphertext, ElectionKey, combine, unlock_power
from unionhall.rulebook.voting.group import BELENIOS_2048 as GROUP
from unionhall.rulebook.voting.group import FixedBase, group_named
from unionhall.rulebook.voting.threshold import combine_shares

exponents = st.integers(0, int(GROUP.q) - 1)
few = settings(max_examples=20, deadline=None)
KEY = ElectionKey(GROUP, GROUP.base.power(987654321))


def test_group_is_the_one_of_the_specification() -> None:
    assert GROUP.p.bit_length() == 2048
    assert GROUP.q.bit_length() == 256
    assert (GROUP.p - 1) % GROUP.q == 0
    assert pow(2, int(GROUP.p) - 1, int(GROUP.p)) == 1
    assert pow(2, int(GROUP.q) - 1, int(GROUP.q)) == 1
    assert GROUP.is_element(GROUP.g)
    assert GROUP.g != 1


@few
@given(exponents)
def test_fixed_base_gives_the_same_power_as_pow(exponent: int) -> None:
    assert GROUP.base.power(exponent) == pow(int(GROUP.g), exponent, int(GROUP.p))


@few
@given(exponents, exponents, exponents)
def test_shared_squarings_give_the_same_powers_as_pow(base: int, first: int, second: int) -> None:
    element = GROUP.base.power(base)

    found = GROUP.powers(element, [first, second])

    assert found == [pow(int(element), first, int(GROUP.p)), pow(int(element), second, int(GROUP.p))]


@few
@given(exponents, exponents, st.integers(0, 1), st.integers(0, 1))
def test_locked_numbers_add_up_without_opening(r: int, s: int, one: int, two: int) -> None:
    total = combine(GROUP, [KEY.lock(one, r), KEY.lock(two, s)])

    opened = unlock_power(GROUP, total, GROUP.power(total.alpha, 987654321))

    assert opened == GROUP.base.power(one + two)


@few
@given(st.lists(exponents, min_size=1, max_size=4), st.data())
def test_any_threshold_of_shares_opens_like_the_whole_key(polynomial: list[int], data: st.DataObject) -> None:
    places = data.draw(st.sets(st.integers(1, 7), min_size=len(polynomial), max_size=7))
    base = GROUP.base.power(5)

    def value(place: int) -> int:
        return sum(c * place**k for k, c in enumerate(polynomial)) % int(GROUP.q)

    shares = {place: GROUP.power(base, value(place)) for place in places}

    assert combine_shares(shares, GROUP) == GROUP.power(base, polynomial[0])


@few
@given(st.integers(1, int(GROUP.q) - 1))
def test_inverse_multiplies_to_one(value: int) -> None:
    assert inverse(number(value), GROUP.q) * value % GROUP.q == 1


@settings(deadline=None)
@given(st.integers(0, int(GROUP.p)))
def test_number_is_read_as_it_is_written(value: int) -> None:
    assert read_number(str(value)) == value


@pytest.mark.parametrize(
    "text", ["", " 5", "5 ", "+5", "-5", "05", "0x5", "5_0", "5.0", "٣", "5\n", "9" * 618, 5, None]
)
def test_number_in_any_other_spelling_is_refused(text: object) -> None:
    with pytest.raises(CheckFailed) as caught:
        read_number(text)

    assert caught.value.check == Check.NUMBER


@pytest.mark.parametrize("outsider", [0, GROUP.p, GROUP.p - 1, 2, -1])
def test_number_outside_the_group_is_no_element(outsider: int) -> None:
    assert not GROUP.is_element(outsider)


@pytest.mark.parametrize("size", [3, 250])
@pytest.mark.parametrize("outsider", [GROUP.p - 1, GROUP.p - GROUP.g, number(3)])
def test_one_outsider_among_many_is_found(size: int, outsider: int) -> None:
    members = [GROUP.base.power(exponent) for exponent in range(1, size)]
    draw = chance(4).randrange

    membership.require_members(GROUP, members, random_below=draw)
    with pytest.raises(CheckFailed) as caught:
        membership.require_members(GROUP, [*members, outsider], random_below=draw, place="heap")

    assert (caught.value.check, caught.value.place) == (Check.ELEMENT, "heap")


def test_number_out_of_range_is_found_before_any_batch() -> None:
    with pytest.raises(CheckFailed):
        membership.require_members(GROUP, [GROUP.p] * 300, random_below=chance().randrange)


def test_two_outsiders_that_cancel_each_other_are_found() -> None:
    members = [GROUP.base.power(exponent) for exponent in range(1, 300)]
    outsiders = [GROUP.p - GROUP.g, GROUP.p - members[7]]  # their product is an element

    with pytest.raises(CheckFailed):
        membership.require_members(GROUP, [*members, *outsiders], random_below=chance(5).randrange)


def test_eighty_subsets_are_asked() -> None:
    powers = []
    batch = membership.Batch(GROUP, random_below=chance().randrange)
    batch.add([GROUP.g])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(membership, "power", lambda *words: powers.append(words) or 1)
        assert batch.is_sound()

    assert len(powers) == 80


def test_without_gmpy2_the_same_numbers_come_out(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = GROUP.powers(GROUP.g, [3, 5])

    monkeypatch.setattr(group, "IS_FAST", False)
    monkeypatch.setattr(group, "power", pow)
    monkeypatch.setattr(group, "number", int)

    assert group.Group("", int(GROUP.p), int(GROUP.q), int(GROUP.g)).powers(int(GROUP.g), [3, 5]) == expected
    assert FixedBase(int(GROUP.g), int(GROUP.p)).power(5) == expected[1]
    assert load_fast("a_module_that_is_not_there") is None
    assert arithmetic.IS_FAST


def test_unknown_group_is_refused() -> None:
    for name in ("Ed25519", "RFC-3526-2048", None):
        with pytest.raises(CheckFailed) as caught:
            group_named(name)
        assert caught.value.check == Check.GROUP


def test_no_ciphertexts_add_up_to_zero() -> None:
    assert combine(GROUP, []) == Ciphertext(1, 1)
