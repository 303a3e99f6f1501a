"""A damaged work database is made anew from what lies beside it, never begun empty.

    newest good copy ─┐
    what can be read  ├→ a new database aside → checked → the damaged files kept → the new one in its place
    the journal       │
    the sidecars     ─┘

All of that only when something here opens with the key: then the key is the right one and the database is
what is wrong. Nothing that it is made from is changed, so that whatever breaks off a rebuild, the next one
begins again. What was not in any of them is what central told: it is asked for anew.
"""

from __future__ import annotations

import os
import shutil
from datetime import datetime
from pathlib import Path

import msgspec

from sync.contract.errors import FieldError, NeedsPerson
from sync.lockfile import held
from sync.replica.copies import copies_in, findings, is_whole, is_whole_copy
from sync.replica.database import Database, DatabaseError, migrate, open_database, transaction
from sync.replica.drafts import Draft
from sync.replica.files import plain_errors, sync_folder
from sync.replica.folder import DataFolder
from sync.replica.journal import Journal, Place, Segments
from sync.replica.rebuilt_drafts import keep_both
from sync.replica.replay import SEQUENCE_GAP, Replay
from sync.replica.salvage import Salvaged, salvage
from sync.replica.sidecars import Sidecar, Sidecars
from sync.replica.storage_errors import of_database
from sync.replica.work_schema import WORK_MIGRATIONS, WORK_SCHEMA

DAMAGE = frozenset({"folder_broken", "store_key_wrong"})
_ASIDE = ".rebuilding"
_LOCK = "rebuild.lock"


class Rebuilt(msgspec.Struct, frozen=True):
    """What a rebuild brought back, for the person. ``kept`` is where the damaged files lie now."""

    at: datetime
    records: int
    drafts: int
    photos: int
    copy_used: bool
    entries: int
    kept: str
    told: bool = False


def open_work(
    folder: DataFolder,
    key: bytes,
    now: datetime,
    *,
    create: bool,
    checkpoint_after: int,
    looking: bool = False,
) -> Database:
    """The work database, whole and up to the end of the journal; made anew where it is damaged.

    ``create`` lets one begin where nobody has worked yet; else that is ``folder_unwritable``: it is gone.
    """
    worked = folder.has_beside()  # looked at first: a store is made before what lies beside it
    fresh = not _has_bytes(folder.work_db)
    lost = fresh and worked
    if fresh and not lost and folder.work_db.exists() and folder.keys.exists():
        raise NeedsPerson("folder_broken", file=folder.work_db.name)  # never begin anew in its place
    if fresh and not lost and not create:
        raise NeedsPerson("folder_unwritable", path=str(folder.root), reason="ENOENT")
    for last in (False, True):
        if lost:
            rebuild(folder, key, now)
        try:
            # One at a time: whoever lets go of a damaged file takes the log of the one in its place with it.
            with held(folder.root / _LOCK):
                return _opened(
                    folder,
                    key,
                    now,
                    create=fresh and not worked,
                    checkpoint_after=checkpoint_after,
                    looking=looking,
                )
        except NeedsPerson as error:
            if last or error.code not in DAMAGE or not key_fits(folder, key):
                raise
            lost = True
    raise AssertionError("unreachable")


def key_fits(folder: DataFolder, key: bytes) -> bool:
    """Whether anything beside the database opens with this key."""
    if Segments(folder.journal, key).opens() or next(Sidecars(folder, key).all(), None) is not None:
        return True
    return any(_opens(copy.path, key) for copy in copies_in(folder))


def look_again(folder: DataFolder) -> None:
    """Somebody met damage: at its next opening the database is examined, and made anew if need be."""
    with plain_errors(folder.suspect):
        folder.suspect.touch(mode=0o600)


def _opened(
    folder: DataFolder, key: bytes, now: datetime, *, create: bool, checkpoint_after: int, looking: bool
) -> Database:
    path, after = folder.work_db, checkpoint_after
    db = open_database(path, key=key, checkpoint_after=after, create=create, looking=looking)
    try:
        migrate(db, WORK_MIGRATIONS, WORK_SCHEMA)
        journal = Journal(Segments(folder.journal, key), db)
        behind = _is_behind(journal)
        if (behind or folder.suspect.exists()) and findings(db):
            raise NeedsPerson("folder_broken", file=folder.work_db.name)
        if behind:
            _catch_up(folder, db, journal, now)
        folder.suspect.unlink(missing_ok=True)
    except DatabaseError as error:
        db.close()
        raise of_database(error, folder.work_db) or error from error
    except BaseException:
        db.close()
        raise
    return db


def _is_behind(journal: Journal) -> bool:
    """Whether the journal goes further than the database says."""
    place = journal.place()
    numbers = journal.segments.numbers()
    return bool(numbers) and (
        numbers[-1] > place.segment or journal.segments.size(place.segment) > place.offset
    )


def _catch_up(folder: DataFolder, db: Database, journal: Journal, now: datetime) -> None:
    """Apply what the database does not have: its own log was lost, or a process died right before COMMIT."""
    with transaction(db):
        if not _is_behind(journal):  # another process was just committing
            return
        replay = Replay(db, now)
        if replay.apply(journal.segments.entries(journal.place())):
            replay.raise_sequence()
        numbers = journal.segments.numbers()
        sync_folder(folder.journal)  # whoever wrote there may have been killed before that
        journal.move_place(Place(numbers[-1], journal.segments.size(numbers[-1])))


def rebuild(folder: DataFolder, key: bytes, now: datetime) -> Rebuilt | None:
    """Make the database anew; None when another process has just done so. ``folder_broken`` when there is
    nothing here that it could be made from with this key."""
    with held(folder.root / _LOCK):
        if _has_bytes(folder.work_db) and not folder.suspect.exists() and is_whole(folder.work_db, key):
            return None
        if not key_fits(folder, key):
            raise NeedsPerson("folder_broken", file=folder.work_db.name)
        aside = folder.root / _ASIDE
        shutil.rmtree(aside, ignore_errors=True)
        try:
            with plain_errors(aside):
                aside.mkdir(mode=0o700)
                rebuilt = _build(folder, key, aside / folder.work_db.name, now)
                _put_in_place(folder, aside / folder.work_db.name, Path(rebuilt.kept))
        finally:
            shutil.rmtree(aside, ignore_errors=True)
        folder.suspect.unlink(missing_ok=True)
        return rebuilt


def _build(folder: DataFolder, key: bytes, path: Path, now: datetime) -> Rebuilt:
    copy = next((copy for copy in copies_in(folder) if is_whole_copy(copy.path, key)), None)
    if copy is not None:
        shutil.copyfile(copy.path, path)
    salvaged = salvage(folder.work_db, key)
    db = open_database(path, key=key)  # closed, all of it is in one file
    try:
        migrate(db, WORK_MIGRATIONS, WORK_SCHEMA)
        segments = Segments(folder.journal, key)
        with transaction(db):
            replay = Replay(db, now)
            _add_salvaged(db, replay, salvaged)
            entries = replay.apply(segments.entries(Place(copy.segment if copy else 0, 0)))
            keep_both(replay.drafts, replay.told, salvaged.drafts)
            _add_sidecars(db, replay, Sidecars(folder, key))
            db.execute("UPDATE outbox SET state = 'waiting' WHERE state = 'sending'")
            db.execute("UPDATE outbox SET frozen_at = ? WHERE frozen_at = ''", [now.isoformat()])
            db.execute("UPDATE upload SET state = 'waiting', sent_bytes = 0 WHERE state = 'sending'")
            replay.raise_sequence(SEQUENCE_GAP)
            Journal(segments, db).begin_segment()
            rebuilt = _told(db, now, copy is not None, entries, _kept_at(folder, now))
        if findings(db):
            raise NeedsPerson("disk_failed", path=str(path), reason="rebuilt")
    finally:
        db.close()
    return rebuilt


def _add_salvaged(db: Database, replay: Replay, salvaged: Salvaged) -> None:
    """What could still be read, where nothing newer is known."""
    if salvaged.identity and replay.meta.identity() is None:
        replay.meta.set_identity(salvaged.identity)
    for record in salvaged.records:
        replay.add_record(record)
    for draft in salvaged.drafts:
        known = replay.drafts.get(draft.draft_id)
        if known is not None:
            replay.told.hear(known)
        if known is None or known.changed_at < draft.changed_at:
            replay.drafts.save(draft)
    for saved in salvaged.photos:
        _add_photo(db, saved.owner_id, saved.photo_id, msgspec.json.encode(saved.photo).decode())


def _add_sidecars(db: Database, replay: Replay, sidecars: Sidecars) -> None:
    """Photos that no row names any more come back to their drafts."""
    for sidecar in sidecars.all():
        if sidecar.photo_id in replay.gone:
            continue
        if replay.drafts.get(sidecar.owner_id) is None and replay.outbox.entry(sidecar.owner_id) is None:
            replay.drafts.save(_draft_of(sidecar))
        slot = sidecar.photo.slot
        taken = {saved.photo.slot: saved.photo_id for saved in replay.drafts.photos(sidecar.owner_id)}
        if sidecar.photo_id in taken.values() or replay.outbox.entry(sidecar.owner_id) is not None:
            continue
        if slot in taken:
            slot = replay.drafts.next_slot(sidecar.owner_id)
        photo = msgspec.structs.replace(sidecar.photo, slot=slot)
        _add_photo(db, sidecar.owner_id, sidecar.photo_id, msgspec.json.encode(photo).decode())


def _add_photo(db: Database, owner_id: str, photo_id: str, body: str) -> None:
    slot = msgspec.json.decode(body)["slot"]
    db.execute(
        "INSERT OR IGNORE INTO photo (photo_id, owner_id, slot, body) VALUES (?, ?, ?, ?)",
        [photo_id, owner_id, slot, body],
    )


def _draft_of(sidecar: Sidecar) -> Draft:
    body = {"class_code": sidecar.class_code, "note": sidecar.note, "recovered": True}
    return Draft(
        sidecar.owner_id,
        sidecar.officer_id,
        sidecar.kind,
        sidecar.case_id,
        msgspec.json.encode(body).decode(),
        sidecar.written_at,
        "",
        "open",
    )


def _told(db: Database, now: datetime, copy_used: bool, entries: int, kept: Path) -> Rebuilt:
    """Count what is there, and keep it for the person and the device's own log."""

    def count(sql: str) -> int:
        return int(db.execute(f"SELECT count(*) FROM {sql}").fetchone()[0])

    rebuilt = Rebuilt(
        at=now,
        records=count("record"),
        drafts=count("draft WHERE state = 'open'"),
        photos=count("upload WHERE lane = 'original'")
        + count("photo p JOIN draft d ON d.draft_id = p.owner_id WHERE d.state = 'open'"),
        copy_used=copy_used,
        entries=entries,
        kept=str(kept),
    )
    text = msgspec.json.encode(rebuilt).decode()
    db.execute(
        "INSERT INTO meta (name, value) VALUES ('rebuilt', ?) "
        "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        [text],
    )
    db.execute("INSERT INTO event (at, kind, facts) VALUES (?, 'store_rebuilt', ?)", [now.isoformat(), text])
    return rebuilt


def _kept_at(folder: DataFolder, now: datetime) -> Path:
    """A folder of its own for the damaged files."""
    named = folder.damaged / now.strftime("%Y%m%dT%H%M%S")
    number = 1
    while named.exists():
        named, number = named.with_name(f"{named.name.partition('-')[0]}-{number}"), number + 1
    return named


def _put_in_place(folder: DataFolder, new: Path, kept: Path) -> None:
    """Put the damaged files away and the new database in their place; durable in this order."""
    kept.mkdir(mode=0o700, parents=True)
    for ending in ("-wal", "-shm", ""):
        old = folder.work_db.with_name(folder.work_db.name + ending)
        if old.exists():
            old.rename(kept / old.name)
    sync_folder(kept)
    sync_folder(folder.root)
    with new.open("rb+") as file:
        os.fsync(file.fileno())
    new.rename(folder.work_db)
    sync_folder(folder.root)


def _has_bytes(path: Path) -> bool:
    try:
        return path.stat().st_size > 0
    except OSError:
        return False


def _opens(path: Path, key: bytes) -> bool:
    try:
        open_database(path, key=key, read_only=False).close()
    except (FieldError, DatabaseError):
        return False
    return True
