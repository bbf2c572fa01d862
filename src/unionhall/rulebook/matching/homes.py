"""A home address as tokens that survive one slip.

Source: docs/rules/matching.md, section 2.
"""

from __future__ import annotations

from unionhall.rulebook.names import address_key, fold


def place_tokens(address: str, city: str = "", zip_code: str = "") -> frozenset[str]:
    """Plain tokens of a home address; the caller hashes them. None where the address is blank.

    Number, street and ZIP code two by two, then all three; the city stands for a ZIP code nobody wrote. So an address
    with one slip still shares a token. A post office box counts as a street.
    """
    words = address_key(address).split()
    number = next((word for word in words if word[0].isdigit()), "")
    street = "".join(word for word in words if not word[0].isdigit())
    area = fold(zip_code)[:5] or fold(city)
    found = set()
    if number and street:
        found.add(f"ns:{number}:{street}")
    if number and area:
        found.add(f"na:{number}:{area}")
    if street and area:
        found.add(f"sa:{street}:{area}")
    if number and street and area:
        found.add(f"nsa:{number}:{street}:{area}")
    return frozenset(found)
