"""How many more photos there is room for: free space less the reserve, by what photos came to lately.

Pure. A photo counts with all its files (original, thumbnail, stamped picture) and what the database grows by.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from sync.replica.folder import RESERVE_BYTES

USUAL_PHOTO_BYTES = 6_000_000
"""What a photo is taken for until some have been made on this tablet."""
ROW_BYTES = 20_000
"""What a photo adds to database, journal and folders beside its files."""
LATELY = 30
"""How many of the newest photos are looked at."""
_WEIGHT = 0.2


class Room(msgspec.Struct, frozen=True):
    """Free space and what a photo takes of it."""

    free_bytes: int
    photo_bytes: int = USUAL_PHOTO_BYTES
    reserve_bytes: int = RESERVE_BYTES

    @property
    def photos(self) -> int:
        """How many more there is room for before the reserve is touched."""
        return max(0, (self.free_bytes - self.reserve_bytes) // max(1, self.photo_bytes))


def photo_bytes(sizes: Iterable[int], usual: int = USUAL_PHOTO_BYTES) -> int:
    """A running mean of what photos took, oldest first, that leans towards the newest."""
    mean: float | None = None
    for size in sizes:
        mean = float(size) if mean is None else mean + _WEIGHT * (size - mean)
    return usual if mean is None else round(mean) + ROW_BYTES
