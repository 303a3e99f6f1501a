"""The way to a place: bearings, and the shortest way along streets against a plain search."""

from __future__ import annotations

from itertools import pairwise
from math import hypot, inf, isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.geo.layers import Point
from fieldapp.geo.way import Streets, bearing, eighth, off_way

CROSS = [[(0.0, 0.0), (100.0, 0.0), (200.0, 0.0)], [(100.0, -100.0), (100.0, 0.0), (100.0, 100.0)]]
spots = st.tuples(st.integers(0, 6), st.integers(0, 6)).map(lambda p: (p[0] * 50.0, p[1] * 50.0))
lines = st.lists(st.lists(spots, min_size=2, max_size=4), min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("goal", "degrees", "wind"),
    [
        ((0, 1), 0, 0),
        ((1, 1), 45, 1),
        ((1, 0), 90, 2),
        ((0, -1), 180, 4),
        ((-1, 0), 270, 6),
        ((-1, 50), 358.85, 0),
    ],
)
def test_bearings_count_clockwise_from_north(goal: Point, degrees: float, wind: int) -> None:
    assert bearing((0, 0), goal) == pytest.approx(degrees, abs=0.01)
    assert eighth(bearing((0, 0), goal)) == wind


def test_way_goes_round_the_corner_and_begins_and_ends_where_asked() -> None:
    way = Streets(CROSS).way((10.0, 5.0), (103.0, 90.0))
    assert way is not None
    assert way.points == ((10.0, 5.0), (10.0, 0.0), (100.0, 0.0), (100.0, 90.0), (103.0, 90.0))
    assert way.length_m == pytest.approx(5 + 90 + 90 + 3)


def test_way_within_one_stretch_of_street_takes_no_detour() -> None:
    way = Streets(CROSS).way((10.0, 0.0), (60.0, 0.0))
    assert way is not None
    assert way.points == ((10.0, 0.0), (60.0, 0.0))


def test_yard_that_hangs_on_no_street_is_left_for_the_nearest_street() -> None:
    yard = [(10.0, 40.0), (20.0, 40.0)]
    way = Streets([*CROSS, yard]).way((12.0, 41.0), (100.0, 90.0))
    assert way is not None
    assert way.points == ((12.0, 41.0), (12.0, 0.0), (100.0, 0.0), (100.0, 90.0))


def test_no_way_where_streets_do_not_lead() -> None:
    apart = Streets([[(0.0, 0.0), (100.0, 0.0)], [(0.0, 5000.0), (100.0, 5000.0)]])
    assert apart.way((0.0, 0.0), (0.0, 5000.0)) is None
    assert apart.way((0.0, 2500.0), (0.0, 0.0)) is None
    assert Streets([]).way((0.0, 0.0), (1.0, 1.0)) is None


@given(lines, spots, spots)
def test_way_is_the_shortest_there_is(given_lines: list[list[Point]], start: Point, goal: Point) -> None:
    """Streets cross only where they share a point, so a search over all points is the measure."""
    streets = Streets(given_lines)
    way, back = streets.way(start, goal), streets.way(goal, start)
    wanted = plain_length(given_lines, streets, start, goal)
    assert (way is None) == (back is None) == (wanted == inf)
    if way is not None and back is not None:
        assert way.points[0] == start
        assert way.points[-1] == goal
        assert way.length_m >= hypot(goal[0] - start[0], goal[1] - start[1]) - 1e-6
        assert isclose(way.length_m, wanted, rel_tol=1e-9, abs_tol=1e-6)
        assert isclose(way.length_m, back.length_m, rel_tol=1e-9, abs_tol=1e-6)


def plain_length(given_lines: list[list[Point]], streets: Streets, start: Point, goal: Point) -> float:
    """Bellman and Ford over every point, with the two feet put in."""
    begin, end = streets.nearest(start), streets.nearest(goal)
    if begin is None or end is None:
        return inf
    if streets._net[begin.leg[0]] != streets._net[end.leg[0]]:
        begin, end = streets.nearest(start, streets._largest), streets.nearest(goal, streets._largest)
    if begin is None or end is None:
        return inf
    legs = {
        (one, other): hypot(one[0] - other[0], one[1] - other[1])
        for line in given_lines
        for pair in pairwise(line)
        for one, other in (pair, pair[::-1])
    }
    ends: dict[tuple[object, object], float] = {}
    for name, foot in (("begin", begin), ("end", end)):
        for corner in ((x / 100.0, y / 100.0) for x, y in foot.leg):
            ends[name, corner] = ends[corner, name] = hypot(foot.at[0] - corner[0], foot.at[1] - corner[1])
    if begin.leg == end.leg:
        ends["begin", "end"] = hypot(begin.at[0] - end.at[0], begin.at[1] - end.at[1])
    far: dict[object, float] = {"begin": 0.0}
    for _ in range(len(legs) + 3):
        for (one, other), length in (*legs.items(), *ends.items()):
            if far.get(one, inf) + length < far.get(other, inf):
                far[other] = far[one] + length
    return begin.off_m + far.get("end", inf) + end.off_m


@given(lines, spots)
def test_nearest_point_of_a_street_is_on_one_and_none_is_nearer(
    given_lines: list[list[Point]], at: Point
) -> None:
    foot = Streets(given_lines).nearest(at)
    real = [line for line in given_lines if len(set(line)) > 1]
    assert (foot is None) == (not real)
    if foot is not None:
        assert foot.off_m == pytest.approx(min(off_way(line, at) for line in real), abs=1e-6)
