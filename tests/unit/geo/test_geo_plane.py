"""Distances and the plane of a small area."""

from __future__ import annotations

import pytest

from fieldapp.geo.distance import metres_between
from fieldapp.geo.plane import LocalPlane


def test_known_distance_along_the_ellipsoid() -> None:
    assert metres_between(0, 0, 1, 0) == pytest.approx(111_319.491, abs=0.01)
    assert metres_between(0, 0, 0, 1) == pytest.approx(110_574.389, abs=0.01)


@pytest.mark.parametrize("centre", [(114.0579, 22.5431), (-70.6693, -33.4489), (25.0, 68.0)])
def test_plane_agrees_with_the_ellipsoid_around_its_centre(centre: tuple[float, float]) -> None:
    plane = LocalPlane(*centre)
    for east, north in ((5000.0, 0.0), (0.0, -5000.0), (3000.0, 4000.0)):
        there = plane.to_degrees(east, north)
        assert metres_between(*centre, *there) == pytest.approx(5000, rel=1.5e-3)
        assert plane.to_metres(*there) == pytest.approx((east, north), abs=1e-6)


def test_date_line_is_crossed_the_short_way() -> None:
    plane = LocalPlane(179.999, 0.0)
    east, _ = plane.to_metres(-179.999, 0.0)
    assert east == pytest.approx(222.6, abs=0.1)
    assert plane.to_degrees(east, 0.0)[0] == pytest.approx(-179.999)
