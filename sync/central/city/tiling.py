"""Cut a rectangle of small squares into streets, communities and cells, all in whole numbers.

Splitting rectangles into rectangles leaves no gap and no overlap, and keeps every street and community in
one piece. Where cells do not meet corner to corner, the corner of one lies in a neighbour's side: both
take it into their rings (see ``ground``), so that they still share every vertex.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeVar

Item = TypeVar("Item")


class Block(NamedTuple):
    """A rectangle of lattice squares: from (x0, y0) up to (x1, y1)."""

    x0: int
    y0: int
    x1: int
    y1: int

    @property
    def area(self) -> int:
        """How many squares it holds."""
        return (self.x1 - self.x0) * (self.y1 - self.y0)

    def cut(self, share: float) -> tuple[Block, Block]:
        """Two parts across the longer side, the first holding about ``share`` of the whole."""
        wide, high = self.x1 - self.x0, self.y1 - self.y0
        length = max(wide, high)
        at = min(length - 1, max(1, round(length * share)))
        if wide >= high:
            middle = self.x0 + at
            return Block(self.x0, self.y0, middle, self.y1), Block(middle, self.y0, self.x1, self.y1)
        middle = self.y0 + at
        return Block(self.x0, self.y0, self.x1, middle), Block(self.x0, middle, self.x1, self.y1)


def allot(block: Block, items: Sequence[tuple[Item, float]]) -> Iterator[tuple[Item, Block]]:
    """Give every (item, weight) a part of the block about as large as its weight, in order."""
    if len(items) == 1:
        yield items[0][0], block
        return
    total = sum(weight for _, weight in items)
    before, best = 0.0, (total, 1, 0.5)
    for count, (_, weight) in enumerate(items[:-1], start=1):
        before += weight
        best = min(best, (abs(total - 2 * before), count, before / total))
    _, count, share = best
    first, second = block.cut(share)
    yield from allot(first, items[:count])
    yield from allot(second, items[count:])


def cells_of(block: Block, rng: random.Random) -> Iterator[Block]:
    """Cut a community into cells of about four squares, as irregular as city blocks are."""
    if block.area <= 4 or (block.area <= 6 and rng.random() < 0.45):
        yield block
        return
    first, second = block.cut(0.38 + 0.24 * rng.random())
    yield from cells_of(first, rng)
    yield from cells_of(second, rng)
