"""What a tablet has told its person is saved: the checker's own memory, kept apart from every store."""

from __future__ import annotations

from dataclasses import dataclass, field

from fieldapp.capture.desk import Desk
from sync.contract.records import Lane
from sync.contract.wire import decode_record
from sync.replica.outbox import StoredRecord


@dataclass
class KeptDraft:
    """A draft: its text, and the hash of each photo's original by the photo's id."""

    body: str
    photos: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class KeptRecord:
    """A record: the hash of its body, its place in the device's order, its files."""

    record_id: str
    record_type: str
    body_sha256: str
    device_seq: int
    files: tuple[tuple[int, str, str, str], ...]
    """(slot, lane, hash, media type)."""

    @property
    def originals(self) -> list[tuple[str, str]]:
        """Hash and media type of each original."""
        return [(sha256, kind) for _, lane, sha256, kind in self.files if lane == Lane.ORIGINAL.value]


@dataclass
class Doubt:
    """What was being done when the machine died: these may be as before or as after."""

    what: str
    touched: set[str]


class Ledger:
    """One tablet's."""

    def __init__(self) -> None:
        self.drafts: dict[str, KeptDraft] = {}
        self.records: dict[str, KeptRecord] = {}
        self.bytes_of: dict[str, bytes] = {}
        """Every original ever given to be saved, by hash."""
        self.removed: set[str] = set()
        """Records taken back before they began to leave, and not made again since."""
        self.media: dict[str, str] = {}
        self.doubt: Doubt | None = None
        self.highest_seq = 0

    def note_draft(self, desk: Desk, draft_id: str) -> None:
        """A draft as it is stored now, after it was said to be saved."""
        draft = desk.work.drafts.get(draft_id)
        if draft is None or draft.state != "open":
            self.drafts.pop(draft_id, None)
            return
        photos = desk.work.drafts.photos(draft_id)
        self.drafts[draft_id] = KeptDraft(draft.body, {s.photo_id: s.photo.original.sha256 for s in photos})
        self.media |= {s.photo.original.sha256: s.photo.original.media_type for s in photos}

    def note_record(self, desk: Desk, record_id: str) -> KeptRecord:
        """A record as it is stored now, after it was said to be saved."""
        entry = desk.work.outbox.entry(record_id)
        assert entry is not None, f"I1 {record_id} was said to be saved and is not there"
        kept = kept_record(entry.record)
        self.records[record_id] = kept
        self.drafts.pop(record_id, None)
        self.removed.discard(record_id)
        return kept

    def note_removed(self, desk: Desk, record_id: str) -> None:
        """A record was taken back before it began to leave; its draft is open again."""
        self.records.pop(record_id, None)
        self.removed.add(record_id)
        self.note_draft(desk, record_id)


def kept_record(stored: StoredRecord) -> KeptRecord:
    """What the checker keeps of a stored record."""
    record = decode_record(stored.record_type, stored.body)
    files = tuple(
        (photo.slot, file.lane.value, file.sha256, file.media_type)
        for photo in record.photos
        for file in photo.files
    )
    return KeptRecord(
        stored.record_id, stored.record_type.value, stored.body_sha256, stored.device_seq, files
    )
