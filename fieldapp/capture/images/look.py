"""The look of a picture: a difference hash over pixels, for telling that two photos show the same thing."""

from __future__ import annotations

import io

from PIL import Image, JpegImagePlugin

SIDE = 8
PLAIN = 6
"""A picture with fewer brighter or fewer darker fields than this shows nothing to go by: fog, a lens cap."""

_CONTRAST = 12
"""Grey levels between the darkest and the brightest field below which there is nothing to go by."""


def look_of(picture: Image.Image) -> str:
    """16 hexadecimal digits, or "" for a picture too plain to be told from another."""
    grey = picture.convert("L").resize((SIDE + 1, SIDE), Image.Resampling.BOX)
    fields = grey.tobytes()
    if max(fields) - min(fields) < _CONTRAST:
        return ""
    bits = 0
    for row in range(SIDE):
        start = row * (SIDE + 1)
        for column in range(SIDE):
            bits = bits << 1 | (fields[start + column] > fields[start + column + 1])
    brighter = bits.bit_count()
    return f"{bits:016x}" if PLAIN <= brighter <= SIDE * SIDE - PLAIN else ""


def look_of_thumbnail(data: bytes) -> str:
    """The look of a thumbnail's file that was just made here."""
    return look_of(JpegImagePlugin.JpegImageFile(io.BytesIO(data)))
