"""Thumbnails and stamped pictures that somebody cleared away are made again from their originals.

A record names its files by hash, so only a picture that comes out byte for byte as it was counts; then what
had to wait because the file was gone goes on its way. Originals are never made, only looked after.
"""

from __future__ import annotations

from collections.abc import Iterator

from fieldapp.capture.desk import Desk
from fieldapp.capture.images.derivatives import Derivative, stamped, thumbnail
from fieldapp.capture.stamping import stamp_lines
from sync.contract.errors import FieldError
from sync.contract.records import Act, Lane, Photo, Place, Report
from sync.contract.wire import FileOffer, decode_record
from sync.replica.files import durable_write

MOST = 2_000
"""How many are looked at when an officer sits down; the others have their turn when these have gone."""


def remake_derivatives(desk: Desk) -> int:
    """Make again what is still to be sent and is gone; answers how many pictures came back."""
    back = 0
    for file in desk.work.uploads.derived_unreceipted(MOST):
        path = desk.folder.file(file.sha256, file.media_type, file.lane)
        if path.is_file():
            continue
        data = next((made.data for made in _tries(desk, file) if made.sha256 == file.sha256), None)
        if data is None:
            continue
        durable_write(path, data)
        with desk.work.act():
            desk.work.uploads.try_again(file.record_id)
        back += 1
    return back


def _tries(desk: Desk, file: FileOffer) -> Iterator[Derivative]:
    """The picture as it may have been made: with the photo's own place, or with its record's."""
    entry = desk.work.outbox.entry(file.record_id)
    record = None if entry is None else decode_record(entry.record.record_type, entry.record.body)
    if not isinstance(record, Report | Act):
        return
    photo = next((photo for photo in record.photos if photo.slot == file.slot), None)
    if photo is None:
        return
    for place in dict.fromkeys((photo.place, record.place)):
        try:
            yield _made(desk, file, photo, place)
        except FieldError:  # the original is gone or cannot be read: that is told elsewhere
            return


def _made(desk: Desk, file: FileOffer, photo: Photo, place: Place) -> Derivative:
    original = photo.original
    source = desk.folder.file(original.sha256, original.media_type)
    if file.lane is Lane.THUMBNAIL:
        return thumbnail(source, place=place, taken_at=photo.taken_at, masks=photo.masks)
    lines = stamp_lines(desk, file.record_id, photo, place)
    return stamped(source, lines, place, photo.taken_at, font_path=desk.font, masks=photo.masks)
