"""The reference store: public rows on the tablet, for looking up a truck with no network.

A snapshot arrives as a whole new file; ``reference/current`` names the one in force, so that a swap is one
durable rename of a tiny file and readers of the old file are never disturbed. Changes after the snapshot are
applied in place, together with the cursor, which lies in the same file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from sync.contract.errors import FieldError, RetryLater
from sync.contract.tables import (
    CASE_CLASS,
    COMPANY,
    DAY_KIND,
    DISPOSAL_SITE,
    GRID_CELL,
    INSPECTION_ITEM,
    OPENING_CONDITION,
    PERMIT,
    PROHIBITED_ZONE,
    REFERENCE_SCHEMA,
    REFERENCE_TABLES,
    SITE,
    UNIT,
    WORK_HOURS,
    Row,
    Table,
)
from sync.contract.wire import Change
from sync.replica.company_search import FROM_THE_FIRST, CompanyFound, find_companies
from sync.replica.database import Database, DatabaseError, open_database, transaction
from sync.replica.files import durable_write
from sync.replica.folder import DataFolder
from sync.replica.meta import CursorAt
from sync.replica.plate_search import PlateSearch
from sync.replica.rows import apply_changes, held_tombstones, read_rows
from sync.replica.search_schema import create_search, has_search
from sync.replica.shape import add_missing
from sync.replica.storage_errors import of_database

_POINTER = "current"
_SUSPECT = "suspect"
_TAKEN_BY = "taken_by"
LOG_PAGES = 16_000
"""64 MB: how long the write-ahead log may grow during a long pull. Else it is emptied after the round."""
_DAMAGED = frozenset({"folder_broken", "store_key_wrong"})


class ReferenceStore:
    """Look-ups over the file in force; ``reopen`` after the daemon told that another one is."""

    def __init__(self, folder: DataFolder) -> None:
        self._folder = folder
        self._name = ""
        self._db = self._open()

    def _open(self) -> Database:
        """Open the file in force; should another one be put in force meanwhile, that one."""
        while True:
            self._name = self._named()
            db = self._opened()
            if db is None:
                continue
            if self._named() == self._name:
                return db
            db.close()

    def _opened(self) -> Database | None:
        """The file in force; a damaged one goes, because all of it can be fetched anew."""
        path = self._folder.reference / self._name
        try:
            db = open_database(path, full_sync=False, checkpoint_after=LOG_PAGES)
            _ensure_tables(db)
        except (FieldError, DatabaseError) as error:
            plain = error if isinstance(error, FieldError) else of_database(error, path)
            if plain is None or plain.code not in _DAMAGED:
                raise
            self._remove(path)
            return None
        return db

    def discard(self) -> None:
        """Throw away what turned out to be damaged; what is held then is nothing, to be filled anew."""
        self._db.close()
        self._remove(self._folder.reference / self._name)
        self._db = self._open()

    @property
    def is_suspect(self) -> bool:
        """Whether somebody has met damage in here: it is to be fetched anew, whatever a round may touch."""
        return (self._folder.reference / _SUSPECT).exists()

    def suspect(self) -> list[str]:
        """The findings of ``integrity``; where there are any, the next round fetches everything anew."""
        findings = self.integrity()
        if findings:
            with suppress(OSError):
                (self._folder.reference / _SUSPECT).touch(mode=0o600)
        return findings

    def integrity(self) -> list[str]:
        """Findings of SQLite's own check; empty when all is well."""
        try:
            return [str(row[0]) for row in self._db.execute("PRAGMA quick_check(5)") if row[0] != "ok"]
        except DatabaseError as error:
            return [str(error)]

    def _remove(self, path: Path) -> None:
        for file in (path, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")):
            file.unlink(missing_ok=True)

    def _named(self) -> str:
        pointer = self._folder.reference / _POINTER
        named = pointer.read_bytes().decode(errors="replace") if pointer.exists() else ""
        return Path(named.strip()).name or "empty.db"

    @property
    def name(self) -> str:
        """The name of the file in force; another name means other contents throughout."""
        return self._name

    def version(self) -> tuple[str, int, int]:
        """Another value whenever something in here may be otherwise, whoever wrote it."""
        seen = int(self._db.execute("PRAGMA data_version").fetchone()[0])
        return self._name, seen, int(self._db.conn.total_changes)

    def reopen(self) -> bool:
        """Open the file now in force; True when it is another one than before."""
        if self._named() == self._name:
            return False
        old = self._db
        self._db = self._open()
        old.close()
        return True

    def adopt(self, new_file: Path) -> None:
        """Put a verified snapshot file (already inside ``reference/``) in force and drop older ones."""
        _take_as_it_is(new_file)
        durable_write(self._folder.reference / _POINTER, new_file.name.encode())
        self.reopen()
        (self._folder.reference / _SUSPECT).unlink(missing_ok=True)
        for other in self._folder.reference.glob("*.db*"):
            if not other.name.startswith(self._name):
                with suppress(OSError):
                    other.unlink()

    def cursor(self) -> CursorAt | None:
        """How far the reference stream has been applied.

        None while there is nothing, and where the file was filled by an earlier version: then it is filled
        anew. A file that this version took from a central of another one holds all that there was to have.
        """
        values = dict(self._db.execute("SELECT name, value FROM meta").fetchall())
        own = str(REFERENCE_SCHEMA)
        if not values.get("cursor") or own not in (values.get("schema"), values.get(_TAKEN_BY)):
            return None
        as_of = values.get("as_of") or "1970-01-01T00:00:00+00:00"
        return CursorAt(values["cursor"], values.get("epoch", ""), datetime.fromisoformat(as_of))

    def is_behind(self) -> bool:
        """Whether the file lacks what this version knows: it came from a central of an earlier one."""
        row = self._db.execute("SELECT value FROM meta WHERE name = 'schema'").fetchone()
        return row is not None and int(row[0]) < REFERENCE_SCHEMA

    def sequence(self) -> int:
        """How far central's order of things has been applied, in the clear; 0 while there is nothing."""
        row = self._db.execute("SELECT value FROM meta WHERE name = 'sequence'").fetchone()
        return 0 if row is None else int(row[0])

    def withdraw(self, permits: Iterable[tuple[str, str, str]]) -> int:
        """Mark permits held here as taken away (id, status, reason), ahead of the changes that say so."""
        with transaction(self._db):
            written = 0
            for permit_id, status, reason in permits:
                written += self._db.execute(
                    "UPDATE permit SET status = ?, reason = ? WHERE permit_id = ?"
                    " AND (status IS NOT ? OR reason IS NOT ?)",
                    [status, reason, permit_id, status, reason],
                ).rowcount
        return written

    def apply(self, changes: list[Change], at: CursorAt) -> int:
        """Apply a page and move the cursor in one transaction."""
        sequence = max((change.sequence for change in changes), default=0)
        with transaction(self._db):
            written = apply_changes(self._db, changes)
            for name, value in (
                ("cursor", at.cursor),
                ("epoch", at.epoch),
                ("as_of", at.moved_at.isoformat()),
                ("sequence", str(max(sequence, self.sequence()))),
            ):
                self._db.execute(
                    "INSERT INTO meta (name, value) VALUES (?, ?) "
                    "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                    [name, value],
                )
        return written

    def checkpoint(self) -> None:
        """Move the write-ahead log into the file: after a round, so that no page of changes waits for it."""
        self._db.execute("PRAGMA wal_checkpoint(PASSIVE)")

    def tombstones(self, changes: list[Change]) -> list[Change]:
        """The changes that would delete a row held here."""
        return held_tombstones(self._db, changes)

    def counts(self) -> dict[str, int]:
        """Rows per table."""
        return {
            t.name: int(self._db.execute(f"SELECT count(*) FROM {t.name}").fetchone()[0])
            for t in REFERENCE_TABLES
        }

    def permits(self, plate: str) -> list[Row]:
        """All permits of a plate in normal form, the longest valid first."""
        return list(read_rows(self._db, PERMIT, "WHERE plate = ? ORDER BY valid_to DESC", [plate]))

    def permit(self, permit_id: str) -> Row | None:
        """One permit."""
        return self._one(PERMIT, permit_id)

    def permits_of_company(self, company_id: str, *, after: str = "", limit: int = 50) -> list[Row]:
        """A company's permits by plate, paged by plate."""
        where = "WHERE company_id = ? AND plate > ? ORDER BY plate LIMIT ?"
        return list(read_rows(self._db, PERMIT, where, [company_id, after, limit]))

    @property
    def trucks(self) -> PlateSearch:
        """Plates by some of their characters; ask anew after ``reopen``."""
        return PlateSearch(self._db)

    def companies_like(
        self, part: str, *, after: CompanyFound = FROM_THE_FIRST, limit: int = 20
    ) -> list[CompanyFound]:
        """Companies by part of the name, its initials or the credit code, best first, paged by the last."""
        return find_companies(self._db, part, after, limit)

    def company(self, company_id: str) -> Row | None:
        """One company."""
        return self._one(COMPANY, company_id)

    def site(self, site_id: str) -> Row | None:
        """One construction site."""
        return self._one(SITE, site_id)

    def disposal_site(self, disposal_site_id: str) -> Row | None:
        """One disposal site."""
        return self._one(DISPOSAL_SITE, disposal_site_id)

    def case_class(self, class_code: str) -> Row | None:
        """One class of the class table."""
        return self._one(CASE_CLASS, class_code)

    def classes(self) -> list[Row]:
        """The whole class table in code order (about a hundred rows)."""
        return list(read_rows(self._db, CASE_CLASS, "ORDER BY class_code"))

    def grid_cell(self, code: str) -> Row | None:
        """One grid cell."""
        return self._one(GRID_CELL, code)

    def grid_cells(self) -> Iterator[Row]:
        """Every grid cell, for the spatial index and the map."""
        return read_rows(self._db, GRID_CELL)

    def street_of(self, area: str) -> str:
        """The street of the first grid cell that begins with these digits, "" where there is none."""
        if not area.isdecimal():
            return ""
        row = self._db.execute(
            "SELECT street FROM grid_cell WHERE grid_cell >= ? AND grid_cell < ? ORDER BY grid_cell LIMIT 1",
            [area, area + ":"],
        ).fetchone()
        return "" if row is None else str(row[0] or "")

    def cells_of(self, prefix: str) -> list[str]:
        """The codes of the grid cells that begin with these digits; none for no digits."""
        if not prefix.isdecimal():
            return []
        rows = self._db.execute(
            "SELECT grid_cell FROM grid_cell WHERE grid_cell >= ? AND grid_cell < ? ORDER BY grid_cell",
            [prefix, prefix + ":"],
        )
        return [str(row[0]) for row in rows]

    def prohibited_zones(self) -> list[Row]:
        """Every prohibited zone (some dozens)."""
        return list(read_rows(self._db, PROHIBITED_ZONE, "ORDER BY zone_id"))

    def day_kinds(self, days: list[str]) -> list[Row]:
        """What is known of the given days (ISO dates)."""
        marks = ", ".join("?" * len(days))
        return list(read_rows(self._db, DAY_KIND, f"WHERE day IN ({marks})", days))

    def calendar(self) -> list[Row]:
        """Every day that is known (some years)."""
        return list(read_rows(self._db, DAY_KIND))

    def work_hours(self) -> list[Row]:
        """The hours that count towards a time limit, by kind of day."""
        return list(read_rows(self._db, WORK_HOURS))

    def opening_conditions(self) -> list[Row]:
        """Every opening condition (some hundreds)."""
        return list(read_rows(self._db, OPENING_CONDITION))

    def inspection_items(self) -> list[Row]:
        """Everything a squad may visit somebody for, by code."""
        return list(read_rows(self._db, INSPECTION_ITEM, "ORDER BY item_code"))

    def units(self) -> list[Row]:
        """Every responsible unit, by number (some hundreds)."""
        return list(read_rows(self._db, UNIT, "ORDER BY unit_id"))

    def unit_named(self, name: str) -> Row | None:
        """The unit of this Chinese name."""
        return next(read_rows(self._db, UNIT, "WHERE name_zh = ? ORDER BY unit_id LIMIT 1", [name]), None)

    def places_like(self, table: Table, part: str, limit: int = 20) -> list[Row]:
        """Construction or disposal sites with this in their name, shortest names first."""
        safe = part.strip().replace("!", "!!").replace("%", "!%").replace("_", "!_")
        where = "WHERE name LIKE ? ESCAPE '!' ORDER BY length(name), name LIMIT ?"
        return list(read_rows(self._db, table, where, [f"%{safe}%", limit]))

    def sites(self) -> Iterator[Row]:
        """Every construction site."""
        return read_rows(self._db, SITE)

    def disposal_sites(self) -> Iterator[Row]:
        """Every disposal site."""
        return read_rows(self._db, DISPOSAL_SITE)

    def _one(self, table: Table, key: str) -> Row | None:
        return next(read_rows(self._db, table, f"WHERE {table.key} = ?", [key]), None)

    def close(self) -> None:
        """Close the file."""
        self._db.close()


def _take_as_it_is(new_file: Path) -> None:
    """Note in a snapshot of another version that this one took it: central has no other."""
    db = open_database(new_file, full_sync=True)
    try:
        with transaction(db):
            row = db.execute("SELECT value FROM meta WHERE name = 'schema'").fetchone()
            if row is None or row[0] != str(REFERENCE_SCHEMA):
                db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", [_TAKEN_BY, str(REFERENCE_SCHEMA)])
    finally:
        db.close()


def _ensure_tables(db: Database) -> None:
    """Make the tables of a new file, and what a file of an earlier version lacks, so that it can be read.

    Several processes may open it at once: the write lock decides. Only an empty file is of this version.
    """
    if _has_tables(db):
        return
    with transaction(db):
        if _has_tables(db):
            return
        new = db.execute("SELECT 1 FROM sqlite_master WHERE name = 'permit'").fetchone() is None
        add_missing(db, REFERENCE_TABLES)
        db.execute("CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID")
        if new:
            db.execute("INSERT INTO meta (name, value) VALUES ('schema', ?)", [str(REFERENCE_SCHEMA)])
        if not has_search(db):
            create_search(db)


def _has_tables(db: Database) -> bool:
    found = db.execute(
        "SELECT m.name, c.name FROM sqlite_master AS m, pragma_table_info(m.name) AS c WHERE m.type = 'table'"
    ).fetchall()
    columns = {(str(table), str(column)) for table, column in found}
    wanted = {(table.name, column) for table in REFERENCE_TABLES for column in table.column_names}
    return wanted | {("meta", "value")} <= columns and has_search(db)


def damage_in(folder: Path, met: FieldError) -> FieldError:
    """What a damaged file is called that nobody knows by name: the city's data, where those are damaged."""
    if met.code != "folder_broken" or not (folder / "reference" / _POINTER).exists():
        return met
    try:
        store = ReferenceStore(DataFolder(folder))
    except FieldError:
        return met
    try:
        return RetryLater("city_data_damaged") if store.suspect() else met
    finally:
        store.close()
