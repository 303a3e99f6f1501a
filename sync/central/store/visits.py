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
from sync.contract.records import PhotoRole, RecordType, Visit
from sync.contract.tables import VISIT, Row
from sync.contract.visit import STARS_MAX, VISITORS, check_sheet, sheet_hash
from sync.contract.wire import PushStatus, decode_record
from sync.replica.database import Database

RATING_NOTE_MAX = 500


class VisitPage(msgspec.Struct, frozen=True):
    """Visits, newest first; ``before`` is where the next page begins, "" on the last one."""

    visits: list[Row]
    before: str


def judge(db: Database, visit: Visit, role: Role) -> None:
    """Raise the reason why a visit does not hold up; a squad of two, a known item, all signed."""
    if role not in VISITORS:
        raise NeedsPerson("visit_role", role=role.value)
    sheet = visit.sheet
    if sheet.officer_id != visit.officer_id or sheet_hash(sheet) != visit.sheet_sha256:
        raise InputRefused("visit_sheet_mismatch")
    if get_row(db, "inspection_item", sheet.item_code) is None:
        raise InputRefused("visit_item_unknown", item=sheet.item_code[:32])
    signatures = [photo.slot for photo in visit.photos if photo.role is PhotoRole.SIGNATURE]
    check_sheet(sheet, signatures)
    second = get_row(db, "officer", sheet.second_id)
    if second is None or str(second["role"]) not in {one.value for one in VISITORS}:
        raise InputRefused("visit_second_unknown", officer_id=sheet.second_id[:32])
    hashes = {photo.slot: photo.original.sha256 for photo in visit.photos}
    if any(hashes.get(slot) != sha256 for slot, sha256 in sheet.evidence):
        raise InputRefused("visit_sheet_mismatch")


def add(db: Database, visit: Visit, received: datetime) -> int:
    """Write a visit's row down; answers its sequence."""
    sheet = visit.sheet
    row: Row = {
        "visit_id": visit.visit_id,
        "item_code": sheet.item_code,
        "item_name": sheet.item_name,
        "party_kind": sheet.party.kind.value,
        "party_ref": sheet.party.ref,
        "party_name": sheet.party.name,
        "officer_id": sheet.officer_id,
        "second_id": sheet.second_id,
        "result": sheet.result.value,
        "failed": len(sheet.failed),
        "ended_at": iso(check_time(sheet.ended_at)),
        "received_at": iso(received),
        "lon": visit.place.lon,
        "lat": visit.place.lat,
        "grid_cell": visit.grid_cell,
        "sheet_sha256": visit.sheet_sha256,
        "stars": 0,
        "rating_note": "",
        "rated_at": "",
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
