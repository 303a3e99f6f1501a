"""Distances on the ground, in metres along the WGS-84 ellipsoid."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from geopy.distance import geodesic

_geodesic: Callable[[tuple[float, float], tuple[float, float]], Any] = geodesic


FAR_M = 300.0
"""Further from a case's place than this, an arrival says so."""


def surely_far(metres: float, accuracy_m: float | None) -> bool:
    """Whether a position so far away is not the place, however wrong it may be."""
    return metres - (accuracy_m or 0.0) > FAR_M


def metres_between(lon_a: float, lat_a: float, lon_b: float, lat_b: float) -> float:
    """Length of the shortest way between two positions."""
    return float(_geodesic((lat_a, lon_a), (lat_b, lon_b)).m)
