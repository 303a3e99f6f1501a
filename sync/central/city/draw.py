"""Chance with a seed: every table draws from its own stream, so that each can be made without the others."""

from __future__ import annotations

import json
import random
from bisect import bisect
from collections.abc import Sequence
from itertools import accumulate
from math import gcd
from typing import Any, Generic, TypeVar

from sync.resources import resource

Item = TypeVar("Item")


def stream(seed: int, name: str) -> random.Random:
    """The stream of chance that belongs to ``name``."""
    return random.Random(f"{seed}:{name}")


def read_json(*parts: str) -> Any:
    """The content of a shipped JSON file."""
    return json.loads(resource(*parts).read_text(encoding="utf-8"))


class Weighted(Generic[Item]):
    """A choice of items by weight from one number in [0, 1)."""

    def __init__(self, choices: Sequence[tuple[Item, float]]) -> None:
        self._items = [item for item, _ in choices]
        self._bounds = list(accumulate(weight for _, weight in choices))

    def at(self, chance: float) -> Item:
        """The item that ``chance`` falls on."""
        return self._items[bisect(self._bounds, chance * self._bounds[-1])]


class Shuffle:
    """A fixed one-to-one mapping of ``range(size)`` onto itself that needs no memory."""

    def __init__(self, size: int, rng: random.Random) -> None:
        self.size = size
        self._shift = rng.randrange(size)
        factor = int(size * 0.6180339887) + rng.randrange(max(1, size // 50))
        while gcd(factor, size) != 1:
            factor += 1
        self._factor = factor

    def at(self, index: int) -> int:
        """The number that stands at ``index``; indexes past the end start again."""
        return (index * self._factor + self._shift) % self.size
