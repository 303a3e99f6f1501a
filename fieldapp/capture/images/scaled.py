"""Decode a photo small, upright and in RGB, within the memory of a tablet.

A JPEG is scaled by the decoder while it reads, so that 200 megapixels cost no more than 3. Formats that
cannot be scaled that way are decoded whole when they fit, else refused; their originals are kept.
Pillow's own openers are used directly rather than through its registry: no process-wide limit or plug-in
is touched, no other format can slip in, and its guesses at EXIF are not needed.
"""

from __future__ import annotations

import struct
import zlib
from typing import BinaryIO

from PIL import Image, JpegImagePlugin, PngImagePlugin

from fieldapp.capture.images.facts import DECODE_BYTES_MAX, orientation_of, read_structure
from fieldapp.capture.images.heic import decode_heic
from fieldapp.capture.images.source import MediaType, PhotoSource, check_size, media_type_of, opened
from sync.contract.errors import InputRefused

_ICC_MAX = 65_000
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""How a stored picture is turned upright, by its EXIF orientation; 1 is left as it is."""
_DECODER_ERRORS = (
    OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError, OverflowError,
    struct.error, zlib.error,
)  # fmt: skip


class _PlainJpeg(JpegImagePlugin.JpegImageFile):
    """A JPEG without Pillow's reading of EXIF for its resolution, which warns about damaged tags."""

    def _read_dpi_from_exif(self) -> None:
        """Nothing is asked of EXIF here."""


def load_scaled(source: PhotoSource, long_side: int) -> Image.Image:
    """The picture upright, in RGB, no longer than ``long_side``; never enlarged.

    Refuses what is cut short or damaged, and with ``photo_too_many_pixels`` what cannot be decoded within
    the memory limit.
    """
    with opened(source) as stream:
        check_size(stream)
        media_type = media_type_of(stream)
        structure = read_structure(stream, media_type)
        if structure.decode_bytes > DECODE_BYTES_MAX:
            pixels = structure.width * structure.height
            raise InputRefused("photo_too_many_pixels", pixels=pixels, media_type=media_type.value)
        picture = _decode(stream, media_type, _fit(structure.width, structure.height, long_side))
    profile = picture.info.get("icc_profile") if picture.mode == "RGB" else None
    picture = _shrink(picture, long_side)
    turn = TURNS.get(orientation_of(structure))
    if turn is not None:
        picture = picture.transpose(turn)
    picture.info = {"icc_profile": profile} if profile and len(profile) <= _ICC_MAX else {}
    return picture


def _decode(stream: BinaryIO, media_type: MediaType, size: tuple[int, int]) -> Image.Image:
    stream.seek(0)
    if media_type is MediaType.HEIC:
        return decode_heic(stream, max(size))
    try:
        picture: Image.Image
        if media_type is MediaType.JPEG:
            picture = _PlainJpeg(stream)
            picture.draft(None, size)
        else:
            picture = PngImagePlugin.PngImageFile(stream)
        picture.load()
    except _DECODER_ERRORS as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise
        code = "photo_truncated" if "truncated" in str(error) else "photo_unreadable"
        raise InputRefused(code, reason=str(error)[:200]) from error
    return picture


def _fit(width: int, height: int, long_side: int) -> tuple[int, int]:
    """Size within the long side, keeping the shape; at least one pixel."""
    longest = max(width, height)
    if longest <= long_side:
        return width, height
    return max(1, round(width * long_side / longest)), max(1, round(height * long_side / longest))


def _shrink(picture: Image.Image, long_side: int) -> Image.Image:
    """Smaller first, then RGB, so that no full-size copy is made where the mode allows it."""
    if picture.mode.startswith("I"):
        picture = picture.point(lambda value: value / 256).convert("L")
    elif picture.mode in ("1", "P", "PA"):
        picture = picture.convert("RGBA" if "transparency" in picture.info else "RGB")
    size = _fit(*picture.size, long_side)
    if size != picture.size:
        picture = picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
    if picture.mode in ("RGBA", "LA"):
        page = Image.new("RGB", picture.size, "white")
        page.paste(picture.convert("RGB"), mask=picture.getchannel("A"))
        return page
    return picture if picture.mode == "RGB" else picture.convert("RGB")
