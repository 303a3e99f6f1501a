"""The structure of a JPEG file, read segment by segment: frame header, EXIF, and the end marker.

A JPEG that stops early has no end marker after its last scan, which the decoder does not always mind;
here it is always found. What follows the end marker (motion photos, second pictures, maker trailers) is
left alone.
"""

from __future__ import annotations

import re
from typing import BinaryIO

import msgspec

from fieldapp.capture.images.structure import Structure
from sync.contract.errors import InputRefused

_SOI, _EOI, _SOS, _APP1 = 0xD8, 0xD9, 0xDA, 0xE1
_FRAMES = frozenset({0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF})
_PROGRESSIVE = frozenset({0xC2, 0xC6, 0xCA, 0xCE})
_MARKER_IN_SCAN = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_CHUNK = 1 << 18
_EXIF = b"Exif\x00\x00"
_SCALE_AREA = 64
"""The decoder can scale a single-scan JPEG by 1/8 each way while it reads."""


class _Frame(msgspec.Struct, frozen=True):
    width: int
    height: int
    components: tuple[tuple[int, int], ...]
    progressive: bool


def read_jpeg(stream: BinaryIO) -> Structure:
    """Walk the file to its end marker; refuses what is cut short or has no frame."""
    stream.seek(2)
    frame: _Frame | None = None
    exif = b""
    scans = 0
    while (marker := _next_marker(stream)) != _EOI:
        body = _segment(stream)
        if marker in _FRAMES and frame is None:
            frame = _frame(body, progressive=marker in _PROGRESSIVE)
        elif marker == _APP1 and not exif and body.startswith(_EXIF):
            exif = body[len(_EXIF) :]
        elif marker == _SOS:
            scans += 1
            _skip_scan(stream)
    if frame is None or not scans:
        raise InputRefused("photo_unreadable", reason="no picture in the file")
    several = scans > 1 or frame.progressive
    return Structure(frame.width, frame.height, exif, _decode_bytes(frame, several=several))


def _next_marker(stream: BinaryIO) -> int:
    """The next marker, past fill bytes and the rubbish some cameras leave between segments."""
    byte = _byte(stream)
    while True:
        while byte != 0xFF:
            byte = _byte(stream)
        while byte == 0xFF:
            byte = _byte(stream)
        if byte == _EOI or (0xC0 <= byte <= 0xFE and not 0xD0 <= byte <= _SOI):
            return byte


def _byte(stream: BinaryIO) -> int:
    return _exactly(stream, 1)[0]


def _exactly(stream: BinaryIO, count: int) -> bytes:
    data = stream.read(count)
    if len(data) < count:
        raise InputRefused("photo_truncated", bytes=stream.tell())
    return data


def _segment(stream: BinaryIO) -> bytes:
    length = int.from_bytes(_exactly(stream, 2), "big")
    if length < 2:
        raise InputRefused("photo_unreadable", reason="segment length")
    return _exactly(stream, length - 2)


def _frame(body: bytes, *, progressive: bool) -> _Frame:
    if len(body) < 6 or len(body) < 6 + 3 * body[5]:
        raise InputRefused("photo_unreadable", reason="frame header")
    height = int.from_bytes(body[1:3], "big")
    width = int.from_bytes(body[3:5], "big")
    sampling = tuple((body[i] >> 4, body[i] & 15) for i in range(7, 6 + 3 * body[5], 3))
    if not width or not height or not sampling or not all(h and v for h, v in sampling):
        raise InputRefused("photo_unreadable", reason="frame header")
    return _Frame(width, height, sampling, progressive)


def _skip_scan(stream: BinaryIO) -> None:
    """Go to the marker that ends the entropy-coded data, reading in pieces."""
    while piece := stream.read(_CHUNK):
        found = _MARKER_IN_SCAN.search(piece)
        if found:
            stream.seek(found.start() - len(piece), 1)
            return
        if piece[-1] == 0xFF and len(piece) > 1:
            stream.seek(-1, 1)
    raise InputRefused("photo_truncated", bytes=stream.tell())


def _decode_bytes(frame: _Frame, *, several: bool) -> int:
    """Memory of the smallest decoding: with several scans the decoder must hold every coefficient."""
    pixels = frame.width * frame.height
    scaled = 4 * pixels // _SCALE_AREA
    if not several:
        return scaled
    widest = max(h for h, _ in frame.components)
    tallest = max(v for _, v in frame.components)
    samples = sum(pixels * h * v // (widest * tallest) for h, v in frame.components)
    return scaled + 2 * samples
