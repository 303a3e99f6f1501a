"""Reading what can still be read of a damaged database: each table on its own, up to where it breaks off."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from sync.contract.errors import FieldError
from sync.contract.records import Photo, RecordType
from sync.replica.database import Database, DatabaseError, open_database
from sync.replica.drafts import Draft, SavedPhoto
from sync.replica.meta import Identity
from sync.replica.outbox import StoredRecord

T = TypeVar("T")


class Salvaged(msgspec.Struct, frozen=True):
    """What was read."""

    identity: Identity | None = None
    records: tuple[StoredRecord, ...] = ()
    drafts: tuple[Draft, ...] = ()
    photos: tuple[SavedPhoto, ...] = ()


def salvage(path: Path, key: bytes) -> Salvaged:
    """Whatever can be read; nothing where the file does not open at all. The file is not changed."""
    if not path.exists() or not path.stat().st_size:
        return Salvaged()
    try:
        db = open_database(path, key=key, read_only=True)
    except (FieldError, DatabaseError):
        return Salvaged()
    try:
        return Salvaged(
            identity=next(iter(_rows(db, "value FROM meta WHERE name = 'identity'", _identity)), None),
            records=_rows(
                db,
                "record_id, record_type, case_id, officer_id, device_seq, created_at, body, body_sha256,"
                " withdrawn_by FROM record ORDER BY record_id",
                _record,
            ),
            drafts=_rows(
                db,
                "draft_id, officer_id, kind, case_id, body, changed_at, record_id, state FROM draft"
                " ORDER BY draft_id",
                _draft,
            ),
            photos=_rows(db, "photo_id, owner_id, body FROM photo ORDER BY photo_id", _photo),
        )
    finally:
        db.close()


def _rows(db: Database, select: str, made: Callable[[Any], T]) -> tuple[T, ...]:
    found: list[T] = []
    try:
        for row in db.execute(f"SELECT {select}"):
            found.append(made(row))
    except (DatabaseError, msgspec.DecodeError, ValueError, TypeError):
        pass  # the rest of this table cannot be read
    return tuple(found)


def _identity(row: Any) -> Identity:
    return msgspec.json.decode(row[0], type=Identity)


def _record(row: Any) -> StoredRecord:
    return StoredRecord(
        row[0],
        RecordType(row[1]),
        row[2],
        row[3],
        int(row[4]),
        datetime.fromisoformat(row[5]),
        row[6],
        row[7],
        row[8],
    )


def _draft(row: Any) -> Draft:
    return Draft(row[0], row[1], row[2], row[3], row[4], datetime.fromisoformat(row[5]), row[6], row[7])


def _photo(row: Any) -> SavedPhoto:
    return SavedPhoto(row[0], row[1], msgspec.json.decode(row[2], type=Photo))
