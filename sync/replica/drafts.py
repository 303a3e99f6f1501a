"""Drafts: what a person is still working on, saved within a second and back after a kill.

A draft's body is the caller's JSON; its photos are saved at the shutter, before anything else is known.
After submitting, the draft stays (state ``submitted``) until the undo time is over, so that undo can
bring it back whole.
"""

from __future__ import annotations

from datetime import datetime

import msgspec

from sync.contract.records import Photo
from sync.replica.database import Database
from sync.replica.notes import UNHEARD, Notes


class Draft(msgspec.Struct, frozen=True):
    """A draft row. ``kind`` is ``report`` or an act's word; ``record_id`` is set once submitted."""

    draft_id: str
    officer_id: str
    kind: str
    case_id: str
    body: str
    changed_at: datetime
    record_id: str
    state: str


class SavedPhoto(msgspec.Struct, frozen=True):
    """A photo that is durably saved and belongs to a draft or a record."""

    photo_id: str
    owner_id: str
    photo: Photo


_COLUMNS = "draft_id, officer_id, kind, case_id, body, changed_at, record_id, state"


class Drafts:
    """Rows of ``draft`` and ``photo``."""

    def __init__(self, db: Database, notes: Notes = UNHEARD) -> None:
        self._db = db
        self._notes = notes

    def save(self, draft: Draft) -> None:
        """Insert or update a draft."""
        self._db.execute(
            f"INSERT INTO draft ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?) "
            "ON CONFLICT (draft_id) DO UPDATE SET body = excluded.body, changed_at = excluded.changed_at, "
            "record_id = excluded.record_id, state = excluded.state",
            [
                draft.draft_id,
                draft.officer_id,
                draft.kind,
                draft.case_id,
                draft.body,
                draft.changed_at.isoformat(),
                draft.record_id,
                draft.state,
            ],
        )
        self._notes.draft_kept(draft)

    def get(self, draft_id: str) -> Draft | None:
        """One draft by id."""
        row = self._db.execute(f"SELECT {_COLUMNS} FROM draft WHERE draft_id = ?", [draft_id]).fetchone()
        return None if row is None else _draft(row)

    def open_drafts(self, officer_id: str) -> list[Draft]:
        """An officer's open drafts, newest first."""
        rows = self._db.execute(
            f"SELECT {_COLUMNS} FROM draft WHERE state = 'open' AND officer_id = ? ORDER BY draft_id DESC",
            [officer_id],
        ).fetchall()
        return [_draft(row) for row in rows]

    def all_open(self) -> list[Draft]:
        """Everybody's open drafts, oldest first."""
        rows = self._db.execute(
            f"SELECT {_COLUMNS} FROM draft WHERE state = 'open' ORDER BY draft_id"
        ).fetchall()
        return [_draft(row) for row in rows]

    def of_record(self, record_id: str) -> Draft | None:
        """The draft a record was submitted from, while it is kept."""
        row = self._db.execute(f"SELECT {_COLUMNS} FROM draft WHERE record_id = ?", [record_id]).fetchone()
        return None if row is None else _draft(row)

    def delete(self, draft_id: str) -> None:
        """Forget a draft (its photos stay with whoever owns them now)."""
        self._db.execute("DELETE FROM draft WHERE draft_id = ?", [draft_id])
        self._notes.draft_gone(draft_id)

    def open_photos(self) -> list[SavedPhoto]:
        """The photos of everybody's open drafts."""
        rows = self._db.execute(
            "SELECT p.photo_id, p.owner_id, p.body FROM photo p JOIN draft d ON d.draft_id = p.owner_id "
            "WHERE d.state = 'open' ORDER BY p.owner_id, p.slot"
        ).fetchall()
        return [SavedPhoto(row[0], row[1], msgspec.json.decode(row[2], type=Photo)) for row in rows]

    def named_files(self) -> set[str]:
        """The hash of every file that a photo or an upload names."""
        rows = self._db.execute(
            "SELECT json_extract(f.value, '$.sha256') FROM photo, json_each(photo.body, '$.files') AS f "
            "UNION SELECT sha256 FROM upload"
        ).fetchall()
        return {str(row[0]) for row in rows}

    def photo_ids(self) -> set[str]:
        """Every photo there is, of drafts and of records."""
        return {str(row[0]) for row in self._db.execute("SELECT photo_id FROM photo").fetchall()}

    def add_photo(self, saved: SavedPhoto) -> None:
        """Add a photo in its own slot."""
        self._db.execute(
            "INSERT INTO photo (photo_id, owner_id, slot, body) VALUES (?, ?, ?, ?)",
            [saved.photo_id, saved.owner_id, saved.photo.slot, _json(saved.photo)],
        )
        self._notes.photo_kept(saved)

    def replace_photo(self, saved: SavedPhoto) -> None:
        """Write a photo again with more known about it (a derivative, a place); never other bytes."""
        self._db.execute("UPDATE photo SET body = ? WHERE photo_id = ?", [_json(saved.photo), saved.photo_id])
        self._notes.photo_kept(saved)

    def remove_photo(self, photo_id: str) -> None:
        """Take a photo out of a draft; its file is left to the caller."""
        self._db.execute("DELETE FROM photo WHERE photo_id = ?", [photo_id])
        self._notes.photo_gone(photo_id)

    def photos(self, owner_id: str) -> list[SavedPhoto]:
        """The photos of a draft or record, by slot."""
        rows = self._db.execute(
            "SELECT photo_id, owner_id, body FROM photo WHERE owner_id = ? ORDER BY slot", [owner_id]
        ).fetchall()
        return [SavedPhoto(row[0], row[1], msgspec.json.decode(row[2], type=Photo)) for row in rows]

    def next_slot(self, owner_id: str) -> int:
        """The next free slot number of a draft."""
        row = self._db.execute("SELECT max(slot) FROM photo WHERE owner_id = ?", [owner_id]).fetchone()
        return 0 if row[0] is None else int(row[0]) + 1

    def uses_file(self, sha256: str) -> bool:
        """Whether any photo still names a file by this hash, or a record has it on its way."""
        row = self._db.execute(
            "SELECT 1 FROM photo WHERE instr(body, ?) "
            "UNION ALL SELECT 1 FROM upload WHERE sha256 = ? LIMIT 1",
            [sha256, sha256],
        ).fetchone()
        return row is not None


def _json(photo: Photo) -> str:
    return msgspec.json.encode(photo).decode()


def _draft(row: tuple[str, ...]) -> Draft:
    return Draft(row[0], row[1], row[2], row[3], row[4], datetime.fromisoformat(row[5]), row[6], row[7])
