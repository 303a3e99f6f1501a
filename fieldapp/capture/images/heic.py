"""HEIC through libheif (pi-heif): the structure of a file, and its decoding.

libheif turns and mirrors the picture itself; by the format's rule an EXIF orientation beside that is
ignored.
"""

from __future__ import annotations

from typing import BinaryIO

from pi_heif.heif import HeifImage, open_heif
from PIL import Image

from fieldapp.capture.images.source import HEIC_BYTES_MAX
from fieldapp.capture.images.structure import Structure
from sync.contract.errors import InputRefused

_STRIP_ROWS = 64
_DECODER_ERRORS = (ValueError, RuntimeError, OSError, EOFError, SyntaxError)
_EXIF = b"Exif\x00\x00"
_CUT_SHORT = ("end of file", "Cannot read full", "file bounds")


def read_heic(stream: BinaryIO) -> Structure:
    """Facts of the main picture; libheif checks that every part lies within the file."""
    main = _open_main(stream)
    width, height = main.size
    found = main.info.get("exif")
    exif = found if isinstance(found, bytes) else b""
    return Structure(
        width=width,
        height=height,
        exif=exif.removeprefix(_EXIF),
        decode_bytes=width * height * _held_per_pixel(main),
        upright=True,
    )


def decode_heic(stream: BinaryIO, long_side: int) -> Image.Image:
    """The main picture, upright, made smaller by a whole factor but not below ``long_side``.

    libheif decodes the whole picture; it is taken over in strips, so that it is held once and not twice.
    """
    main = _open_main(stream)
    try:
        data, stride = main.data, main.stride
    except _DECODER_ERRORS as error:
        raise _refusal(error) from error
    (width, height), mode = main.size, main.mode
    factor = max(1, max(width, height) // long_side)
    picture = Image.new(mode, (-(-width // factor), -(-height // factor)))
    rows = max(1, _STRIP_ROWS // factor) * factor
    for top in range(0, height, rows):
        count = min(rows, height - top)
        piece = data[top * stride : (top + count) * stride]
        strip = Image.frombuffer(mode, (width, count), piece, "raw", mode, stride, 1)
        picture.paste(strip.reduce(factor), (0, top // factor))
    picture.info["icc_profile"] = main.info.get("icc_profile")
    return picture


def _held_per_pixel(main: HeifImage) -> int:
    """libheif holds the planes and the interleaved picture at the same time."""
    depth = main.info.get("bit_depth")
    deep = isinstance(depth, int) and depth > 8
    return 4 + (1 if main.has_alpha else 0) + (2 if deep else 0)


def _open_main(stream: BinaryIO) -> HeifImage:
    stream.seek(0)
    data = stream.read(HEIC_BYTES_MAX + 1)
    if len(data) > HEIC_BYTES_MAX:
        raise InputRefused("photo_too_large", limit=HEIC_BYTES_MAX)
    try:
        heif = open_heif(data)
    except _DECODER_ERRORS as error:
        raise _refusal(error) from error
    if not len(heif):
        raise InputRefused("photo_unreadable", reason="no picture in the file")
    main: HeifImage = heif[heif.primary_index]
    return main


def _refusal(error: Exception) -> InputRefused:
    text = str(error)
    if any(sign in text for sign in _CUT_SHORT):
        return InputRefused("photo_truncated")
    return InputRefused("photo_unreadable", reason=text.strip()[:200])
