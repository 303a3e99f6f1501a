"""Whether a position lies in a closed ring, decided exactly: border included, no epsilon.

The sign of a cross product near zero is worked out in fractions, since floats are exact numbers. So two
neighbours that share an edge never both miss a position, and never disagree about whose side it is on.
Crossing numbers after Hormann and Agathos, "The point in polygon problem", 2001.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

Point = tuple[float, float]
_DOUBT = 1e-15
"""A cross product smaller than this share of its terms has a sign that rounding may have made."""


def lies_in(ring: Sequence[Point], x: float, y: float) -> bool:
    """Inside, or on the border. The ring's last point repeats its first."""
    within = False
    for (ax, ay), (bx, by) in pairwise(ring):
        if (ay > y) == (by > y) and y not in (ay, by):
            continue
        side = _side(ax, ay, bx, by, x, y)
        if side == 0 and min(ax, bx) <= x <= max(ax, bx) and min(ay, by) <= y <= max(ay, by):
            return True
        if (ay > y) != (by > y) and (side > 0) == (by > ay):
            within = not within
    return within


def _side(ax: float, ay: float, bx: float, by: float, x: float, y: float) -> int:
    """1 where the point lies left of a → b, -1 right of it, 0 on the line."""
    left, right = (bx - ax) * (y - ay), (by - ay) * (x - ax)
    if abs(left - right) > 8 * _DOUBT * (abs(left) + abs(right)) + _DOUBT * _DOUBT:
        return 1 if left > right else -1
    a, b, c, d, e, f = map(Fraction, (ax, ay, bx, by, x, y))
    exact = (c - a) * (f - b) - (d - b) * (e - a)
    return (exact > 0) - (exact < 0)
