"""Saving photos: first file bytes encoded are the original, durable before "saved" is said.

    bytes → room? → what is it? → files/<hash> (tmp, fsync, rename, fsync folder) → sidecar → row, committed

Thumbnail and stamped picture are made afterwards (``developing``); without them the photo still counts.
Captured and imported photos are never mixed up: an imported one takes place and time from its own EXIF,
never from where the tablet is now.
"""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import msgspec

from fieldapp.capture.describing import sidecar_of
from fieldapp.capture.desk import Desk
from fieldapp.capture.images.inspection import inspect_photo
from sync.contract.errors import InputRefused
from sync.contract.records import NOWHERE, FileRef, Lane, Origin, Photo, PhotoRole, Place, PlaceSource
from sync.contract.wire import sha256_hex
from sync.replica.drafts import SavedPhoto
from sync.replica.files import durable_copy, durable_write, holds_durably, sha256_file

JPEG = "image/jpeg"


def take_photo(
    desk: Desk,
    draft_id: str,
    data: bytes,
    place: Place,
    *,
    role: PhotoRole = PhotoRole.SCENE,
    name: str = "",
    taken_at: datetime | None = None,
) -> SavedPhoto:
    """Save a photo just taken in the app. Returns only when bytes and row are durable.

    ``taken_at`` is when the shutter was pressed, which may be a while ago when the disk was full.
    """
    desk.folder.require_room(len(data))
    sha256 = sha256_hex(data)
    path = desk.folder.file(sha256, JPEG)
    if not holds_durably(path, sha256):
        durable_write(path, data)
    photo = Photo(
        slot=0,
        role=role,
        origin=Origin.CAPTURED,
        files=(FileRef(Lane.ORIGINAL, sha256, len(data), JPEG),),
        name=name,
        place=place,
        taken_at=taken_at or desk.clock.now(),
    )
    return add_photo(desk, draft_id, photo)


def import_photo(desk: Desk, draft_id: str, source: Path, *, role: PhotoRole = PhotoRole.SCENE) -> SavedPhoto:
    """Copy a photo file in, byte for byte, and take its place and time from its own EXIF."""
    facts = inspect_photo(source)
    desk.folder.require_room(source.stat().st_size)
    sha256 = sha256_file(source)
    media_type = facts.media_type.value
    path = desk.folder.file(sha256, media_type)
    size = source.stat().st_size
    if not holds_durably(path, sha256):
        copied, size = durable_copy(source, path)
        if copied != sha256:
            path.unlink(missing_ok=True)
            raise InputRefused("photo_changed", name=readable_name(source))
    place = facts.place if facts.place.source is PlaceSource.EXIF else NOWHERE
    photo = Photo(
        slot=0,
        role=role,
        origin=Origin.IMPORTED,
        files=(FileRef(Lane.ORIGINAL, sha256, size, media_type),),
        name=readable_name(source),
        place=place,
        taken_at=facts.taken_at,
    )
    return add_photo(desk, draft_id, photo)


def readable_name(source: Path) -> str:
    """A file's name as text: bytes that are no UTF-8 (another system's) are shown by their codes."""
    return os.fsencode(source.name).decode("utf-8", "backslashreplace")


def add_photo(desk: Desk, draft_id: str, photo: Photo) -> SavedPhoto:
    """Put a photo whose file is durable into the draft's next slot."""
    with desk.work.act():
        return keep_photo(desk, draft_id, photo)


def keep_photo(desk: Desk, draft_id: str, photo: Photo) -> SavedPhoto:
    """Add a photo whose files lie here to a draft, in the next slot; call inside the act's transaction."""
    slot = desk.work.drafts.next_slot(draft_id)
    saved = SavedPhoto(desk.new_id(), draft_id, msgspec.structs.replace(photo, slot=slot))
    desk.work.sidecars.write(sidecar_of(desk, saved))
    desk.work.drafts.add_photo(saved)
    return saved
