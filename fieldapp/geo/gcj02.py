"""WGS-84 to GCJ-02 and back.

Chinese internet maps draw positions shifted by tens to hundreds of metres. Everything here is stored in
WGS-84; this shift is applied only where a position goes to such a screen or comes from an import that
says so. Outside the mainland's bounding box nothing is shifted.
"""

from __future__ import annotations

from math import cos, pi, sin, sqrt

_AXIS = 6378245.0
_ECCENTRICITY_SQUARED = 0.00669342162296594323
_WEST, _EAST, _SOUTH, _NORTH = 72.004, 137.8347, 0.8293, 55.8271
_CLOSE_ENOUGH = 1e-10
_ROUNDS_MAX = 30
_SHIFT_MAX = 0.1
"""No shift is larger, in degrees, anywhere in or near the box."""


def is_shifted(lon: float, lat: float, margin: float = 0.0) -> bool:
    """Whether maps shift a position here at all (the usual bounding box, wider by ``margin`` degrees)."""
    inside_lon = _WEST - margin <= lon <= _EAST + margin
    return inside_lon and _SOUTH - margin <= lat <= _NORTH + margin


def to_gcj02(lon: float, lat: float) -> tuple[float, float]:
    """Where a Chinese internet map draws a WGS-84 position."""
    if not is_shifted(lon, lat):
        return lon, lat
    d_lon, d_lat = _shift(lon, lat)
    return lon + d_lon, lat + d_lat


def to_wgs84(lon: float, lat: float) -> tuple[float, float]:
    """The WGS-84 position behind a GCJ-02 one, by fixed-point iteration, to well under 1e-7 degrees."""
    if not (
        _WEST - _SHIFT_MAX <= lon <= _EAST + _SHIFT_MAX and _SOUTH - _SHIFT_MAX <= lat <= _NORTH + _SHIFT_MAX
    ):
        return lon, lat
    found_lon, found_lat = lon, lat
    for _ in range(_ROUNDS_MAX):
        d_lon, d_lat = _shift(found_lon, found_lat)
        step = max(abs(lon - d_lon - found_lon), abs(lat - d_lat - found_lat))
        found_lon, found_lat = lon - d_lon, lat - d_lat
        if step < _CLOSE_ENOUGH:
            break
    if is_shifted(found_lon, found_lat):
        return found_lon, found_lat
    return lon, lat


def _shift(lon: float, lat: float) -> tuple[float, float]:
    """Shift in degrees (longitude, latitude) at a WGS-84 position."""
    x, y = lon - 105.0, lat - 35.0
    root = sqrt(abs(x))
    ripple = (20.0 * sin(6.0 * x * pi) + 20.0 * sin(2.0 * x * pi)) * 2.0 / 3.0
    d_lat = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + ripple
    d_lat += (20.0 * sin(y * pi) + 40.0 * sin(y / 3.0 * pi)) * 2.0 / 3.0
    d_lat += (160.0 * sin(y / 12.0 * pi) + 320.0 * sin(y * pi / 30.0)) * 2.0 / 3.0
    d_lon = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + ripple
    d_lon += (20.0 * sin(x * pi) + 40.0 * sin(x / 3.0 * pi)) * 2.0 / 3.0
    d_lon += (150.0 * sin(x / 12.0 * pi) + 300.0 * sin(x / 30.0 * pi)) * 2.0 / 3.0
    radians = lat / 180.0 * pi
    magic = 1.0 - _ECCENTRICITY_SQUARED * sin(radians) ** 2
    root_magic = sqrt(magic)
    meridian = _AXIS * (1.0 - _ECCENTRICITY_SQUARED) / (magic * root_magic)
    parallel = _AXIS / root_magic * cos(radians)
    return d_lon * 180.0 / (parallel * pi), d_lat * 180.0 / (meridian * pi)
