"""Where things happen on a played day: places of the demo city, its classes, and one grid for all tablets."""

from __future__ import annotations

import random

import msgspec

from fieldapp.capture.desk import Desk, Locate
from fieldapp.capture.locating import ring_of
from sync.contract.records import Place, PlaceSource

FAR_DEGREES = 0.5
"""Some fifty kilometres: what a receiver says that has caught a wrong fix."""
EVERY_NTH_CELL = 40


class Ground(msgspec.Struct, frozen=True):
    """What a person may draw from."""

    places: tuple[tuple[float, float], ...]
    classes: tuple[str, ...]
    locate: Locate

    def somewhere(self, chance: random.Random) -> Place:
        """A place in the city as a receiver tells it."""
        return near(*chance.choice(self.places), chance)


def ground_of(desk: Desk) -> Ground:
    """The ground as one filled tablet knows it."""
    corners = (ring_of(row)[0] for row in list(desk.reference.grid_cells())[::EVERY_NTH_CELL])
    classes = (str(row["class_code"]) for row in desk.reference.classes() if "-" in str(row["class_code"]))
    desk.locate(0.0, 0.0)  # build the index before several threads ask it
    return Ground(tuple(corners), tuple(classes), desk.locate)


def near(lon: float, lat: float, chance: random.Random) -> Place:
    """A fix within some ten metres."""
    east, north = chance.uniform(-1e-4, 1e-4), chance.uniform(-1e-4, 1e-4)
    return Place(PlaceSource.REPLAY, lon + east, lat + north, chance.choice((3.0, 5.0, 12.0)))


def far_off(place: Place) -> Place:
    """The same fix, fifty kilometres off."""
    return msgspec.structs.replace(place, lon=(place.lon or 0.0) + FAR_DEGREES)
