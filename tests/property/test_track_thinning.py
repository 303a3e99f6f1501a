"""The thinned track stays by what was walked: within its bound, in order, never longer; cells count once."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from fieldapp.geo.track import (
    STILL_MAX_M,
    Thinner,
    TrackLimits,
    cells_along,
    coverage,
    is_leap,
    length_m,
    off_line,
)
from sync.contract.track import TrackPoint

LIMITS = TrackLimits()
steps = st.lists(
    st.tuples(st.floats(0.5, 20.0), st.floats(-1e-4, 1e-4), st.floats(-1e-4, 1e-4), st.floats(1.0, 50.0)),
    max_size=80,
)


def walked(moves: list[tuple[float, float, float, float]]) -> list[TrackPoint]:
    after_s, lon, lat = 0.0, 113.9, 22.6
    points = [TrackPoint(0.0, lon, lat, 5.0)]
    for seconds, east, north, accuracy in moves:
        after_s, lon, lat = after_s + seconds, lon + east, lat + north
        points.append(TrackPoint(after_s, lon, lat, accuracy))
    return points


def thinned(points: list[TrackPoint]) -> list[TrackPoint]:
    thinner = Thinner(LIMITS)
    kept = [one for point in points for one in thinner.add(point)]
    return kept + thinner.finish()


@given(steps)
def test_every_fix_lies_within_the_bound_of_the_thinned_line(
    moves: list[tuple[float, float, float, float]],
) -> None:
    points = walked(moves)
    line = thinned(points)
    legs = list(pairwise(line)) or [(line[0], line[0])]
    bound = LIMITS.bound_m + STILL_MAX_M + 0.1
    for point in points:
        assert min(off_line(point, start, end) for start, end in legs) <= bound


@given(steps)
def test_thinned_line_is_in_order_begins_where_it_began_and_is_never_longer(
    moves: list[tuple[float, float, float, float]],
) -> None:
    points = walked(moves)
    line = thinned(points)
    assert line[0] == points[0]
    assert all(a.after_s < b.after_s for a, b in pairwise(line))
    assert {one.after_s for one in line} <= {one.after_s for one in points}
    assert length_m(line) <= length_m(points) * 1.001 + 0.1


@given(st.lists(st.tuples(st.floats(-2e-5, 2e-5), st.floats(-2e-5, 2e-5)), min_size=1, max_size=200))
def test_somebody_who_stands_still_walks_no_metre(jitter: list[tuple[float, float]]) -> None:
    points = [
        TrackPoint(float(n), 113.9 + east, 22.6 + north, 10.0) for n, (east, north) in enumerate(jitter)
    ]
    line = thinned(points)
    assert length_m(line) == 0.0
    assert len(line) <= 2 + len(jitter) / LIMITS.hold_s


def test_straight_walk_needs_few_points_and_a_turn_is_kept() -> None:
    east = [TrackPoint(float(n), 113.9 + n * 1.2e-5, 22.6, 4.0) for n in range(60)]
    corner = east[-1]
    north = [TrackPoint(60.0 + n, corner.lon, 22.6 + n * 1.2e-5, 4.0) for n in range(60)]
    line = thinned(east + north)
    assert len(line) <= 8
    assert min(off_line(corner, one, one) for one in line) <= LIMITS.bound_m + 7
    assert abs(length_m(line) - length_m(east + north)) <= 12


def test_leap_of_the_receiver_is_none_but_a_fast_car_is_no_leap() -> None:
    here = TrackPoint(0.0, 113.9, 22.6, 5.0)
    assert is_leap(here, TrackPoint(1.0, 113.92, 22.6, 5.0), LIMITS)
    assert not is_leap(here, TrackPoint(1.0, 113.9003, 22.6, 5.0), LIMITS)
    assert not is_leap(here, TrackPoint(60.0, 113.92, 22.6, 5.0), LIMITS)


codes = st.lists(st.integers(0, 30).map(lambda n: f"440306001001{n:03}"), max_size=40)


@given(codes, codes)
def test_coverage_counts_each_own_cell_once_and_lies_between_none_and_all(
    passed: list[str], grid: list[str]
) -> None:
    found = coverage(passed, grid)
    assert 0 <= found.walked <= found.cells == len(set(grid))
    assert 0 <= found.share <= 1
    assert coverage(passed + passed, grid + grid) == found
    assert coverage(grid, grid).walked == found.cells
    assert coverage([], grid).walked == 0


@given(steps)
def test_cells_of_a_line_are_those_of_its_parts_and_none_comes_twice(
    moves: list[tuple[float, float, float, float]],
) -> None:
    line = walked(moves)

    def locate(lon: float, lat: float) -> str | None:
        return None if lat > 22.6005 else f"{int(lon * 1e4)}-{int(lat * 1e4)}"

    cells = cells_along(line, locate)
    assert len(set(cells)) == len(cells)
    middle = len(line) // 2
    parts = cells_along(line[: middle + 1], locate) + cells_along(line[middle:], locate)
    assert set(parts) == set(cells)
    ends = {locate(line[0].lon, line[0].lat), locate(line[-1].lon, line[-1].lat)} - {None}
    assert ends <= set(cells)
