"""What a file's outer structure tells: dimensions, EXIF, and whether it is all there. No pixel is decoded."""

from __future__ import annotations

import msgspec

PIXELS_MAX = 400_000_000
"""More pixels than any camera makes; beyond this a file is taken for a decompression bomb."""


class Structure(msgspec.Struct, frozen=True):
    """Outer facts of one photo. ``decode_bytes`` is the memory its smallest possible decoding holds."""

    width: int
    height: int
    exif: bytes
    decode_bytes: int
    upright: bool = False
    """True where the decoder itself turns the picture, so that an EXIF orientation no longer applies."""
