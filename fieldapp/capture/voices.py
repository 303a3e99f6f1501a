"""Saving a voice note: durable before "saved" is said, like a photo, and a file of its message like one."""

from __future__ import annotations

from fieldapp.capture.desk import Desk
from fieldapp.capture.photos import add_photo
from sync.contract.records import FileRef, Lane, Origin, Photo, PhotoRole
from sync.contract.voice import VOICE_TYPE
from sync.contract.wire import sha256_hex
from sync.replica.drafts import SavedPhoto
from sync.replica.files import durable_write, holds_durably
from sync.voice import read_voice


def save_voice(desk: Desk, draft_id: str, data: bytes) -> SavedPhoto:
    """Put a recorded WAV into a draft. Refuses what ``read_voice`` refuses; nothing is written then."""
    length_ms = read_voice(data).length_ms
    desk.folder.require_room(len(data))
    sha256 = sha256_hex(data)
    path = desk.folder.file(sha256, VOICE_TYPE)
    if not holds_durably(path, sha256):
        durable_write(path, data)
    voice = Photo(
        slot=0,
        role=PhotoRole.VOICE,
        origin=Origin.CAPTURED,
        files=(FileRef(Lane.ORIGINAL, sha256, len(data), VOICE_TYPE),),
        taken_at=desk.clock.now(),
        length_ms=length_ms,
    )
    return add_photo(desk, draft_id, voice)
