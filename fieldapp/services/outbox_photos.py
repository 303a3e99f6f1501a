"""The photos of a record with their files on the way, for the page that answers why one has not gone."""

from __future__ import annotations

import msgspec

from fieldapp.capture.case_history import as_masked, later_masks
from fieldapp.capture.desk import Desk
from fieldapp.capture.pictures import large_picture, small_picture
from sync.contract.records import Lane, Photo
from sync.contract.wire import decode_record
from sync.replica.uploads import Upload


class PhotoOnItsWay(msgspec.Struct, frozen=True):
    """One photo: the files to look at ("" where none is here any more), and its uploads by lane."""

    slot: int
    origin: str
    small: str
    large: str
    uploads: dict[Lane, Upload]


def read_photos(desk: Desk, record_id: str) -> list[PhotoOnItsWay]:
    """The photos of a record, in their order; none for what is not there."""
    entry = desk.work.outbox.entry(record_id)
    if entry is None:
        return []
    record = decode_record(entry.record.record_type, entry.record.body)
    uploads = desk.work.uploads.of_record(record_id)
    masked = later_masks(desk, entry.record.case_id)
    return [_photo(desk, as_masked(photo, masked), uploads) for photo in record.photos]


def _photo(desk: Desk, photo: Photo, uploads: list[Upload]) -> PhotoOnItsWay:
    return PhotoOnItsWay(
        slot=photo.slot,
        origin=photo.origin.value,
        small=small_picture(desk.folder, photo),
        large=large_picture(desk.folder, photo),
        uploads={upload.file.lane: upload for upload in uploads if upload.file.slot == photo.slot},
    )
