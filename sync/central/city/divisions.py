"""The district's streets and communities with their statistical codes, from the shipped list."""

from __future__ import annotations

import msgspec

from sync.central.city.draw import read_json


class Community(msgspec.Struct, frozen=True):
    """A community: ``code`` has 12 digits, the first 12 of its grid cells' codes."""

    code: str
    name: str


class Street(msgspec.Struct, frozen=True):
    """A street (街道) and its communities."""

    code: str
    name: str
    communities: tuple[Community, ...]


def load_streets() -> tuple[Street, ...]:
    """The streets in the order of their codes; communities are named without their committee (居委会)."""
    return tuple(
        Street(
            street["code"],
            street["name"],
            tuple(Community(c["code"], c["name"].removesuffix("居委会")) for c in street["communities"]),
        )
        for street in read_json("city", "divisions_440306.json")["streets"]
    )
