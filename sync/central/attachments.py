"""Files that command sends along with a message: looked at, taken in durably, and named in the act."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path

from sync.central.composition import Central
from sync.contract.errors import InputRefused
from sync.contract.records import FileRef, Lane, Origin, Photo, PhotoRole
from sync.contract.voice import VOICE_BYTES_MAX, VOICE_TYPE
from sync.replica.storage_errors import errno_name
from sync.voice import read_voice

PHOTO_BYTES_MAX = 50_000_000
ATTACHED_MAX = 9
_STARTS = ((b"\xff\xd8\xff", "image/jpeg"), (b"\x89PNG\r\n\x1a\n", "image/png"))


def take_in(central: Central, photos: Sequence[Path], voices: Sequence[Path]) -> tuple[Photo, ...]:
    """Put files into central's objects; nothing is taken in unless all of them are good."""
    if len(photos) + len(voices) > ATTACHED_MAX:
        raise InputRefused("too_many_photos", count=len(photos) + len(voices), limit=ATTACHED_MAX)
    read = [_photo(path) for path in photos] + [_voice(path) for path in voices]
    return tuple(
        _kept(central, slot, path, data, media_type, length_ms)
        for slot, (path, data, media_type, length_ms) in enumerate(read, 1)
    )


def _photo(path: Path) -> tuple[Path, bytes, str, int]:
    data = _bytes(path, PHOTO_BYTES_MAX, "photo_too_large")
    if not data:
        raise InputRefused("photo_empty")
    for start, media_type in _STARTS:
        if data.startswith(start):
            if media_type == "image/jpeg" and b"\xff\xd9" not in data[-65_536:]:
                raise InputRefused("photo_truncated", bytes=len(data))
            return path, data, media_type, 0
    raise InputRefused("photo_not_image")


def _voice(path: Path) -> tuple[Path, bytes, str, int]:
    data = _bytes(path, VOICE_BYTES_MAX, "voice_too_large")
    return path, data, VOICE_TYPE, read_voice(data).length_ms


def _bytes(path: Path, limit: int, too_large: str) -> bytes:
    try:
        if (size := path.stat().st_size) > limit:
            raise InputRefused(too_large, bytes=size, limit=limit)
        return path.read_bytes()
    except OSError as error:
        raise InputRefused("photo_unreadable", path=str(path), reason=errno_name(error)) from error


def _kept(central: Central, slot: int, path: Path, data: bytes, media_type: str, length_ms: int) -> Photo:
    sha256 = hashlib.sha256(data).hexdigest()
    part = central.settings.uploads / f"{central.world.new_id()}.desk"
    with part.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    central.objects.adopt(part, sha256, media_type)
    return Photo(
        slot=slot,
        role=PhotoRole.VOICE if length_ms else PhotoRole.SCENE,
        origin=Origin.IMPORTED,
        files=(FileRef(Lane.ORIGINAL, sha256, len(data), media_type),),
        name=path.name.encode("utf-8", "replace").decode()[:200],
        length_ms=length_ms,
    )
