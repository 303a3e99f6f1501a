"""One JPEG made by several threads: the frame is cut into strips, and the strips are joined without loss.

    strip → its own JPEG          joined: first header (full height, restart interval = one strip)
                                          + entropy data of each strip, with a restart marker between

A restart marker makes a decoder begin anew, which is how each strip was encoded; so the picture is the very
same as one encoded in a single piece, in a fraction of the time that a person waits with the shutter pressed.
"""

from __future__ import annotations

import struct
from concurrent.futures import Executor

from fieldapp.capture.images.encode import CAPTURE_QUALITY, encode_frame

MCU = 16
"""Rows that are encoded together, chroma being halved both ways."""

_INTERVAL_MOST = 0xFFFF
_RESTARTS = 8


def encode_strips(
    data: bytes | bytearray | memoryview,
    width: int,
    height: int,
    run: Executor,
    *,
    layout: str = "RGB",
    bytes_per_line: int,
    strips: int = 2,
    quality: int = CAPTURE_QUALITY,
) -> bytes:
    """JPEG of one raw frame, as ``encode_frame`` makes it; small frames are encoded in one piece."""
    rows = -(-height // (MCU * strips)) * MCU
    interval = -(-width // MCU) * (rows // MCU)
    if strips < 2 or height <= rows or interval > _INTERVAL_MOST:
        return encode_frame(
            data, width, height, layout=layout, bytes_per_line=bytes_per_line, quality=quality
        )
    whole = memoryview(data)

    def encode(top: int) -> bytes:
        tall = min(rows, height - top)
        piece = whole[top * bytes_per_line : (top + tall) * bytes_per_line]
        return encode_frame(piece, width, tall, layout=layout, bytes_per_line=bytes_per_line, quality=quality)

    return join_strips(list(run.map(encode, range(0, height, rows))), height, interval)


def join_strips(pieces: list[bytes], height: int, interval: int) -> bytes:
    """One JPEG of strips that have the same tables, all but the last ``interval`` blocks long."""
    header, scan = _split(pieces[0])
    at = header.index(b"\xff\xc0") + 5
    joined = bytearray(header[:at] + struct.pack(">H", height) + header[at + 2 :])
    start = joined.rindex(b"\xff\xda")
    joined[start:start] = b"\xff\xdd\x00\x04" + struct.pack(">H", interval)
    joined += scan
    for number, piece in enumerate(pieces[1:]):
        joined += bytes((0xFF, 0xD0 + number % _RESTARTS)) + _split(piece)[1]
    return bytes(joined + b"\xff\xd9")


def _split(jpeg: bytes) -> tuple[bytes, bytes]:
    """Everything up to the entropy data, and that data without the end marker."""
    at = 2
    while jpeg[at + 1] != 0xDA:
        at += 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
    end = at + 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
    return jpeg[:end], jpeg[end:-2]
