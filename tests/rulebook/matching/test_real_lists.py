"""Lists that others made for trying this: how right the proposals are. Only month and day of birthdays are used."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import combinations
from pathlib import Path

import pytest

from tests.needs import shared
from unionhall.rulebook.matching import Band, DuplicateGroup, PersonCard, duplicates, match, place_tokens

Pairs = set[tuple[int, int]]


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file, skipinitialspace=True))


def febrl(number: int) -> tuple[list[PersonCard], dict[int, str]]:
    """The cards, without number of record and of social security, and who each is."""
    cards, who = [], {}
    for key, row in enumerate(rows(shared(f"data/match-febrl/dataset{number}.csv"))):
        who[key] = row["rec_id"].split("-")[1]
        born = row["date_of_birth"]
        cards.append(
            PersonCard(
                key,
                f"{row['given_name']} {row['surname']}",
                given_name=row["given_name"],
                family_name=row["surname"],
                places=place_tokens(f"{row['street_number']} {row['address_1']}", row["suburb"], row["postcode"]),
                birth=f"{born[4:6]}-{born[6:8]}" if len(born) == 8 else "",
            )
        )
    return cards, who


def fake1000() -> tuple[list[PersonCard], dict[int, str]]:
    cards, who = [], {}
    for row in rows(shared("data/match-fake1000/fake_1000.csv")):
        key = int(row["unique_id"])
        who[key] = row["cluster"]
        mails = frozenset({row["email"]} - {""})
        name = f"{row['first_name']} {row['surname']}"
        cards.append(PersonCard(key, name, row["first_name"], row["surname"], mails=mails, birth=row["dob"][5:]))
    return cards, who


def osdi() -> list[PersonCard]:
    return [
        PersonCard(
            key,
            f"{row['First']} {row['Middle']} {row['Last']}",
            given_name=f"{row['First']} {row['Middle']}",
            family_name=row["Last"],
            mails=frozenset({row["Email"]} - {""}),
            places=place_tokens(row["Address"], row["City"], row["Zip"]),
            birth=f"{int(row['MoB']):02}-{int(row['DoB']):02}",
        )
        for key, row in enumerate(rows(shared("data/people-osdi-fake/fake_data.csv")))
    ]


def true_pairs(who: Mapping[int, str]) -> Pairs:
    groups = defaultdict(list)
    for key, name in who.items():
        groups[name].append(key)
    return {pair for keys in groups.values() for pair in combinations(sorted(keys), 2)}


def proposed(groups: Iterable[DuplicateGroup], *bands: Band) -> Pairs:
    return {pair for group in groups if group.band in bands for pair in combinations(group.keys, 2)}


@pytest.mark.parametrize("number", [1, 3])
def test_duplicates_are_found_and_certain_ones_are_right(number: int):
    cards, who = febrl(number)
    groups, truth = duplicates(cards), true_pairs(who)
    certain, shown = proposed(groups, Band.CERTAIN), proposed(groups, Band.CERTAIN, Band.REVIEW)
    assert len(certain & truth) / len(certain) >= 0.995
    assert len(certain & truth) / len(truth) >= 0.65
    assert len(shown & truth) / len(truth) >= 0.92
    assert len(shown & truth) / len(shown) >= 0.9


def test_few_data_find_fewer_and_stay_right():
    cards, who = fake1000()
    groups, truth = duplicates(cards), true_pairs(who)
    certain, shown = proposed(groups, Band.CERTAIN), proposed(groups, Band.CERTAIN, Band.REVIEW)
    assert len(certain & truth) / len(certain) >= 0.98
    assert len(shown & truth) / len(shown) >= 0.95
    assert len(shown & truth) / len(truth) >= 0.5


def test_people_who_share_mails_are_each_found_again():
    cards = osdi()
    found = match(cards, cards)
    assert {key: (one.band, one.candidates[0].key) for key, one in found.items()} == {
        card.key: (Band.CERTAIN, card.key) for card in cards
    }


def test_the_rest_of_a_household_is_never_joined_to_those_who_are_known():
    cards = osdi()
    found = match(cards[::2], cards[1::2])
    bands = [one.band for one in found.values()]
    assert bands.count(Band.CERTAIN) == 0
    assert bands.count(Band.REVIEW) < 0.06 * len(bands)
