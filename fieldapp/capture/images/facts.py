"""What is known of a photo before it is taken in.

    opened → size → kind by first bytes → structure to its end → EXIF → (inspect only) one scaled decode

A photo that passes ``inspect_photo`` is whole and can be kept. Whether pictures can be derived from it is
``derivable``: a picture whose smallest decoding would not fit the tablet's memory is kept all the same.
"""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import BinaryIO

import msgspec

from fieldapp.capture.images.exif_place import CITY_ZONE, TimeSource, place_of, taken_at
from fieldapp.capture.images.exif_read import ORIENTATION, read_exif
from fieldapp.capture.images.heic import read_heic
from fieldapp.capture.images.jpeg import read_jpeg
from fieldapp.capture.images.png import read_png
from fieldapp.capture.images.source import MediaType, PhotoSource, check_size, media_type_of, opened
from fieldapp.capture.images.structure import PIXELS_MAX, Structure
from sync.contract.errors import InputRefused
from sync.contract.records import Place

DECODE_BYTES_MAX = 200_000_000
"""Memory one decoding may hold; with the program itself and a copy in hand that stays under 300 MB."""


class PhotoFacts(msgspec.Struct, frozen=True):
    """Facts of one photo file. ``width`` and ``height`` are as stored, before ``orientation`` is applied."""

    media_type: MediaType
    bytes: int
    width: int
    height: int
    orientation: int
    place: Place
    taken_at: datetime | None
    time_source: TimeSource
    camera_time: str
    derivable: bool


def read_facts(source: PhotoSource, zone: tzinfo = CITY_ZONE) -> PhotoFacts:
    """Facts from the file's structure and EXIF; no pixel is decoded. Refuses what is not a whole photo."""
    with opened(source) as stream:
        return _facts(stream, zone)


def read_structure(stream: BinaryIO, media_type: MediaType) -> Structure:
    """The outer structure of a photo of that format; refuses more pixels than any camera makes."""
    readers = {MediaType.JPEG: read_jpeg, MediaType.PNG: read_png, MediaType.HEIC: read_heic}
    structure = readers[media_type](stream)
    pixels = structure.width * structure.height
    if pixels > PIXELS_MAX:
        raise InputRefused("photo_too_many_pixels", pixels=pixels, limit=PIXELS_MAX)
    return structure


def orientation_of(structure: Structure) -> int:
    """How the stored picture is to be turned: an EXIF orientation from 1 to 8."""
    found = None if structure.upright else read_exif(structure.exif).base.integer(ORIENTATION)
    return found if found is not None and 1 <= found <= 8 else 1


def _facts(stream: BinaryIO, zone: tzinfo) -> PhotoFacts:
    length = check_size(stream)
    media_type = media_type_of(stream)
    structure = read_structure(stream, media_type)
    tags = read_exif(structure.exif)
    taken = taken_at(tags.camera, tags.gps, zone)
    return PhotoFacts(
        media_type=media_type,
        bytes=length,
        width=structure.width,
        height=structure.height,
        orientation=orientation_of(structure),
        place=place_of(tags.gps),
        taken_at=taken.at,
        time_source=taken.source,
        camera_time=taken.camera_text,
        derivable=structure.decode_bytes <= DECODE_BYTES_MAX,
    )
