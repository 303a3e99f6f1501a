"""The way to a place: how far and in which direction, and along which streets where there are any.

    lines of streets → graph of crossings and bends → A* between the two nearest points of streets

Pure, in metres of one plane. On foot every street leads both ways and all are equally good.
"""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from heapq import heappop, heappush
from math import atan2, degrees, hypot

import msgspec

from fieldapp.geo.layers import BoxIndex, Point

SNAP_M = 600.0
"""A place farther from every street than that is not led to along streets."""
_NEAREST_FIRST = (60.0, 200.0, SNAP_M)
_GRAIN = 100.0
"""Ends nearer to each other than a centimetre are one crossing."""

Node = tuple[int, int]
Leg = tuple[Node, Node]


class Way(msgspec.Struct, frozen=True):
    """Points from the start to the goal, both included, and the length with the steps to and from streets."""

    points: tuple[Point, ...]
    length_m: float


class Foot(msgspec.Struct, frozen=True):
    """The nearest point of a street."""

    at: Point
    leg: Leg
    off_m: float


class Streets:
    """The streets of one city, ready to find ways along."""

    def __init__(self, lines: Iterable[Sequence[Point]]) -> None:
        self._places: dict[Node, Point] = {}
        self._next: dict[Node, dict[Node, float]] = defaultdict(dict)
        for line in lines:
            nodes = [self._node(at) for at in line]
            for one, other in itertools.pairwise(nodes):
                if one != other:
                    length = _far(self._places[one], self._places[other])
                    self._next[one][other] = self._next[other][one] = length
        self._net = self._nets()
        self._largest = next((net for net, _ in Counter(self._net.values()).most_common(1)), None)
        legs = [(one, other) for one, ends in self._next.items() for other in ends if one < other]
        self._legs = BoxIndex((_box(self._places[a], self._places[b]), (a, b)) for a, b in legs)

    def _nets(self) -> dict[Node, Node]:
        """Every node with the one that stands for all that hang together with it."""
        net: dict[Node, Node] = {}
        for first in self._next:
            if first in net:
                continue
            net[first], todo = first, [first]
            while todo:
                for other in self._next[todo.pop()]:
                    if other not in net:
                        net[other] = first
                        todo.append(other)
        return net

    def __len__(self) -> int:
        return len(self._legs)

    def nearest(self, at: Point, net: Node | None = None) -> Foot | None:
        """The nearest point of any street, or of one net of them; None where there is none within reach."""
        for reach in _NEAREST_FIRST:
            box = at[0] - reach, at[1] - reach, at[0] + reach, at[1] + reach
            legs = self._legs.within(box)
            feet = (self._foot(at, leg) for leg in legs if net is None or self._net[leg[0]] == net)
            best = min(feet, key=lambda foot: (foot.off_m, foot.leg), default=None)
            if best is not None and best.off_m <= reach:
                return best
        return None

    def way(self, start: Point, goal: Point) -> Way | None:
        """The shortest way along streets; None where streets do not lead there.

        A yard that hangs on no street is left for the nearest street of the city's one large net.
        """
        begin, end = self.nearest(start), self.nearest(goal)
        if begin is not None and end is not None and self._net[begin.leg[0]] != self._net[end.leg[0]]:
            begin, end = self.nearest(start, self._largest), self.nearest(goal, self._largest)
        if begin is None or end is None:
            return None
        if begin.leg == end.leg:
            return _along((start, begin.at, end.at, goal))
        nodes = self._search(begin, end)
        if nodes is None:
            return None
        return _along((start, begin.at, *(self._places[node] for node in nodes), end.at, goal))

    def _search(self, begin: Foot, end: Foot) -> list[Node] | None:
        """A* from either end of the leg one stands on to either end of the one that is wanted."""
        last = {node: _far(self._places[node], end.at) for node in end.leg}
        best: dict[Node, float] = {}
        came: dict[Node, Node] = {}
        queue: list[tuple[float, float, Node, Node]] = []
        for node in begin.leg:
            walked = _far(begin.at, self._places[node])
            heappush(queue, (walked + _far(self._places[node], end.at), walked, node, node))
        found: tuple[float, Node] | None = None
        while queue:
            guess, walked, node, before = heappop(queue)
            if found is not None and guess >= found[0]:
                break
            if walked >= best.get(node, float("inf")):
                continue
            best[node], came[node] = walked, before
            if node in last and (found is None or walked + last[node] < found[0]):
                found = walked + last[node], node
            for other, length in self._next[node].items():
                further = walked + length
                if further < best.get(other, float("inf")):
                    left = _far(self._places[other], end.at)
                    heappush(queue, (further + left, further, other, node))
        return None if found is None else _back(came, found[1])

    def _node(self, at: Point) -> Node:
        node = round(at[0] * _GRAIN), round(at[1] * _GRAIN)
        self._places.setdefault(node, at)
        return node

    def _foot(self, at: Point, leg: Leg) -> Foot:
        (ax, ay), (bx, by) = self._places[leg[0]], self._places[leg[1]]
        square = (bx - ax) ** 2 + (by - ay) ** 2
        share = ((at[0] - ax) * (bx - ax) + (at[1] - ay) * (by - ay)) / square if square else 0.0
        share = min(max(share, 0.0), 1.0)
        on = ax + share * (bx - ax), ay + share * (by - ay)
        return Foot(on, leg, _far(at, on))


def bearing(start: Point, goal: Point) -> float:
    """Degrees from north, clockwise, 0 up to 360; 0 for the place itself."""
    return degrees(atan2(goal[0] - start[0], goal[1] - start[1])) % 360.0


def eighth(direction: float) -> int:
    """Which of the eight winds: 0 is north, 2 east, 4 south, 6 west."""
    return round(direction / 45.0) % 8


def off_way(points: Sequence[Point], at: Point) -> float:
    """How far a place is from a line, in metres."""
    if len(points) < 2:
        return float("inf")
    best = float("inf")
    for (ax, ay), (bx, by) in itertools.pairwise(points):
        square = (bx - ax) ** 2 + (by - ay) ** 2
        share = ((at[0] - ax) * (bx - ax) + (at[1] - ay) * (by - ay)) / square if square else 0.0
        share = min(max(share, 0.0), 1.0)
        best = min(best, hypot(at[0] - ax - share * (bx - ax), at[1] - ay - share * (by - ay)))
    return best


def _along(points: Sequence[Point]) -> Way:
    """A way through points, each once."""
    kept: list[Point] = []
    for at in points:
        if not kept or at != kept[-1]:
            kept.append(at)
    return Way(tuple(kept), sum(_far(a, b) for a, b in itertools.pairwise(kept)))


def _back(came: dict[Node, Node], node: Node) -> list[Node]:
    """The nodes on the way; the first one came from itself."""
    line = [node]
    while (before := came[line[-1]]) != line[-1]:
        line.append(before)
    return line[::-1]


def _far(one: Point, other: Point) -> float:
    return hypot(one[0] - other[0], one[1] - other[1])


def _box(one: Point, other: Point) -> tuple[float, float, float, float]:
    return min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1])
