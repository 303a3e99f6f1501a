"""Zones that muck trucks must keep out of, at some hours or always; some have ended or not begun."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date, timedelta

from sync.central.city.draw import read_json, stream
from sync.central.city.ground import LAT_M, LON_M, Cell
from sync.contract.tables import Row

CORNERS = 10


def prohibited_zone_rows(seed: int, ground: tuple[Cell, ...], today: date) -> Iterator[Row]:
    """The rows of table ``prohibited_zone``: uneven rings around a cell of the named street."""
    rng = stream(seed, "prohibited zone")
    for number, zone in enumerate(read_json("city", "zones.json")["zones"], start=1):
        centre = rng.choice([cell for cell in ground if cell.street == zone["street"]])
        points = []
        for corner in range(CORNERS):
            angle, reach = math.tau * corner / CORNERS, zone["radius"] * rng.uniform(0.8, 1.2)
            lon = centre.lon + reach * math.cos(angle) / LON_M
            lat = centre.lat + reach * math.sin(angle) / LAT_M
            points.append(f"{lon:.6f},{lat:.6f}")
        ends = zone["to"]
        yield {
            "zone_id": f"JX{number:03d}",
            "name": zone["name"],
            "ring": ";".join([*points, points[0]]),
            "windows": zone["windows"],
            "day_kinds": zone["day_kinds"],
            "valid_from": (today + timedelta(days=zone["from"])).isoformat(),
            "valid_to": "" if ends == "" else (today + timedelta(days=ends)).isoformat(),
            "reason": zone["reason"],
        }
