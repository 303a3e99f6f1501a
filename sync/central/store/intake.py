"""Taking in what tablets push: each operation at most once, with an answer per item.

One transaction takes a whole batch: operation, effect and change-feed rows become durable together, before
anybody is answered. Every item is judged before anything of it is written, so a refused one leaves no half.
Refused operations are kept with their body and reason. One that comes again is judged anew, because the
reason may be gone; only an act that stands refused beside its case keeps its answer.
"""

from __future__ import annotations

from datetime import datetime

import msgspec

from sync.central.store import alerts, calls, cases, lookups, shift_checks, tracks, visits
from sync.central.store.checks import check_item, check_record, read_item, read_record
from sync.central.store.last_places import note_place
from sync.central.store.lineage import mark_at
from sync.central.store.store import Store, get_row, take_sequence
from sync.central.world import World, iso, parse_iso
from sync.contract.errors import FieldError, InputRefused
from sync.contract.lifecycle import Role
from sync.contract.records import (
    Act,
    AlertAct,
    CallAct,
    LookUp,
    Photo,
    Record,
    Report,
    ShiftCheck,
    TrackSegment,
    Visit,
)
from sync.contract.wire import PushAnswer, PushItem, PushReply, PushStatus, Receipt
from sync.replica.database import Database

Facts = dict[str, str | int | float | bool | None]

OFFICER_INACTIVE = "officer_inactive"
SEQUENCE_REUSED = "device_seq_reused"


class Outcome(msgspec.Struct, frozen=True):
    """What is kept of an operation."""

    status: PushStatus
    sequence: int
    code: str = ""
    facts: Facts = {}


class Intake:
    """The push side of central."""

    def __init__(self, store: Store, world: World) -> None:
        self._store = store
        self._world = world

    def push(self, device_id: str, items: list[msgspec.Raw]) -> PushReply:
        """Take a batch in its order; the answers stand in the same order."""
        now = self._world.now()
        with self._store.writing() as db:
            answers = [self._take_raw(db, device_id, raw, now) for raw in items]
        return PushReply(answers=answers, server_time=now)

    def _take_raw(self, db: Database, device_id: str, raw: msgspec.Raw, now: datetime) -> PushAnswer:
        try:
            item = read_item(raw)
        except InputRefused as refusal:
            op_id = str(refusal.facts["op_id"])
            return PushAnswer(op_id=op_id, status=PushStatus.REFUSED, code=refusal.code)
        return self._take(db, device_id, item, now)

    def _take(self, db: Database, device_id: str, item: PushItem, now: datetime) -> PushAnswer:
        try:
            check_item(item)
        except InputRefused as refusal:
            # Not kept: it may have been garbled on the way, and the right one must still be welcome.
            return _refusal(item.op_id, refusal.code, plain_facts(refusal))
        known = self._known(db, device_id, item)
        if known is not None:
            return known
        outcome, flags = self._decide(db, device_id, item, now)
        keep_operation(db, device_id, item, outcome, flags, now)
        if outcome.status is PushStatus.REFUSED:
            kept = _stands_beside_its_case(db, item.record_id)
            seen = self._receipt(db, item, outcome.sequence, now).seen if kept else ""
            return _refusal(item.op_id, outcome.code, outcome.facts, seen)
        return PushAnswer(
            op_id=item.op_id,
            status=outcome.status,
            receipt=self._receipt(db, item, outcome.sequence, now),
        )

    def _known(self, db: Database, device_id: str, item: PushItem) -> PushAnswer | None:
        """The answer for what was seen before: the same one again, or a conflict. None for news."""
        same_op = db.execute(
            "SELECT device_id, body_sha256, record_id, status, code, facts, sequence, received_at"
            " FROM op WHERE op_id = ?",
            (item.op_id,),
        ).fetchone()
        if same_op is not None:
            owner, sha256, record_id, status, code, facts, sequence, received_at = same_op
            if (owner, sha256, record_id) != (device_id, item.body_sha256, item.record_id):
                return PushAnswer(op_id=item.op_id, status=PushStatus.CONFLICT, code="op_conflict")
            if status == PushStatus.DONE.value:
                return self._already(db, item, sequence, received_at)
            if _stands_beside_its_case(db, record_id):
                seen = self._receipt(db, item, sequence, parse_iso(received_at)).seen
                return _refusal(item.op_id, code, msgspec.json.decode(facts), seen)
        same_record = db.execute(
            "SELECT device_id, body_sha256, status, sequence, received_at FROM op"
            " WHERE record_id = ? ORDER BY status = ? DESC LIMIT 1",
            (item.record_id, PushStatus.DONE.value),
        ).fetchone()
        if same_record is None:
            return None
        owner, sha256, status, sequence, received_at = same_record
        if (owner, sha256) != (device_id, item.body_sha256):
            return PushAnswer(op_id=item.op_id, status=PushStatus.CONFLICT, code="record_conflict")
        # A refused record that comes again is judged anew, under its operation or a new one.
        return self._already(db, item, sequence, received_at) if status == PushStatus.DONE.value else None

    def _already(self, db: Database, item: PushItem, sequence: int, received_at: str) -> PushAnswer:
        receipt = self._receipt(db, item, sequence, parse_iso(received_at))
        return PushAnswer(op_id=item.op_id, status=PushStatus.ALREADY_DONE, receipt=receipt)

    def _receipt(self, db: Database, item: PushItem, sequence: int, received: datetime) -> Receipt:
        return Receipt(
            id=item.record_id,
            sha256=item.body_sha256,
            sequence=sequence,
            received_at=received,
            epoch=self._store.epoch,
            mark=mark_at(db, sequence),
        )

    def _decide(
        self, db: Database, device_id: str, item: PushItem, now: datetime
    ) -> tuple[Outcome, list[str]]:
        """Judge an operation and write its effect; answers what to keep of it."""
        flags: list[str] = []
        if _sequence_taken(db, device_id, item):
            flags.append(SEQUENCE_REUSED)
        record: Record | None = None
        try:
            record = read_record(item)
            check_record(record, item, device_id)
            role, active = officer_role(db, record.officer_id)
            if not active:
                flags.append(OFFICER_INACTIVE)
            if isinstance(record, Report):
                _require_class(db, record.class_code)
                sequence = cases.add_case(db, record, item.body, now)
            elif isinstance(record, LookUp):
                sequence = lookups.add(db, record, item.body, now)
            elif isinstance(record, Visit):
                visits.judge(db, record, role)
                sequence = visits.add(db, record, now)
            elif isinstance(record, TrackSegment):
                sequence = tracks.add(db, record, item.body, now)
            elif isinstance(record, ShiftCheck):
                sequence = shift_checks.add(db, record, item.body, now)
            elif isinstance(record, AlertAct):
                sequence = alerts.accept(db, record, alerts.judge(db, record, role), now)
            elif isinstance(record, CallAct):
                sequence = calls.accept(db, record, calls.judge(db, record, role), now)
            else:
                standing = cases.judge(db, record, role)
                sequence = cases.accept(db, record, item.body, standing, now)
        except FieldError as refusal:
            return self._refused(db, item, record, refusal, now), flags
        expect_files(db, item.record_id, record.photos)
        note_place(db, record, now)
        return Outcome(status=PushStatus.DONE, sequence=sequence), flags

    def _refused(
        self, db: Database, item: PushItem, record: Record | None, refusal: FieldError, now: datetime
    ) -> Outcome:
        """Keep both sides visible: an act that clashes stands, refused, beside the case it was for."""
        clashes = not isinstance(refusal, InputRefused)
        if isinstance(record, Act) and clashes:
            sequence = cases.refuse(db, record, item.body, refusal, now)
            expect_files(db, item.record_id, record.photos)
        elif isinstance(record, AlertAct) and clashes:
            sequence = alerts.refuse(db, record, now, refusal)
        elif isinstance(record, CallAct) and clashes and record.call_id != record.act_id:
            sequence = calls.refuse(db, record, now, refusal)
        else:
            sequence = take_sequence(db)
        return Outcome(
            status=PushStatus.REFUSED, sequence=sequence, code=refusal.code, facts=plain_facts(refusal)
        )


def plain_facts(refusal: FieldError) -> Facts:
    """An error's facts as they may travel."""
    return {
        name: value if isinstance(value, str | int | float | bool) or value is None else str(value)
        for name, value in refusal.facts.items()
    }


def _refusal(op_id: str, code: str, facts: Facts, seen: str = "") -> PushAnswer:
    return PushAnswer(op_id=op_id, status=PushStatus.REFUSED, code=code, facts=facts, seen=seen)


def _stands_beside_its_case(db: Database, record_id: str) -> bool:
    """Or beside its alert, or its call."""
    return any(get_row(db, table, record_id) is not None for table in ("case_act", "alert_act", "call_act"))


def _sequence_taken(db: Database, device_id: str, item: PushItem) -> bool:
    row = db.execute(
        "SELECT 1 FROM op WHERE device_id = ? AND device_seq = ? AND record_id <> ? LIMIT 1",
        (device_id, item.device_seq, item.record_id),
    ).fetchone()
    return row is not None


def officer_role(db: Database, officer_id: str) -> tuple[Role, bool]:
    """An officer's role and whether they are active."""
    row = get_row(db, "officer", officer_id)
    if row is None or row["role"] not in {role.value for role in Role}:
        raise InputRefused("officer_unknown", officer_id=officer_id)
    return Role(row["role"]), bool(row["active"])


def _require_class(db: Database, class_code: str) -> None:
    if get_row(db, "case_class", class_code) is None:
        raise InputRefused("class_unknown", class_code=class_code)


def expect_files(db: Database, record_id: str, photos: tuple[Photo, ...]) -> None:
    """Write down which files belong to a record."""
    rows = [
        (record_id, photo.slot, file.lane.value, file.sha256, file.bytes, file.media_type)
        for photo in photos
        for file in photo.files
    ]
    for row in rows:
        db.execute(
            "INSERT OR REPLACE INTO file_ref (record_id, slot, lane, sha256, bytes, media_type)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            row,
        )


def keep_operation(
    db: Database, device_id: str, item: PushItem, outcome: Outcome, flags: list[str], now: datetime
) -> None:
    """Write down an operation, whatever became of it, with its body as sent.

    One that was refused before gets its newest outcome.
    """
    db.execute(
        "INSERT INTO op (op_id, device_id, device_seq, record_type, record_id, body, body_sha256, status,"
        " code, facts, flags, sequence, received_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (op_id) DO UPDATE SET status = excluded.status, code = excluded.code,"
        " facts = excluded.facts, flags = excluded.flags, sequence = excluded.sequence,"
        " received_at = excluded.received_at",
        (
            item.op_id,
            device_id,
            item.device_seq,
            item.record_type.value,
            item.record_id,
            item.body,
            item.body_sha256,
            outcome.status.value,
            outcome.code,
            msgspec.json.encode(outcome.facts).decode(),
            ",".join(flags),
            outcome.sequence,
            iso(now),
        ),
    )
