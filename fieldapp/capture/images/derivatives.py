"""The two pictures made beside an original: a thumbnail, and one that carries its stamp.

Both are upright JPEGs with the position and time of the photo in their EXIF. The original is only read.
``derive`` decodes it once for both; the ``make_…`` functions write one picture durably to a given place.
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
from fieldapp.capture.images.scaled import load_scaled
from fieldapp.capture.images.source import PhotoSource
from fieldapp.capture.images.stamp import stamp
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


class Derived(msgspec.Struct, frozen=True):
    """Both pictures derived from one photo."""

    thumbnail: Derivative
    stamped: Derivative


def derive(
    source: PhotoSource,
    stamp_lines: Sequence[str],
    place: Place,
    taken_at: datetime | None,
    *,
    font_path: Path | None,
    box: int = THUMBNAIL_SIDE,
    long_side: int = STAMPED_SIDE,
    zone: tzinfo = CITY_ZONE,
) -> Derived:
    """Both pictures from one decoding. Refuses what cannot be decoded within the memory limit."""
    picture = load_scaled(source, max(box, long_side))
    exif = derivative_exif(place, taken_at, zone)
    small = picture.copy()
    small.thumbnail((box, box), Image.Resampling.LANCZOS, reducing_gap=2.0)
    done = stamp(picture, stamp_lines, font_path)
    return Derived(_encoded(small, exif), _encoded(done.picture, exif, done.code))


def make_thumbnail(
    source: PhotoSource,
    dest_path: Path,
    box: int = THUMBNAIL_SIDE,
    *,
    place: Place = NOWHERE,
    taken_at: datetime | None = None,
    zone: tzinfo = CITY_ZONE,
) -> Derivative:
    """Write a thumbnail that fits into a square of ``box`` pixels."""
    made = _encoded(load_scaled(source, box), derivative_exif(place, taken_at, zone))
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
    """Write the stamped picture: the photo no longer than ``long_side``, with the band of text below it."""
    done = stamp(load_scaled(source, long_side), stamp_lines, font_path)
    made = _encoded(done.picture, derivative_exif(place, taken_at, zone), done.code)
    durable_write(dest_path, made.data)
    return made


def _encoded(picture: Image.Image, exif: bytes, code: str = "") -> Derivative:
    data = encode_jpeg(picture, DERIVATIVE_QUALITY, exif)
    return Derivative(data, picture.width, picture.height, code)
