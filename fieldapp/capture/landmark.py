"""A site close to a place, by which people find it."""

from __future__ import annotations

from fieldapp.capture.desk import Desk
from fieldapp.geo.plane import LocalPlane
from sync.contract.records import Place

NEAR_M = 300.0


def nearest_landmark(desk: Desk, place: Place) -> tuple[str, int] | None:
    """The construction or disposal site nearest to a place and its distance in metres, if near at all."""
    if place.lon is None or place.lat is None:
        return None
    plane = LocalPlane(place.lon, place.lat)
    best: tuple[float, str] | None = None
    for row in (*desk.reference.sites(), *desk.reference.disposal_sites()):
        if not isinstance(row["lon"], int | float) or not isinstance(row["lat"], int | float):
            continue
        east, north = plane.to_metres(float(row["lon"]), float(row["lat"]))
        metres = (east * east + north * north) ** 0.5
        if metres <= NEAR_M and row["name"] and (best is None or (metres, str(row["name"])) < best):
            best = metres, str(row["name"])
    return None if best is None else (best[1], max(10, 10 * round(best[0] / 10)))
