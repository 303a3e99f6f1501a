"""The schema of ``work.db``, as named migrations. Never edit one that was released; add a new one."""

from __future__ import annotations

from sqlite_utils import Migrations

from sync.contract.tables import WORK_TABLES, create_statements
from sync.replica.database import Database
from sync.replica.shape import add_missing

WORK_MIGRATIONS = Migrations("work")
WORK_SCHEMA = 11

_FIRST = """
CREATE TABLE meta (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE cursor (stream TEXT NOT NULL PRIMARY KEY, cursor TEXT NOT NULL, epoch TEXT NOT NULL,
    moved_at TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE draft (draft_id TEXT NOT NULL PRIMARY KEY, officer_id TEXT NOT NULL, kind TEXT NOT NULL,
    case_id TEXT NOT NULL DEFAULT '', body TEXT NOT NULL, changed_at TEXT NOT NULL,
    record_id TEXT NOT NULL DEFAULT '', state TEXT NOT NULL DEFAULT 'open') WITHOUT ROWID;
CREATE TABLE photo (photo_id TEXT NOT NULL PRIMARY KEY, owner_id TEXT NOT NULL, slot INTEGER NOT NULL,
    body TEXT NOT NULL, UNIQUE (owner_id, slot)) WITHOUT ROWID;
CREATE TABLE record (record_id TEXT NOT NULL PRIMARY KEY, record_type TEXT NOT NULL, case_id TEXT NOT NULL,
    officer_id TEXT NOT NULL, device_seq INTEGER NOT NULL UNIQUE, created_at TEXT NOT NULL,
    body TEXT NOT NULL, body_sha256 TEXT NOT NULL, withdrawn_by TEXT NOT NULL DEFAULT '') WITHOUT ROWID;
CREATE INDEX record_by_case ON record (case_id);
CREATE TABLE outbox (op_id TEXT NOT NULL PRIMARY KEY, device_seq INTEGER NOT NULL UNIQUE,
    state TEXT NOT NULL DEFAULT 'waiting', frozen_at TEXT NOT NULL DEFAULT '',
    attempts INTEGER NOT NULL DEFAULT 0, tried_at TEXT NOT NULL DEFAULT '',
    code TEXT NOT NULL DEFAULT '', facts TEXT NOT NULL DEFAULT '{}',
    receipt TEXT NOT NULL DEFAULT '') WITHOUT ROWID;
CREATE INDEX outbox_by_state ON outbox (state, device_seq);
CREATE TABLE upload (record_id TEXT NOT NULL, slot INTEGER NOT NULL, lane TEXT NOT NULL,
    sha256 TEXT NOT NULL, bytes INTEGER NOT NULL, media_type TEXT NOT NULL, device_seq INTEGER NOT NULL,
    state TEXT NOT NULL DEFAULT 'waiting', sent_bytes INTEGER NOT NULL DEFAULT 0,
    attempts INTEGER NOT NULL DEFAULT 0, tried_at TEXT NOT NULL DEFAULT '',
    code TEXT NOT NULL DEFAULT '', receipt TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (record_id, slot, lane)) WITHOUT ROWID;
CREATE INDEX upload_by_state ON upload (state, lane, bytes);
CREATE INDEX upload_by_hash ON upload (sha256);
CREATE TABLE event (event_id INTEGER PRIMARY KEY, at TEXT NOT NULL, kind TEXT NOT NULL,
    officer_id TEXT NOT NULL DEFAULT '', facts TEXT NOT NULL DEFAULT '{}')
"""


@WORK_MIGRATIONS()
def m001_first(db: Database) -> None:
    """Precious tables of the tablet's own, and the work stream's tables."""
    for statement in _FIRST.split(";"):
        db.execute(statement)
    for table in WORK_TABLES:
        for statement in create_statements(table):
            db.execute(statement)


@WORK_MIGRATIONS()
def m002_original_check(db: Database) -> None:
    """When each original was last hashed again, and how it was found."""
    db.execute(
        "CREATE TABLE original_check (sha256 TEXT NOT NULL PRIMARY KEY, checked_at TEXT NOT NULL, "
        "what TEXT NOT NULL) WITHOUT ROWID"
    )


@WORK_MIGRATIONS()
def m003_cases_by_plate(db: Database) -> None:
    """A truck's recent cases are read with every verdict on it."""
    db.execute("CREATE INDEX city_case_by_plate ON city_case (plate, reported_at)")


@WORK_MIGRATIONS()
def m004_cases_near(db: Database) -> None:
    """Before a new report: cases nearby that may be the same thing, what is usual here, who handles it;
    and one's own reports."""
    add_missing(db, WORK_TABLES)
    db.execute("CREATE INDEX city_case_by_place ON city_case (lat, lon)")
    db.execute("CREATE INDEX city_case_by_cell ON city_case (grid_cell, class_code)")
    db.execute("CREATE INDEX city_case_by_class ON city_case (class_code, assignee)")
    db.execute("CREATE INDEX city_case_by_reporter ON city_case (reporter, reported_at)")


@WORK_MIGRATIONS()
def m005_time_limits(db: Database) -> None:
    """What central tells of a case's time limit and of what was asked for."""
    add_missing(db, WORK_TABLES)


@WORK_MIGRATIONS()
def m006_visits(db: Database) -> None:
    """Visits that central knows of, and the officers' credentials.

    Rows of theirs may have gone by unknown to the version before: everything is compared once.
    """
    add_missing(db, WORK_TABLES)
    db.execute(
        "INSERT OR REPLACE INTO meta (name, value) SELECT 'compare_due', '1' FROM cursor"
        " WHERE stream = 'work'"
    )


@WORK_MIGRATIONS()
def m007_messages(db: Database) -> None:
    """Messages of a case are few among many acts: they are found by an index of their own."""
    db.execute(
        "CREATE INDEX case_act_talk ON case_act (case_id, act_order) WHERE kind IN ('message', 'read')"
    )


@WORK_MIGRATIONS()
def m008_alerts(db: Database) -> None:
    """Alerts and calls for reinforcement; what went by unknown to the version before is compared once."""
    add_missing(db, WORK_TABLES)
    db.execute(
        "INSERT OR REPLACE INTO meta (name, value) SELECT 'compare_due', '1' FROM cursor"
        " WHERE stream = 'work'"
    )


@WORK_MIGRATIONS()
def m009_tracks(db: Database) -> None:
    """The patrol track while it is walked; its finished segments are records like any other."""
    db.execute(
        "CREATE TABLE track (track_id TEXT NOT NULL PRIMARY KEY, officer_id TEXT NOT NULL, "
        "state TEXT NOT NULL, begun_at TEXT NOT NULL, segment INTEGER NOT NULL, begins TEXT NOT NULL, "
        "segment_begun_at TEXT NOT NULL, seconds REAL NOT NULL DEFAULT 0, length_m REAL NOT NULL DEFAULT 0, "
        "gaps INTEGER NOT NULL DEFAULT 0, ended_at TEXT NOT NULL DEFAULT '', "
        "source TEXT NOT NULL DEFAULT 'gnss', via TEXT NOT NULL DEFAULT '') WITHOUT ROWID"
    )
    db.execute(
        "CREATE TABLE track_point (track_id TEXT NOT NULL, segment INTEGER NOT NULL, after_s REAL NOT NULL, "
        "lon REAL NOT NULL, lat REAL NOT NULL, accuracy_m REAL NOT NULL, "
        "PRIMARY KEY (track_id, segment, after_s)) WITHOUT ROWID"
    )
    db.execute(
        "CREATE TABLE track_cell (track_id TEXT NOT NULL, grid_cell TEXT NOT NULL, "
        "PRIMARY KEY (track_id, grid_cell)) WITHOUT ROWID"
    )


@WORK_MIGRATIONS()
def m010_own_text(db: Database) -> None:
    """One's own reports are found by part of their text without a case being read for it."""
    db.execute(
        "CREATE INDEX city_case_own_text ON city_case "
        "(reporter, reported_at, case_id, class_code, note, address, plate)"
    )
    db.execute("DROP INDEX city_case_by_reporter")


@WORK_MIGRATIONS()
def m011_visit_papers(db: Database) -> None:
    """The hash of a visit's on-site record; what central told without it is compared once."""
    add_missing(db, WORK_TABLES)
    db.execute(
        "INSERT OR REPLACE INTO meta (name, value) SELECT 'compare_due', '1' FROM cursor"
        " WHERE stream = 'work' AND EXISTS (SELECT 1 FROM visit)"
    )
