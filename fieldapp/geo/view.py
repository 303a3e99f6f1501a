"""What part of the plane a map shows: pure arithmetic between metres and pixels.

Pixels count from the top left of the item, metres east and north of the plane's centre.
"""

from __future__ import annotations

import math

import msgspec

from fieldapp.geo.layers import Box, Point

CLOSEST = 0.15
"""Metres per pixel beyond which zooming in shows nothing more."""
FARTHEST = 120.0


class View(msgspec.Struct, frozen=True):
    """The centre of the map, how many metres a pixel stands for, and the item's size."""

    east: float = 0.0
    north: float = 0.0
    mpp: float = 10.0
    width: float = 1.0
    height: float = 1.0

    def to_screen(self, at: Point) -> Point:
        """Pixels of a point of the plane."""
        return (
            (at[0] - self.east) / self.mpp + self.width / 2,
            (self.north - at[1]) / self.mpp + self.height / 2,
        )

    def to_ground(self, x: float, y: float) -> Point:
        """The point of the plane under a pixel."""
        return (
            self.east + (x - self.width / 2) * self.mpp,
            self.north - (y - self.height / 2) * self.mpp,
        )

    def box(self, margin: float = 0.0) -> Box:
        """What is in sight, ``margin`` pixels more on each side."""
        across, up = (self.width / 2 + margin) * self.mpp, (self.height / 2 + margin) * self.mpp
        return self.east - across, self.north - up, self.east + across, self.north + up

    def panned(self, dx: float, dy: float) -> View:
        """The map moved along with a finger by so many pixels."""
        return msgspec.structs.replace(self, east=self.east - dx * self.mpp, north=self.north + dy * self.mpp)

    def zoomed(self, factor: float, x: float, y: float) -> View:
        """``factor`` times closer (below 1: farther), the ground under a pixel staying there."""
        mpp = min(max(self.mpp / factor, CLOSEST), FARTHEST)
        under = self.to_ground(x, y)
        return msgspec.structs.replace(
            self,
            mpp=mpp,
            east=under[0] - (x - self.width / 2) * mpp,
            north=under[1] + (y - self.height / 2) * mpp,
        )

    def sized(self, width: float, height: float) -> View:
        """The same centre in an item of another size."""
        return msgspec.structs.replace(self, width=max(width, 1.0), height=max(height, 1.0))

    def centred(self, at: Point, mpp: float | None = None) -> View:
        """A point in the middle, at another scale when one is given."""
        scale = self.mpp if mpp is None else min(max(mpp, CLOSEST), FARTHEST)
        return msgspec.structs.replace(self, east=at[0], north=at[1], mpp=scale)

    def fitted(self, box: Box, free: Box | None = None, margin: float = 24.0) -> View:
        """All of a box in sight, as large as can be; within ``free`` (left, top, right, bottom), if given."""
        left, top, right, bottom = free or (0.0, 0.0, self.width, self.height)
        wide = max(box[2] - box[0], 1.0) / max(right - left - 2 * margin, 1.0)
        high = max(box[3] - box[1], 1.0) / max(bottom - top - 2 * margin, 1.0)
        whole = self.centred(((box[0] + box[2]) / 2, (box[1] + box[3]) / 2), max(wide, high))
        return whole.panned((left + right - self.width) / 2, (top + bottom - self.height) / 2)

    def kept_near(self, box: Box) -> View:
        """The centre held within a box, so that nobody gets lost beside the map."""
        return msgspec.structs.replace(
            self,
            east=min(max(self.east, box[0]), box[2]),
            north=min(max(self.north, box[1]), box[3]),
        )


def scale_bar(mpp: float, longest_px: float) -> tuple[float, float]:
    """A round length (1, 2 or 5 times a power of ten) that fits: its metres and its pixels."""
    most = mpp * max(longest_px, 1.0)
    power = 10.0 ** math.floor(math.log10(most))
    metres = next(power * step for step in (5, 2, 1) if power * step <= most * (1 + 1e-9))
    return metres, metres / mpp
