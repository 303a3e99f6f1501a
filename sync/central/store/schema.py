"""Central's tables: the city's own from the contract, and those only central needs."""

from __future__ import annotations

from sqlite_utils import Migrations

from sync.contract.tables import TABLES, create_statements
from sync.replica.database import Database
from sync.replica.shape import add_missing

KNOWN = 15
"""How many migrations this version knows."""

migrations = Migrations("central")

_OWN = (
    "CREATE TABLE meta (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    # The one sequence of everything central ever ordered: operations, acts, files and changes.
    "CREATE TABLE counter (value INTEGER NOT NULL)",
    "INSERT INTO counter (value) VALUES (0)",
    # The newest change of each row; a deleted row stays as its tombstone.
    "CREATE TABLE change (sequence INTEGER PRIMARY KEY, stream TEXT NOT NULL, table_name TEXT NOT NULL,"
    " row_id TEXT NOT NULL, deleted INTEGER NOT NULL, UNIQUE (table_name, row_id))",
    "CREATE INDEX change_by_stream ON change (stream, sequence)",
    "CREATE TABLE device (device_id TEXT NOT NULL PRIMARY KEY, name TEXT NOT NULL, platform TEXT NOT NULL,"
    " public_key TEXT NOT NULL, escrow TEXT NOT NULL, officer_id TEXT NOT NULL, enrolled_at TEXT NOT NULL,"
    " active INTEGER NOT NULL) WITHOUT ROWID",
    "CREATE TABLE enrol_code (secret_hash TEXT NOT NULL PRIMARY KEY, officer_id TEXT NOT NULL,"
    " issued_at TEXT NOT NULL, expires_at TEXT NOT NULL, device_id TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE token (token_hash TEXT NOT NULL PRIMARY KEY, device_id TEXT NOT NULL,"
    " issued_at TEXT NOT NULL, expires_at TEXT NOT NULL) WITHOUT ROWID",
    "CREATE INDEX token_by_device ON token (device_id)",
    "CREATE TABLE token_nonce (device_id TEXT NOT NULL, nonce TEXT NOT NULL,"
    " PRIMARY KEY (device_id, nonce)) WITHOUT ROWID",
    "CREATE TABLE attempt (subject TEXT NOT NULL PRIMARY KEY, failures INTEGER NOT NULL,"
    " locked_until TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE officer_pin (officer_id TEXT NOT NULL PRIMARY KEY, verifier TEXT NOT NULL) WITHOUT ROWID",
    # Every operation that named a record, whatever became of it, with its body as sent.
    "CREATE TABLE op (op_id TEXT NOT NULL PRIMARY KEY, device_id TEXT NOT NULL, device_seq INTEGER NOT NULL,"
    " record_type TEXT NOT NULL, record_id TEXT NOT NULL, body TEXT NOT NULL, body_sha256 TEXT NOT NULL,"
    " status TEXT NOT NULL, code TEXT NOT NULL, facts TEXT NOT NULL, flags TEXT NOT NULL,"
    " sequence INTEGER NOT NULL, received_at TEXT NOT NULL) WITHOUT ROWID",
    "CREATE INDEX op_by_record ON op (record_id)",
    "CREATE INDEX op_by_device ON op (device_id, device_seq)",
    "CREATE TABLE file_ref (record_id TEXT NOT NULL, slot INTEGER NOT NULL, lane TEXT NOT NULL,"
    " sha256 TEXT NOT NULL, bytes INTEGER NOT NULL, media_type TEXT NOT NULL,"
    " PRIMARY KEY (record_id, slot, lane)) WITHOUT ROWID",
    "CREATE INDEX file_ref_by_sha256 ON file_ref (sha256)",
    "CREATE TABLE object (sha256 TEXT NOT NULL PRIMARY KEY, bytes INTEGER NOT NULL,"
    " media_type TEXT NOT NULL, sequence INTEGER NOT NULL, received_at TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE upload (upload_id TEXT NOT NULL PRIMARY KEY, device_id TEXT NOT NULL,"
    " sha256 TEXT NOT NULL, bytes INTEGER NOT NULL, media_type TEXT NOT NULL, done INTEGER NOT NULL,"
    " begun_at TEXT NOT NULL, resumed_at INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID",
    "CREATE INDEX upload_by_device ON upload (device_id, sha256)",
)


@migrations(name="first_tables")
def first_tables(database: Database) -> None:
    """Everything of the first release."""
    for table in TABLES.values():
        for statement in create_statements(table):
            database.execute(statement)
    for statement in _OWN:
        database.execute(statement)


@migrations(name="stretches")
def stretches(database: Database) -> None:
    """Which opening of the store gave out which sequences (see ``lineage``)."""
    database.execute("CREATE TABLE stretch (after INTEGER PRIMARY KEY, mark TEXT NOT NULL)")


@migrations(name="lookup_log")
def lookup_log(database: Database) -> None:
    """Who looked which plate up, when, where and with what answer; it travels to no tablet."""
    database.execute(
        "CREATE TABLE lookup_log (lookup_id TEXT NOT NULL PRIMARY KEY, sequence INTEGER NOT NULL,"
        " plate TEXT NOT NULL, officer_id TEXT NOT NULL, device_id TEXT NOT NULL, lon REAL, lat REAL,"
        " accuracy_m REAL, place_source TEXT NOT NULL, answer TEXT NOT NULL, reasons TEXT NOT NULL,"
        " ages TEXT NOT NULL, looked_at TEXT NOT NULL, clock TEXT NOT NULL, received_at TEXT NOT NULL,"
        " record TEXT NOT NULL) WITHOUT ROWID"
    )
    database.execute("CREATE INDEX lookup_log_by_plate ON lookup_log (plate, sequence)")
    database.execute("CREATE INDEX lookup_log_by_sequence ON lookup_log (sequence)")


@migrations(name="verdict_tables")
def verdict_tables(database: Database) -> None:
    """What a verdict needs besides: approved loads, prohibited zones, kinds of days."""
    add_missing(database, TABLES.values())


@migrations(name="scopes")
def scopes(database: Database) -> None:
    """Which area a device was given, and from which sequence on."""
    database.execute(
        "CREATE TABLE scope (device_id TEXT NOT NULL PRIMARY KEY, area TEXT NOT NULL,"
        " since INTEGER NOT NULL) WITHOUT ROWID"
    )


@migrations(name="changed_columns")
def changed_columns(database: Database) -> None:
    """Which columns a change touched, against the row as it was at sequence ``since``; "" for all."""
    database.execute("ALTER TABLE change ADD COLUMN since INTEGER NOT NULL DEFAULT 0")
    database.execute("ALTER TABLE change ADD COLUMN columns TEXT NOT NULL DEFAULT ''")


@migrations(name="rescued_drafts")
def rescued_drafts(database: Database) -> None:
    """What people were still working on when a tablet was rescued."""
    database.execute(
        "CREATE TABLE rescued_draft (device_id TEXT NOT NULL, draft_id TEXT NOT NULL,"
        " officer_id TEXT NOT NULL, kind TEXT NOT NULL, case_id TEXT NOT NULL, body TEXT NOT NULL,"
        " photos TEXT NOT NULL, changed_at TEXT NOT NULL, imported_at TEXT NOT NULL,"
        " PRIMARY KEY (device_id, draft_id)) WITHOUT ROWID"
    )


@migrations(name="lost_objects")
def lost_objects(database: Database) -> None:
    """Files that were vouched for and are not there, by the devices that can send them again ("": any)."""
    database.execute(
        "CREATE TABLE lost_object (device_id TEXT NOT NULL, sha256 TEXT NOT NULL,"
        " PRIMARY KEY (device_id, sha256)) WITHOUT ROWID"
    )
    database.execute("CREATE INDEX lost_object_by_sha256 ON lost_object (sha256)")


@migrations(name="case_looks")
def case_looks(database: Database) -> None:
    """What the photos of a case look like, so that a tablet can tell what was reported before."""
    add_missing(database, TABLES.values())


@migrations(name="time_limits")
def time_limits(database: Database) -> None:
    """Opening conditions, working hours, and each case's clock."""
    add_missing(database, TABLES.values())


@migrations(name="visits")
def visits(database: Database) -> None:
    """Inspection items, visits to enterprises and sites with the party's rating, officers' credentials."""
    add_missing(database, TABLES.values())


@migrations(name="alerts")
def alerts(database: Database) -> None:
    """Alerts of the supervision side, calls for reinforcement, and what was done on both."""
    add_missing(database, TABLES.values())


@migrations(name="patrols")
def patrols(database: Database) -> None:
    """Patrol tracks, shift checks, and where each officer was last; none of it travels to a tablet."""
    database.execute(
        "CREATE TABLE track_segment (segment_id TEXT NOT NULL PRIMARY KEY, sequence INTEGER NOT NULL,"
        " track_id TEXT NOT NULL, number INTEGER NOT NULL, officer_id TEXT NOT NULL, device_id TEXT NOT NULL,"
        " begins TEXT NOT NULL, ends TEXT NOT NULL, begun_at TEXT NOT NULL, ended_at TEXT NOT NULL,"
        " points INTEGER NOT NULL, length_m REAL NOT NULL, received_at TEXT NOT NULL, record TEXT NOT NULL)"
        " WITHOUT ROWID"
    )
    database.execute("CREATE INDEX track_segment_by_track ON track_segment (track_id, number)")
    database.execute("CREATE INDEX track_segment_by_sequence ON track_segment (sequence)")
    database.execute(
        "CREATE TABLE shift_check (check_id TEXT NOT NULL PRIMARY KEY, sequence INTEGER NOT NULL,"
        " officer_id TEXT NOT NULL, device_id TEXT NOT NULL, made_at TEXT NOT NULL, worst TEXT NOT NULL,"
        " skipped INTEGER NOT NULL, findings TEXT NOT NULL, received_at TEXT NOT NULL, record TEXT NOT NULL)"
        " WITHOUT ROWID"
    )
    database.execute("CREATE INDEX shift_check_by_sequence ON shift_check (sequence)")
    database.execute(
        "CREATE TABLE last_place (officer_id TEXT NOT NULL PRIMARY KEY, lon REAL, lat REAL, accuracy_m REAL,"
        " at TEXT NOT NULL, kind TEXT NOT NULL, on_duty INTEGER NOT NULL) WITHOUT ROWID"
    )


@migrations(name="units")
def units(database: Database) -> None:
    """The responsible units of the city."""
    add_missing(database, TABLES.values())


@migrations(name="visit_papers")
def visit_papers(database: Database) -> None:
    """The hash of each visit's on-site record, by which other tablets fetch it: they are told anew."""
    add_missing(database, TABLES.values())
    tell_papers(database)


def tell_papers(database: Database) -> None:
    """Write down the on-site records' hashes where they are missing."""
    papers = database.execute(
        "SELECT v.visit_id, f.sha256 FROM visit v JOIN file_ref f ON f.record_id = v.visit_id"
        " WHERE v.paper IS NULL AND f.media_type = 'application/pdf' ORDER BY f.slot"
    ).fetchall()
    for visit_id, sha256 in papers:
        database.execute("UPDATE visit SET paper = ? WHERE visit_id = ?", (sha256, visit_id))
        database.execute("UPDATE counter SET value = value + 1")
        database.execute(
            "INSERT OR REPLACE INTO change (sequence, stream, table_name, row_id, deleted, since, columns)"
            " VALUES ((SELECT value FROM counter), 'work', 'visit', ?, 0, 0, '')",
            (visit_id,),
        )
