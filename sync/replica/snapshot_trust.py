"""Which snapshots a tablet takes: signed by the key it pinned, of central's epoch, none older than it holds.

Everything is asked before a byte is fetched; every refusal leaves what is in force as it is.
"""

from __future__ import annotations

from sync.contract.errors import NeedsPerson, RetryLater
from sync.contract.signatures import Purpose, is_signed
from sync.contract.wire import Frame, SnapshotManifest, snapshot_text
from sync.replica.meta import Identity

RAW_FRAME_MAX = 64 << 20
"""No honest frame unpacks to more than this."""


def require_signed(manifest: SnapshotManifest, identity: Identity) -> None:
    """Only what central signed: ``snapshot_unsigned``, ``snapshot_forged``, ``snapshot_key_missing``."""
    if not identity.signing_key:
        raise NeedsPerson("snapshot_key_missing")
    if not manifest.signature:
        raise NeedsPerson("snapshot_unsigned")
    try:
        signature = bytes.fromhex(manifest.signature)
    except ValueError:
        signature = b""
    if not is_signed(identity.signing_key, Purpose.SNAPSHOT, snapshot_text(manifest), signature):
        raise NeedsPerson("snapshot_forged")
    _require_sound(manifest)


def require_epoch(manifest: SnapshotManifest, epoch: str) -> None:
    """Refuse a snapshot of another epoch than central is in just now: ``snapshot_epoch``."""
    if manifest.epoch != epoch:
        raise RetryLater("snapshot_epoch", found=manifest.epoch[:32], expected=epoch[:32])


def require_not_older(manifest: SnapshotManifest, held_sequence: int) -> None:
    """Refuse a snapshot from before what is held: ``snapshot_older``."""
    if manifest.sequence < held_sequence:
        raise RetryLater("snapshot_older", offered=manifest.sequence, held=held_sequence)


def _require_sound(manifest: SnapshotManifest) -> None:
    """Frames that lie one after another and unpack to no more than they may."""
    end = 0
    for frame in manifest.pieces:
        if frame.start != end or frame.length <= 0 or not 0 < frame.raw_bytes <= RAW_FRAME_MAX:
            raise RetryLater("snapshot_damaged", frame=frame.start)
        end += frame.length
    if end != manifest.bytes or _raw(manifest.frames) != manifest.raw_bytes:
        raise RetryLater("snapshot_damaged", frame=-1)


def _raw(frames: list[Frame]) -> int:
    return sum(frame.raw_bytes for frame in frames)
