"""A photo as it arrives: bytes in memory or a file on disk, opened once, checked for size and kind.

Nothing here trusts a file's name. Whatever cannot be a photo is refused with a code, before any decoder
sees it.
"""

from __future__ import annotations

import errno
import io
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from pathlib import Path
from typing import BinaryIO

from sync.contract.errors import InputRefused

PHOTO_BYTES_MAX = 300_000_000
"""Largest photo file taken in."""

HEIC_BYTES_MAX = 64_000_000
"""HEIC is read whole by its library, so that memory limits it; phones write 1 to 15 MB."""

PhotoSource = bytes | Path


class MediaType(Enum):
    """The photo formats taken in, by their media type."""

    JPEG = "image/jpeg"
    PNG = "image/png"
    HEIC = "image/heic"


_HEIF_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1", b"hevc", b"hevx"})
_HEAD_BYTES = 32


@contextmanager
def opened(source: PhotoSource) -> Iterator[BinaryIO]:
    """The photo as a seekable stream at its start; refuses what is not a regular readable file.

    Whatever is refused while it is open is told with the file's path.
    """
    try:
        with _stream(source) as stream:
            yield stream
    except InputRefused as refusal:
        refusal.facts.setdefault("path", str(source) if isinstance(source, Path) else "")
        raise


@contextmanager
def _stream(source: PhotoSource) -> Iterator[BinaryIO]:
    if isinstance(source, bytes):
        yield io.BytesIO(source)
        return
    try:
        if not stat.S_ISREG(os.stat(source).st_mode):
            raise InputRefused("photo_unreadable", reason="EINVAL")
        stream = source.open("rb")
    except OSError as error:
        raise _unreadable(error) from error
    with stream:
        try:
            yield stream
        except OSError as error:
            if error.errno is None:
                raise
            raise _unreadable(error) from error


def _unreadable(error: OSError) -> InputRefused:
    return InputRefused("photo_unreadable", reason=errno.errorcode.get(error.errno or 0, "EIO"))


def check_size(stream: BinaryIO) -> int:
    """Length of the photo in bytes; refuses none and too many."""
    length = stream.seek(0, io.SEEK_END)
    stream.seek(0)
    if length == 0:
        raise InputRefused("photo_empty")
    if length > PHOTO_BYTES_MAX:
        raise InputRefused("photo_too_large", bytes=length, limit=PHOTO_BYTES_MAX)
    return length


def media_type_of(stream: BinaryIO) -> MediaType:
    """The format by its first bytes; refuses everything that is not a photo format we take in."""
    stream.seek(0)
    head = stream.read(_HEAD_BYTES)
    stream.seek(0)
    if head.startswith(b"\xff\xd8\xff"):
        return MediaType.JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return MediaType.PNG
    if head[4:8] == b"ftyp" and head[8:12] in _HEIF_BRANDS:
        return MediaType.HEIC
    starts = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")
    if any(start.startswith(head) for start in starts):
        raise InputRefused("photo_truncated", bytes=len(head))
    raise InputRefused("photo_not_image")
