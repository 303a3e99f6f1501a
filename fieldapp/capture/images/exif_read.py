"""EXIF tags out of a TIFF block, read warily: what does not fit is left out, nothing is raised.

Only values that are asked for are unpacked, counts and offsets are bounded by the block itself, so a
hostile block costs no more than its own length.
"""

from __future__ import annotations

import struct
from fractions import Fraction

import msgspec

ORIENTATION, EXIF_IFD, GPS_IFD = 0x0112, 0x8769, 0x8825
_ENTRIES_MAX = 512
_VALUES_MAX = 64
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1, 9: 4, 10: 8}
_FORMATS = {3: "H", 4: "I", 9: "i"}


class Tags(msgspec.Struct, frozen=True):
    """The tags of one directory: raw values by tag number, as (type, count, bytes)."""

    order: str
    entries: dict[int, tuple[int, int, bytes]]

    def text(self, tag: int) -> str:
        """An ASCII value without padding, or empty."""
        kind, _, raw = self.entries.get(tag, (0, 0, b""))
        if kind not in (1, 2, 7):
            return ""
        return raw.split(b"\x00", 1)[0].decode("latin-1").strip()

    def integer(self, tag: int) -> int | None:
        """The first number of a whole-numbered value."""
        kind, count, raw = self.entries.get(tag, (0, 0, b""))
        if kind in _FORMATS and count:
            value: int = struct.unpack_from(self.order + _FORMATS[kind], raw)[0]
            return value
        return raw[0] if kind == 1 and raw else None

    def rationals(self, tag: int) -> tuple[Fraction, ...] | None:
        """All fractions of a value; None where it is absent or a denominator is zero."""
        kind, count, raw = self.entries.get(tag, (0, 0, b""))
        if kind not in (5, 10) or not count:
            return None
        numbers = struct.unpack(f"{self.order}{2 * count}{'I' if kind == 5 else 'i'}", raw)
        pairs = list(zip(numbers[::2], numbers[1::2], strict=True))
        if any(low == 0 for _, low in pairs):
            return None
        return tuple(Fraction(high, low) for high, low in pairs)


class ExifTags(msgspec.Struct, frozen=True):
    """The three directories that matter: the picture's own, the camera's and the position's."""

    base: Tags
    camera: Tags
    gps: Tags


NO_TAGS = Tags("<", {})
NO_EXIF = ExifTags(NO_TAGS, NO_TAGS, NO_TAGS)


def read_exif(block: bytes) -> ExifTags:
    """All tags found in a TIFF block; none where it is none."""
    order = {b"II*\x00": "<", b"MM\x00*": ">"}.get(block[:4])
    if order is None or len(block) < 8:
        return NO_EXIF
    base = _directory(block, order, struct.unpack_from(order + "I", block, 4)[0])
    return ExifTags(
        base=base,
        camera=_directory(block, order, base.integer(EXIF_IFD)),
        gps=_directory(block, order, base.integer(GPS_IFD)),
    )


def _directory(block: bytes, order: str, offset: int | None) -> Tags:
    if offset is None or not 8 <= offset <= len(block) - 2:
        return Tags(order, {})
    count = min(struct.unpack_from(order + "H", block, offset)[0], _ENTRIES_MAX)
    entries: dict[int, tuple[int, int, bytes]] = {}
    for start in range(offset + 2, min(offset + 2 + 12 * count, len(block) - 11), 12):
        tag, kind, values = struct.unpack_from(order + "HHI", block, start)
        size = _SIZES.get(kind, 0) * values
        if not size or (kind in (5, 9, 10) and values > _VALUES_MAX) or size > len(block):
            continue
        where = start + 8 if size <= 4 else struct.unpack_from(order + "I", block, start + 8)[0]
        raw = block[where : where + size]
        if len(raw) == size:
            entries.setdefault(tag, (kind, values, raw))
    return Tags(order, entries)
