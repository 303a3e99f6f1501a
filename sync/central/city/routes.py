"""Approved routes: polylines along the city's streets from a site to a disposal site."""

from __future__ import annotations

from itertools import pairwise

from sync.central.city.demo import CITY
from sync.central.city.draw import stream
from sync.central.city.ground import LAT_M, LON_M, TURN, to_degrees, turn
from sync.central.city.sites import Site

DISPOSAL_SITES_PER_SITE = 4
"""How many disposal sites a construction site's permits name."""


class Routes:
    """Routes by site, each made once; ``at`` answers a disposal site with the route to it."""

    def __init__(self, seed: int, sites: tuple[Site, ...], disposal_sites: tuple[Site, ...]) -> None:
        self._seed = seed
        self._sites = sites
        self._disposal_sites = disposal_sites
        self._made: dict[tuple[int, int], tuple[str, str]] = {}

    def at(self, site: int, choice: int) -> tuple[str, str]:
        """The key of the site's disposal site number ``choice`` and the route there."""
        found = self._made.get((site, choice))
        if found is None:
            start = self._sites[site]
            goal = self._disposal_sites[(site * 7 + choice * 13) % len(self._disposal_sites)]
            found = goal.key, self._polyline(start, goal)
            self._made[site, choice] = found
        return found

    def _polyline(self, start: Site, goal: Site) -> str:
        """Stairs along the street directions: 4 to 12 points, starting and ending at the two sites."""
        rng = stream(self._seed, f"route {start.key} {goal.key}")
        (x0, y0), (x1, y1) = _along(start), _along(goal)
        points = [(start.lon, start.lat)]
        turns = rng.randrange(1, 6)
        stops = [0.0, *sorted(rng.uniform(0.08, 0.92) for _ in range(turns - 1)), 1.0]
        for before, after in pairwise(stops):
            middle = x0 + (x1 - x0) * (before + after) / 2
            points.append(_degrees(middle, y0 + (y1 - y0) * before))
            points.append(_degrees(middle, y0 + (y1 - y0) * after))
        points.append((goal.lon, goal.lat))
        return ";".join(f"{lon:.6f},{lat:.6f}" for lon, lat in points)


def _along(site: Site) -> tuple[float, float]:
    """Metres along the streets from the city's centre: ``ground.turn`` taken back."""
    return turn((site.lon - CITY.lon) * LON_M, (site.lat - CITY.lat) * LAT_M, -TURN)


def _degrees(x: float, y: float) -> tuple[float, float]:
    return to_degrees(*turn(x, y))
