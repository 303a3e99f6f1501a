"""The work stream's tables on the tablet: officers, blacklist, cases and their acts."""

from __future__ import annotations

import msgspec

from sync.contract.plate import normalise_plate
from sync.contract.tables import (
    BLACKLIST,
    CASE_ACT,
    CITY_CASE,
    CREDENTIAL,
    OFFICER,
    SUBJECTS,
    TABLES,
    VISIT,
    WORK_TABLES,
    Row,
)
from sync.contract.wire import Change
from sync.replica.database import Database
from sync.replica.rows import apply_changes, held_tombstones, read_rows


class CityRows:
    """Reads of what central told this device, and the one write: applying a page of changes."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def apply(self, changes: list[Change]) -> int:
        """Apply a page; inside the transaction that moves the work cursor."""
        return apply_changes(self._db, [_in_normal_form(change) for change in changes])

    def tombstones(self, changes: list[Change]) -> list[Change]:
        """The changes that would delete a row held here. The acts of a case that goes go with it: one case
        that is given to somebody else is one row, however much was done on it."""
        held = held_tombstones(self._db, changes)
        gone = {(change.table, change.id) for change in held}
        return [change for change in held if not self._goes_along(change, gone)]

    def _goes_along(self, change: Change, gone: set[tuple[str, str]]) -> bool:
        subject = SUBJECTS.get(change.table)
        if subject is None:
            return False
        sql = f"SELECT {subject.key} FROM {change.table} WHERE {TABLES[change.table].key} = ?"
        row = self._db.execute(sql, [change.id]).fetchone()
        return row is not None and (subject.name, str(row[0])) in gone

    def counts(self) -> dict[str, int]:
        """Rows per table."""
        return {
            table.name: int(self._db.execute(f"SELECT count(*) FROM {table.name}").fetchone()[0])
            for table in WORK_TABLES
        }

    def officer(self, officer_id: str) -> Row | None:
        """One officer."""
        return next(read_rows(self._db, OFFICER, "WHERE officer_id = ?", [officer_id]), None)

    def blacklist(self, subjects: list[str]) -> list[Row]:
        """Entries naming any of these plates, companies or drivers, most serious first."""
        marks = ", ".join("?" * len(subjects))
        where = f"WHERE subject IN ({marks}) ORDER BY level DESC, entry_id"
        return list(read_rows(self._db, BLACKLIST, where, subjects))

    def blacklisted_drivers(self) -> list[Row]:
        """Entries against people, who are known by name alone and written in more than one way."""
        return list(read_rows(self._db, BLACKLIST, "WHERE kind = 'driver' ORDER BY level DESC, entry_id", []))

    def case(self, case_id: str) -> Row | None:
        """One case as central last told it."""
        return next(read_rows(self._db, CITY_CASE, "WHERE case_id = ?", [case_id]), None)

    def cases_of(self, officer_id: str) -> list[Row]:
        """Cases dispatched to an officer, soonest due first."""
        where = "WHERE assignee = ? ORDER BY due_at = '', due_at, reported_at"
        return list(read_rows(self._db, CITY_CASE, where, [officer_id]))

    def newly_dispatched(self, officers: tuple[str, ...]) -> frozenset[str]:
        """Cases dispatched to any of these that nobody has taken up yet."""
        marks = ", ".join("?" * len(officers))
        rows = self._db.execute(
            f"SELECT case_id FROM city_case WHERE assignee IN ({marks}) AND state = 'dispatched'",
            list(officers),
        )
        return frozenset(str(row[0]) for row in rows.fetchall())

    def cases(self, limit: int = 2000) -> list[Row]:
        """Cases of the city for the map, newest first."""
        return list(read_rows(self._db, CITY_CASE, "ORDER BY reported_at DESC LIMIT ?", [limit]))

    def cases_of_plate(self, plate: str, limit: int) -> list[Row]:
        """Cases about a truck, newest first; none for no plate."""
        if not plate:
            return []
        where = "WHERE plate = ? ORDER BY reported_at DESC LIMIT ?"
        return list(read_rows(self._db, CITY_CASE, where, [plate, limit]))

    def cases_matching(self, part: str, limit: int = 20) -> list[Row]:
        """Cases whose id begins or ends with the given part."""
        where = "WHERE case_id LIKE ? ESCAPE '!' OR replace(case_id, '-', '') LIKE ? ESCAPE '!' LIMIT ?"
        safe = part.lower().replace("!", "!!").replace("%", "!%").replace("_", "!_")
        return list(read_rows(self._db, CITY_CASE, where, [safe + "%", "%" + safe, limit]))

    def acts(self, case_id: str) -> list[Row]:
        """The acts central knows of a case, in its order."""
        return list(read_rows(self._db, CASE_ACT, "WHERE case_id = ? ORDER BY act_order", [case_id]))

    def moves(self, case_id: str) -> list[Row]:
        """The same without what was said and read, which moves nothing and may be a great deal."""
        where = "WHERE case_id = ? AND kind NOT IN ('message', 'read') ORDER BY act_order"
        return list(read_rows(self._db, CASE_ACT, where, [case_id]))

    def last_order(self, case_id: str) -> int:
        """The number of the newest act central has told of a case; 0 before the first."""
        row = self._db.execute("SELECT max(act_order) FROM case_act WHERE case_id = ?", [case_id]).fetchone()
        return int(row[0] or 0)

    def colleagues(self, officer_id: str, roles: list[str]) -> list[Row]:
        """Active officers of these roles but one, their own squad's first."""
        marks = ", ".join("?" * len(roles))
        where = (
            f"WHERE active = 1 AND officer_id <> ? AND role IN ({marks}) ORDER BY squad <>"
            " coalesce((SELECT o.squad FROM officer o WHERE o.officer_id = ?), ''), officer_id"
        )
        return list(read_rows(self._db, OFFICER, where, [officer_id, *roles, officer_id]))

    def squads(self, roles: list[str]) -> list[str]:
        """The squads of active officers of these roles, by name."""
        marks = ", ".join("?" * len(roles))
        rows = self._db.execute(
            f"SELECT DISTINCT squad FROM officer WHERE active = 1 AND squad <> '' AND role IN ({marks})"
            " ORDER BY squad",
            roles,
        )
        return [str(row[0]) for row in rows.fetchall()]

    def credential(self, officer_id: str) -> Row | None:
        """An officer's credential, signed by central."""
        return next(read_rows(self._db, CREDENTIAL, "WHERE officer_id = ?", [officer_id]), None)

    def visit(self, visit_id: str) -> Row | None:
        """A visit as central last told it."""
        return next(read_rows(self._db, VISIT, "WHERE visit_id = ?", [visit_id]), None)

    def visits_of(self, party_ref: str, limit: int = 20) -> list[Row]:
        """Visits to a party of the city's tables, newest first."""
        where = "WHERE party_ref = ? ORDER BY visit_id DESC LIMIT ?"
        return list(read_rows(self._db, VISIT, where, [party_ref, limit]))

    def own_visits(self, officer_id: str, part: str, *, before: str = "", limit: int = 60) -> list[Row]:
        """An officer's visits that hold ``part`` in party or item, newest first, older than ``before``.

        With no officer everybody's that this tablet was told of.
        """
        safe = part.replace("!", "!!").replace("%", "!%").replace("_", "!_")
        where = (
            "WHERE visit_id < ? AND (? = '' OR officer_id = ? OR second_id = ?) AND"
            " (party_name LIKE ? ESCAPE '!' OR item_name LIKE ? ESCAPE '!' OR item_code LIKE ? ESCAPE '!')"
            " ORDER BY visit_id DESC LIMIT ?"
        )
        like = f"%{safe}%"
        values = [before or "~", officer_id, officer_id, officer_id, like, like, like, limit]
        return list(read_rows(self._db, VISIT, where, values))

    def clear(self) -> None:
        """Forget what central told (before a full compare); never touches what this device made."""
        for table in WORK_TABLES:
            self._db.execute(f"DELETE FROM {table.name}")


def _in_normal_form(change: Change) -> Change:
    """A blacklist entry is found by its plate: one that was written otherwise must not be missed."""
    row = change.row
    if change.table != BLACKLIST.name or row is None or row.get("kind") in ("company", "driver"):
        return change
    subject = row.get("subject")
    if not isinstance(subject, str) or (plate := normalise_plate(subject)) == subject:
        return change
    return msgspec.structs.replace(change, row={**row, "subject": plate})
