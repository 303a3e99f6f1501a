"""Carriers: invented names, among them very long ones, with well-formed unified social credit codes."""

from __future__ import annotations

from collections.abc import Iterator

from sync.central.city.draw import Shuffle, read_json, stream
from sync.central.city.ground import Cell
from sync.central.city.initials import initials
from sync.central.city.sites import street_address
from sync.contract.codes import credit_check_character
from sync.contract.tables import Row

LONG_EVERY = 40
"""One company in so many has a name that no narrow column holds."""

PARTS = ("trades", "cities", "first", "second")
"""Of a name, the one that differs most between neighbours first."""

_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_DIVISIONS = ("440306", "440300", "441900", "441302", "440100", "442000")


def company_id(index: int) -> str:
    """The key of the company at ``index``."""
    return f"C{index + 1:06d}"


def credit_code(index: int) -> str:
    """A credit code no other company here has, right in both check characters (GB 11714, GB 32100)."""
    body = f"MA5{(index * 7_919 + 10_007) % 100_000:05d}"
    value = sum(int(c, 36) * weight for c, weight in zip(body, _WEIGHTS, strict=True))
    check = "0123456789X"[-value % 11]
    first_17 = f"91{_DIVISIONS[(index // 100_000 + index) % len(_DIVISIONS)]}{body}{check}"
    return first_17 + credit_check_character(first_17)


class CompanyNames:
    """Names by index, none twice."""

    def __init__(self, seed: int) -> None:
        self._words: dict[str, list[str]] = read_json("city", "words.json")["company"]
        sizes = [len(self._words[part]) for part in PARTS]
        self._order = Shuffle(sizes[0] * sizes[1] * sizes[2] * sizes[3], stream(seed, "company names"))

    def at(self, index: int) -> str:
        """The name of the company at ``index``."""
        words, left = self._words, self._order.at(index)
        parts: dict[str, str] = {}
        for part in PARTS:
            left, at = divmod(left, len(words[part]))
            parts[part] = words[part][at]
        brand = parts["cities"] + parts["first"] + parts["second"]
        if index % LONG_EVERY == LONG_EVERY - 1:
            turn = index // LONG_EVERY
            tails, trades = words["long_tails"], words["long_trades"]
            return brand + trades[turn % len(trades)] + tails[turn // len(trades) % len(tails)]
        return brand + parts["trades"] + words["forms"][index % len(words["forms"])]


def company_rows(seed: int, count: int, ground: tuple[Cell, ...]) -> Iterator[Row]:
    """The rows of table ``company``."""
    rng = stream(seed, "company")
    names = CompanyNames(seed)
    roads = read_json("city", "words.json")
    for index in range(count):
        cell = ground[int(rng.random() * len(ground))]
        yield {
            "company_id": company_id(index),
            "name": (name := names.at(index)),
            "credit_code": credit_code(index),
            "address": street_address(cell, rng, roads),
            "initials": initials(name),
        }
