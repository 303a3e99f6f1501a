"""A small area as a plane: metres east and north of a centre, for drawing and for short distances.

Within 10 km of the centre lengths are right to about one in a thousand, which is finer than a finger.
"""

from __future__ import annotations

from math import cos, pi, radians, sin, sqrt

_AXIS = 6378137.0
_ECCENTRICITY_SQUARED = 0.00669437999014


class LocalPlane:
    """Equirectangular plane around a centre, with the ellipsoid's two radii there."""

    def __init__(self, lon: float, lat: float) -> None:
        self.lon = lon
        self.lat = lat
        root = sqrt(1.0 - _ECCENTRICITY_SQUARED * sin(radians(lat)) ** 2)
        self.metres_per_degree_lat = pi / 180 * _AXIS * (1.0 - _ECCENTRICITY_SQUARED) / root**3
        self.metres_per_degree_lon = pi / 180 * _AXIS / root * max(cos(radians(lat)), 1e-9)

    def to_metres(self, lon: float, lat: float) -> tuple[float, float]:
        """Metres (east, north) of the centre; the short way round where the date line lies between."""
        east = (lon - self.lon + 180.0) % 360.0 - 180.0
        return east * self.metres_per_degree_lon, (lat - self.lat) * self.metres_per_degree_lat

    def to_degrees(self, east: float, north: float) -> tuple[float, float]:
        """Position (longitude, latitude) of a point of the plane."""
        lon = self.lon + east / self.metres_per_degree_lon
        return (lon + 180.0) % 360.0 - 180.0, self.lat + north / self.metres_per_degree_lat
