"""Which file of a photo to look at: small in a list, large on the whole screen; "" where none is here.

A photo with masks is only ever shown by the pictures that were made with them, never by its original. Files
of others are looked for among those that were fetched; ``wanted_…`` says which one to ask for.
"""

from __future__ import annotations

from sync.contract.records import FileRef, Lane, Photo, PhotoRole
from sync.replica.folder import DataFolder

DRAWABLE = frozenset({"image/jpeg", "image/png", "image/webp"})
"""What the window can draw by itself; of any other original (HEIC) the stamped picture is shown."""
_SMALL_FIRST = (Lane.THUMBNAIL, Lane.STAMPED, Lane.ORIGINAL)
_LARGE_FIRST = (Lane.ORIGINAL, Lane.STAMPED, Lane.THUMBNAIL)
_FETCHED_LARGE = (Lane.STAMPED, Lane.ORIGINAL)


def small_picture(folder: DataFolder, photo: Photo) -> str:
    """The file for a tile."""
    return _first(folder, photo, _SMALL_FIRST)


def large_picture(folder: DataFolder, photo: Photo) -> str:
    """The file for the whole screen: the very original where it can be drawn and is still here."""
    return _first(folder, photo, _LARGE_FIRST)


def wanted_small(folder: DataFolder, photo: Photo) -> FileRef | None:
    """The file to ask for where nothing can be shown in a tile; None where nothing need be."""
    return None if small_picture(folder, photo) else _wanted(photo, _SMALL_FIRST)


def wanted_large(folder: DataFolder, photo: Photo) -> str:
    """The hash of the file to ask for where nothing better than the thumbnail is here; "" otherwise."""
    if _first(folder, photo, _LARGE_FIRST[:2]):
        return ""
    file = _wanted(photo, _FETCHED_LARGE)
    return "" if file is None else file.sha256


def voice_file(folder: DataFolder, voice: Photo) -> str:
    """The file of a voice note, "" where it is not here."""
    file = voice.original
    here = (folder.file(file.sha256, file.media_type), folder.fetched_file(file.sha256))
    return next((str(path) for path in here if path.exists()), "")


def is_picture(photo: Photo) -> bool:
    """Whether it is something to look at."""
    return photo.role not in (PhotoRole.VOICE, PhotoRole.SHEET)


def _wanted(photo: Photo, lanes: tuple[Lane, ...]) -> FileRef | None:
    files = (photo.file(lane) for lane in _shown(photo, lanes))
    return next((file for file in files if file is not None and file.media_type in DRAWABLE), None)


def _first(folder: DataFolder, photo: Photo, lanes: tuple[Lane, ...]) -> str:
    for lane in _shown(photo, lanes):
        file = photo.file(lane)
        if file is None or file.media_type not in DRAWABLE:
            continue
        for path in (folder.file(file.sha256, file.media_type, lane), folder.fetched_file(file.sha256)):
            if path.exists():
                return str(path)
    return ""


def _shown(photo: Photo, lanes: tuple[Lane, ...]) -> tuple[Lane, ...]:
    return tuple(lane for lane in lanes if lane is not Lane.ORIGINAL) if photo.masks else lanes
