"""The two pictures made beside an original: a thumbnail, and one that carries its stamp.

Both are upright JPEGs with the position and time of the photo in their EXIF, and with its masks painted over.
The original is only read.
``thumbnail`` and ``stamped`` make the bytes; the ``make_…`` functions also write them durably to a place.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime, tzinfo
from pathlib import Path

import msgspec
from PIL import Image

from fieldapp.capture.images.encode import DERIVATIVE_QUALITY, encode_jpeg
from fieldapp.capture.images.exif_place import CITY_ZONE
from fieldapp.capture.images.exif_write import derivative_exif
from fieldapp.capture.images.masking import load_masked
from fieldapp.capture.images.source import PhotoSource
from fieldapp.capture.images.stamp import stamp
from sync.contract.masks import Mask
from sync.contract.records import NOWHERE, Place
from sync.replica.files import durable_write

THUMBNAIL_SIDE = 320
STAMPED_SIDE = 2048
DERIVATIVE_MEDIA_TYPE = "image/jpeg"


class Derivative(msgspec.Struct, frozen=True):
    """One derived picture: its file's bytes; ``code`` is empty or names what had to be done without."""

    data: bytes
    width: int
    height: int
    code: str = ""

    @property
    def sha256(self) -> str:
        """Hash of the file."""
        return hashlib.sha256(self.data).hexdigest()


def thumbnail(
    source: PhotoSource,
    box: int = THUMBNAIL_SIDE,
    *,
    place: Place = NOWHERE,
    taken_at: datetime | None = None,
    zone: tzinfo = CITY_ZONE,
    masks: Sequence[Mask] = (),
) -> Derivative:
    """A thumbnail that fits into a square of ``box`` pixels. Refuses what cannot be decoded in memory."""
    return _encoded(load_masked(source, box, masks), derivative_exif(place, taken_at, zone))


def stamped(
    source: PhotoSource,
    stamp_lines: Sequence[str],
    place: Place,
    taken_at: datetime | None,
    long_side: int = STAMPED_SIDE,
    *,
    font_path: Path | None,
    zone: tzinfo = CITY_ZONE,
    masks: Sequence[Mask] = (),
) -> Derivative:
    """The photo no longer than ``long_side``, with the band of text below it. Refuses as above."""
    done = stamp(load_masked(source, long_side, masks), stamp_lines, font_path)
    return _encoded(done.picture, derivative_exif(place, taken_at, zone), done.code)


def make_thumbnail(
    source: PhotoSource,
    dest_path: Path,
    box: int = THUMBNAIL_SIDE,
    *,
    place: Place = NOWHERE,
    taken_at: datetime | None = None,
    zone: tzinfo = CITY_ZONE,
) -> Derivative:
    """Write the thumbnail to a place."""
    made = thumbnail(source, box, place=place, taken_at=taken_at, zone=zone)
    durable_write(dest_path, made.data)
    return made


def make_stamped(
    source: PhotoSource,
    dest_path: Path,
    stamp_lines: Sequence[str],
    place: Place,
    taken_at: datetime | None,
    long_side: int = STAMPED_SIDE,
    *,
    font_path: Path | None,
    zone: tzinfo = CITY_ZONE,
) -> Derivative:
    """Write the stamped picture to a place."""
    made = stamped(source, stamp_lines, place, taken_at, long_side, font_path=font_path, zone=zone)
    durable_write(dest_path, made.data)
    return made


def _encoded(picture: Image.Image, exif: bytes, code: str = "") -> Derivative:
    data = encode_jpeg(picture, DERIVATIVE_QUALITY, exif)
    return Derivative(data, picture.width, picture.height, code)
