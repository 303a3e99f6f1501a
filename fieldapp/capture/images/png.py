"""The structure of a PNG file, read chunk by chunk with its checksums: header, EXIF, and the end chunk."""

from __future__ import annotations

import zlib
from typing import BinaryIO

from fieldapp.capture.images.structure import Structure
from sync.contract.errors import InputRefused

_EXIF_MAX = 1 << 20
_CHUNK = 1 << 18
_GREY, _RGB, _PALETTE, _GREY_ALPHA, _RGB_ALPHA = 0, 2, 3, 4, 6
_HELD = {_GREY: 1, _RGB: 4, _PALETTE: 9, _GREY_ALPHA: 8, _RGB_ALPHA: 8}
_HELD_DEEP_GREY = 5


def read_png(stream: BinaryIO) -> Structure:
    """Walk the file to its end chunk; refuses what is cut short, damaged or has no header."""
    stream.seek(8)
    width = height = decode = 0
    exif = b""
    while True:
        kind, data = _read_chunk(stream)
        if kind == b"IHDR" and len(data) == 13:
            width, height = int.from_bytes(data[:4], "big"), int.from_bytes(data[4:8], "big")
            decode = width * height * _bytes_per_pixel(data[8], data[9])
        elif kind == b"eXIf" and not exif:
            exif = data
        elif kind == b"IEND":
            break
    if not width or not height:
        raise InputRefused("photo_unreadable", reason="no header")
    return Structure(width, height, exif, decode)


def _bytes_per_pixel(depth: int, colour: int) -> int:
    """What decoding and flattening hold per pixel, copies of another mode included."""
    try:
        return _HELD[colour] if depth < 16 or colour else _HELD_DEEP_GREY
    except KeyError:
        raise InputRefused("photo_unreadable", reason="header") from None


def _read_chunk(stream: BinaryIO) -> tuple[bytes, bytes]:
    """Kind of the next chunk, and its data where that is wanted; the checksum is verified in pieces."""
    head = _exactly(stream, 8)
    length, kind = int.from_bytes(head[:4], "big"), head[4:]
    keep = kind in (b"IHDR", b"eXIf") and length <= _EXIF_MAX
    checksum = zlib.crc32(kind)
    kept = bytearray()
    left = length
    while left:
        piece = _exactly(stream, min(left, _CHUNK))
        checksum = zlib.crc32(piece, checksum)
        left -= len(piece)
        if keep:
            kept += piece
    if int.from_bytes(_exactly(stream, 4), "big") != checksum:
        raise InputRefused("photo_unreadable", reason="checksum")
    return kind, bytes(kept)


def _exactly(stream: BinaryIO, count: int) -> bytes:
    data = stream.read(count)
    if len(data) < count:
        raise InputRefused("photo_truncated", bytes=stream.tell())
    return data
