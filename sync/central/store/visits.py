"""Visits to enterprises and sites: judged, kept as rows of the feed, and rated once by the visited party.

The row tells every tablet who was visited for what and with which result; the sheet itself, with names and
signatures, stays in the operation's body at central.
"""

from __future__ import annotations

import hmac
from datetime import datetime

import msgspec

from sync.central.store.attempts import note_failure, note_success, require_no_wait
from sync.central.store.checks import check_time, check_words
from sync.central.store.store import Store, get_row, put_row
from sync.central.world import World, iso
from sync.contract.errors import InputRefused, NeedsPerson
from sync.contract.ids import check_id
from sync.contract.lifecycle import Role
from sync.contract.records import RecordType, Visit
from sync.contract.tables import VISIT, Row
from sync.contract.visit import STARS_MAX
from sync.contract.visit_judging import check_visit, visit_cells
from sync.contract.wire import PushStatus, decode_record
from sync.replica.database import Database

RATING_NOTE_MAX = 500


class VisitPage(msgspec.Struct, frozen=True):
    """Visits, newest first; ``before`` is where the next page begins, "" on the last one."""

    visits: list[Row]
    before: str


def judge(db: Database, visit: Visit, role: Role) -> None:
    """Raise the reason why a visit does not hold up; a squad of two, a known item, all signed."""
    sheet = visit.sheet
    item = get_row(db, "inspection_item", sheet.item_code)
    check_visit(visit, role, item, get_row(db, "officer", sheet.second_id))


def add(db: Database, visit: Visit, received: datetime) -> int:
    """Write a visit's row down; answers its sequence."""
    row: Row = {
        **visit_cells(visit),
        "ended_at": iso(check_time(visit.sheet.ended_at)),
        "received_at": iso(received),
    }
    return put_row(db, VISIT.name, row)


class Visits:
    """What is known of visits, and the party's rating."""

    def __init__(self, store: Store, world: World) -> None:
        self._store = store
        self._world = world

    def page(self, limit: int = 50, before: str = "") -> VisitPage:
        """A page of visits; ids grow with time, so the newest come first."""
        names = VISIT.column_names
        with self._store.reading() as db:
            found = db.execute(
                f"SELECT {', '.join(names)} FROM visit WHERE visit_id < ? ORDER BY visit_id DESC LIMIT ?",
                (before or "~", limit + 1),
            ).fetchall()
        rows: list[Row] = [dict(zip(names, row, strict=True)) for row in found[:limit]]
        return VisitPage(rows, str(rows[-1]["visit_id"]) if len(found) > limit else "")

    def rate(self, visit_id: str, code: str, stars: int, note: str = "") -> Row:
        """Take the party's rating: once, with the code of the QR it was shown.

        ``visit_unknown`` also where only the code is wrong, so that nobody can find out which visits there
        are; ``rating_invalid``, ``already_rated``; after five wrong codes ``too_many_attempts`` for a while.
        """
        check_id(visit_id)
        check_words(note, RATING_NOTE_MAX)
        if not 1 <= stars <= STARS_MAX:
            raise InputRefused("rating_invalid", value=stars, limit=STARS_MAX)
        now, subject = self._world.now(), f"rating:{visit_id}"
        with self._store.writing() as db:
            require_no_wait(db, subject, now)
            row = get_row(db, VISIT.name, visit_id)
            secret = _rating_code(db, visit_id) if row is not None else ""
            if row is not None and secret and hmac.compare_digest(secret.encode(), code.strip().encode()):
                if row["stars"]:
                    raise NeedsPerson("already_rated", visit=visit_id, stars=row["stars"])
                rated: Row = {**row, "stars": stars, "rating_note": note, "rated_at": iso(now)}
                put_row(db, VISIT.name, rated)
                note_success(db, subject)
                return rated
            note_failure(db, subject, now)
        raise InputRefused("visit_unknown", visit=visit_id)


def _rating_code(db: Database, visit_id: str) -> str:
    found = db.execute(
        "SELECT body FROM op WHERE record_id = ? AND status = ?", (visit_id, PushStatus.DONE.value)
    ).fetchone()
    record = None if found is None else decode_record(RecordType.VISIT, found[0])
    return record.rating_code if isinstance(record, Visit) else ""
