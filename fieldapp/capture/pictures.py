"""Which file of a photo to look at: small in a list, large on the whole screen; "" where none is here."""

from __future__ import annotations

from sync.contract.records import Lane, Photo
from sync.replica.folder import DataFolder

DRAWABLE = frozenset({"image/jpeg", "image/png", "image/webp"})
"""What the window can draw by itself; of any other original (HEIC) the stamped picture is shown."""
_SMALL_FIRST = (Lane.THUMBNAIL, Lane.STAMPED, Lane.ORIGINAL)
_LARGE_FIRST = (Lane.ORIGINAL, Lane.STAMPED, Lane.THUMBNAIL)


def small_picture(folder: DataFolder, photo: Photo) -> str:
    """The file for a tile."""
    return _first(folder, photo, _SMALL_FIRST)


def large_picture(folder: DataFolder, photo: Photo) -> str:
    """The file for the whole screen: the very original where it can be drawn and is still here."""
    return _first(folder, photo, _LARGE_FIRST)


def _first(folder: DataFolder, photo: Photo, lanes: tuple[Lane, ...]) -> str:
    for lane in lanes:
        file = photo.file(lane)
        if file is None or file.media_type not in DRAWABLE:
            continue
        path = folder.file(file.sha256, file.media_type, lane)
        if path.exists():
            return str(path)
    return ""
