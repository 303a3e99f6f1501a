"""Reading cases for people at the desk: a page of them, or one with its acts, photos and operations."""

from __future__ import annotations

import base64
import binascii
import re
from datetime import datetime
from typing import Any

import msgspec

from sync.central.store.clocks import timing_of
from sync.central.store.objects import Objects
from sync.central.store.store import Store, get_row
from sync.central.store.units import UnitCard, Wish, unit_cards, wish_of
from sync.contract.errors import InputRefused
from sync.contract.ids import short_id
from sync.contract.lifecycle import CaseState
from sync.contract.records import Photo
from sync.contract.sla import Level, read_clock
from sync.contract.tables import TABLES, Row
from sync.contract.timing import read_cells
from sync.replica.database import Database
from sync.replica.talk import seen_of

SHORTEST = 4
_HEX = re.compile(r"[0-9a-f]{4,32}")
_LISTED = tuple(
    name
    for name in TABLES["city_case"].column_names
    if name not in ("record", "last_act", "before_suspension")
)
_OPERATION = (
    "op_id",
    "device_id",
    "device_seq",
    "record_type",
    "record_id",
    "body_sha256",
    "status",
    "code",
    "flags",
    "sequence",
    "received_at",
)


class CasePage(msgspec.Struct, frozen=True):
    """Cases, newest first; ``cursor`` is "" on the last page."""

    cases: list[Row]
    cursor: str


class HeldPhoto(msgspec.Struct, frozen=True):
    """One file of one photo slot, and whether central has its bytes.

    ``resumed_at``: from which byte a cut transfer last went on, 0 where none was cut.
    """

    record_id: str
    slot: int
    lane: str
    sha256: str
    bytes: int
    media_type: str
    held: bool
    resumed_at: int


class CaseLimit(msgspec.Struct, frozen=True):
    """The light of a case at a moment, by central's calendar; ``left_s`` below zero: overdue."""

    at: datetime
    level: Level
    left_s: int | None
    due_at: datetime | None


class CaseFile(msgspec.Struct, frozen=True):
    """All that central knows of a case."""

    case: Row
    acts: list[Row]
    photos: list[HeldPhoto]
    operations: list[Row]
    times_at_central: int
    limits: list[CaseLimit] = []
    """What the clock of its time limit says, at each moment that was asked for."""
    facts: object = None
    """The verdict the report rests on, with its rows, as they stood when it was made; None where none was."""
    unit: Wish | None = None
    """Who should see to it in the reporter's eyes; None where the report does not say."""


class Ledger:
    """Read-only."""

    def __init__(self, store: Store, objects: Objects) -> None:
        self._store = store
        self._objects = objects

    def page(self, state: CaseState | None, limit: int, cursor: str) -> CasePage:
        """A page of cases, newest first."""
        before = _read_cursor(cursor)
        columns = ", ".join(_LISTED)
        with self._store.reading() as db:
            found = db.execute(
                f"SELECT {columns} FROM city_case WHERE (? = '' OR state = ?) AND (? = '' OR case_id < ?)"
                " ORDER BY case_id DESC LIMIT ?",
                (*[state.value if state else ""] * 2, before, before, limit + 1),
            ).fetchall()
        rows: list[Row] = [dict(zip(_LISTED, row, strict=True)) for row in found[:limit]]
        cases: list[Row] = [{"short_id": short_id(str(row["case_id"])), **row} for row in rows]
        more = len(found) > limit
        return CasePage(cases, _make_cursor(str(cases[-1]["case_id"])) if more else "")

    def find(self, text: str) -> str:
        """The id of the one case meant by a full or short id; else ``case_not_found``, ``case_ambiguous``."""
        with self._store.reading() as db:
            return find_case(db, text)

    def units(self) -> list[UnitCard]:
        """The responsible units and their officers."""
        with self._store.reading() as db:
            return unit_cards(db)

    def messages(self, text: str) -> tuple[str, list[dict[str, Any]]]:
        """What was said on a case, oldest first, with its files and the officers who have read it."""
        with self._store.reading() as db:
            case_id = find_case(db, text)
            rows = db.execute(
                "SELECT act_id, act_order, kind, officer_id, note, received_at, record FROM case_act"
                " WHERE case_id = ? AND kind IN ('message', 'read') AND standing = 'accepted'"
                " ORDER BY act_order",
                (case_id,),
            ).fetchall()
            bodies = {str(row[0]): str(row[6]) for row in rows if row[2] == "message"}
            files = {
                act_id: self._attached(db, act_id, bodies[act_id]) for act_id in _with_files(db, case_id)
            }
        taken_back = self._taken_back(case_id)
        reads = [(str(row[3]), seen_of(str(row[6]))) for row in rows if row[2] == "read"]
        return case_id, [
            {
                "act_id": act_id,
                "officer_id": officer_id,
                "note": note,
                "received_at": received_at,
                "files": files.get(act_id, []),
                "read_by": sorted({who for who, seen in reads if seen >= order and who != officer_id}),
            }
            for act_id, order, kind, officer_id, note, received_at, _ in rows
            if kind == "message" and act_id not in taken_back
        ]

    def _attached(self, db: Database, act_id: str, body: str) -> list[dict[str, Any]]:
        """A message's files."""
        said = {photo.slot: photo for photo in _photos_of(body)}
        return [
            {
                "role": said[file.slot].role.value if file.slot in said else "",
                "length_ms": said[file.slot].length_ms if file.slot in said else 0,
                "lane": file.lane,
                "sha256": file.sha256,
                "bytes": file.bytes,
                "media_type": file.media_type,
                "held": file.held,
            }
            for file in self._photos(db, act_id)
        ]

    def _taken_back(self, case_id: str) -> set[str]:
        with self._store.reading() as db:
            found = db.execute(
                "SELECT withdraws FROM case_act WHERE case_id = ? AND kind = 'withdraw'"
                " AND standing = 'accepted'",
                (case_id,),
            ).fetchall()
        return {str(row[0]) for row in found}

    def case(self, text: str, *at: datetime) -> CaseFile:
        """One case, by full or short id; its time limit as it stands at these moments."""
        with self._store.reading() as db:
            case_id = find_case(db, text)
            case = get_row(db, "city_case", case_id) or {}
            acts = _acts(db, case_id)
            records = [case_id, *(str(act["act_id"]) for act in acts)]
            photos = [photo for record_id in records for photo in self._photos(db, record_id)]
            operations = [op for record_id in records for op in _operations(db, record_id)]
            limits = [_limit(db, case, moment) for moment in at]
            unit = wish_of(db, str(case.get("record") or ""))
        times = sum(op["record_id"] == case_id and op["status"] == "done" for op in operations)
        shown: Row = {"short_id": short_id(case_id), **case}
        facts = _frozen_facts(str(case.get("record") or ""))
        return CaseFile(shown, acts, photos, operations, times, limits, facts, unit)

    def _photos(self, db: Database, record_id: str) -> list[HeldPhoto]:
        rows = db.execute(
            "SELECT slot, lane, sha256, bytes, media_type,"
            " coalesce((SELECT max(u.resumed_at) FROM upload u WHERE u.sha256 = f.sha256), 0)"
            " FROM file_ref f WHERE record_id = ? ORDER BY slot, lane",
            (record_id,),
        ).fetchall()
        return [
            HeldPhoto(record_id, slot, lane, sha256, size, kind, self._objects.holds(db, sha256), resumed_at)
            for slot, lane, sha256, size, kind, resumed_at in rows
        ]


def _limit(db: Database, case: Row, at: datetime) -> CaseLimit:
    reading = read_clock(read_cells(case), at, timing_of(db).worktime)
    return CaseLimit(at, reading.level, reading.left_s, reading.due_at)


def find_case(db: Database, text: str) -> str:
    """See :meth:`Ledger.find`."""
    bare = text.strip().lower().replace("-", "")
    if not _HEX.fullmatch(bare):
        raise InputRefused("case_not_found", case=text[:40])
    found = db.execute(
        "SELECT case_id FROM city_case WHERE replace(case_id, '-', '') LIKE '%' || ? LIMIT 2", (bare,)
    ).fetchall()
    if len(found) > 1:
        raise InputRefused("case_ambiguous", case=text[:40])
    if not found:
        raise InputRefused("case_not_found", case=text[:40])
    return str(found[0][0])


class _FactsOnly(msgspec.Struct):
    facts: str = ""


def _with_files(db: Database, case_id: str) -> list[str]:
    """The messages of a case that have files: few of many."""
    rows = db.execute(
        "SELECT DISTINCT f.record_id FROM case_act a JOIN file_ref f ON f.record_id = a.act_id"
        " WHERE a.case_id = ? AND a.kind = 'message' AND a.standing = 'accepted'",
        (case_id,),
    )
    return [str(row[0]) for row in rows]


class _PhotosOnly(msgspec.Struct):
    photos: tuple[Photo, ...] = ()


def _photos_of(body: str) -> tuple[Photo, ...]:
    try:
        return msgspec.json.decode(body, type=_PhotosOnly).photos
    except msgspec.MsgspecError:
        return ()


def _frozen_facts(body: str) -> object:
    """The facts in a report's body; what is not JSON is shown as the text it is."""
    try:
        text = msgspec.json.decode(body, type=_FactsOnly).facts
    except msgspec.DecodeError:
        return None
    try:
        return msgspec.json.decode(text) if text else None
    except msgspec.DecodeError:
        return text


def _acts(db: Database, case_id: str) -> list[Row]:
    names = [name for name in TABLES["case_act"].column_names if name != "record"]
    rows = db.execute(
        f"SELECT {', '.join(names)} FROM case_act WHERE case_id = ? ORDER BY act_order", (case_id,)
    )
    return [dict(zip(names, row, strict=True)) for row in rows]


def _operations(db: Database, record_id: str) -> list[Row]:
    rows = db.execute(
        f"SELECT {', '.join(_OPERATION)} FROM op WHERE record_id = ? ORDER BY sequence", (record_id,)
    )
    return [dict(zip(_OPERATION, row, strict=True)) for row in rows]


def _make_cursor(case_id: str) -> str:
    return base64.urlsafe_b64encode(case_id.encode()).decode().rstrip("=")


def _read_cursor(text: str) -> str:
    try:
        case_id = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True).decode()
    except (binascii.Error, ValueError):
        raise InputRefused("cursor_invalid") from None
    if text and not re.fullmatch(r"[0-9a-f-]{36}", case_id):
        raise InputRefused("cursor_invalid")
    return case_id
