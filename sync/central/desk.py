"""The command desk: acts done at central itself, by the chief, the dispatcher or a leader.

They are acts like any other: the life cycle is asked first, and each is kept as an operation of central's
own. One that is not allowed is refused on the spot and leaves nothing behind.
"""

from __future__ import annotations

from datetime import datetime

import msgspec

from sync.central.store import cases
from sync.central.store.intake import Outcome, expect_files, keep_operation, officer_role
from sync.central.store.ledger import find_case
from sync.central.store.officers import first_in_role
from sync.central.store.store import Store, get_row
from sync.central.store.units import officer_for_case, officer_of_unit
from sync.central.world import World
from sync.clock import Clock
from sync.contract.clash import ACCEPTED
from sync.contract.errors import InputRefused, NeedsPerson
from sync.contract.ids import check_id, check_officer_id
from sync.contract.lifecycle import COMMAND, HANDLERS, LIFE_CYCLE, RULINGS, ActKind, CaseState, Role
from sync.contract.records import Act, ClockState, Photo, RecordType, Stamp
from sync.contract.text import check_note
from sync.contract.wire import PushItem, PushStatus, encode_record, sha256_hex
from sync.replica.database import Database

DESK_ACTS = tuple(kind for kind, rule in LIFE_CYCLE.items() if rule.roles & COMMAND)
DELAY_MIN = 480
"""One working day: what a delay gives when nobody names another."""
UNOPENED = (CaseState.REPORTED.value, CaseState.CONFIRMED.value)


class DeskAct(msgspec.Struct, frozen=True):
    """An act that was done, and where it left the case."""

    act_id: str
    kind: str
    officer_id: str
    sequence: int
    state: str
    assignee: str


class Desk:
    """Acts at central. ``clock`` gives the stamp, as on a tablet."""

    def __init__(self, store: Store, world: World, clock: Clock) -> None:
        self._store = store
        self._world = world
        self._clock = clock

    def dispatch(
        self, case: str, to_officer: str = "", note: str = "", *, to_unit: str = ""
    ) -> tuple[str, list[DeskAct]]:
        """Dispatch a case, opening it first when nobody has; both or neither.

        To whom: the officer named; else of the unit named the one with the fewest cases in hand; else the
        same of the unit that the report names.
        """
        with self._store.writing() as db:
            case_id = find_case(db, case)
            to_officer = _handler(db, to_officer or _of_unit(db, case_id, to_unit))
            row = get_row(db, "city_case", case_id)
            done = []
            if row is not None and row["state"] in UNOPENED:
                done.append(self._do(db, case_id, ActKind.OPEN, "", "", ""))
            done.append(self._do(db, case_id, ActKind.DISPATCH, "", note, to_officer))
        return case_id, done

    def act(
        self,
        case: str,
        kind: ActKind,
        *,
        officer_id: str = "",
        note: str = "",
        to_officer: str = "",
        to_unit: str = "",
        act_id: str = "",
        minutes: int = 0,
        condition: str = "",
        photos: tuple[Photo, ...] = (),
        about: str = "",
        learned: str = "",
    ) -> tuple[str, DeskAct]:
        """Do one act, by the officer named or the first who may; a known ``act_id`` is not done twice.

        Another act under the same id is ``record_conflict``. ``learned`` is written down by who closes
        a case, together with the closing.
        """
        with self._store.writing() as db:
            case_id = find_case(db, case)
            if kind is ActKind.DISPATCH:
                whom = to_officer or _given_to(db, act_id) or _of_unit(db, case_id, to_unit)
                to_officer = _handler(db, whom)
            elif kind in RULINGS:
                to_officer = _author(db, about)
            if act_id:
                known = _known(db, check_id(act_id), case_id, kind, check_note(note), to_officer)
                if known is not None:
                    return case_id, known
            done = self._do(
                db, case_id, kind, officer_id, note, to_officer, act_id, minutes, condition, photos, about
            )
            if kind is ActKind.CLOSE and learned.strip():
                self._do(db, case_id, ActKind.LEARN, done.officer_id, learned, "")
            return case_id, done

    def _do(
        self,
        db: Database,
        case_id: str,
        kind: ActKind,
        officer_id: str,
        note: str,
        to_officer: str,
        act_id: str = "",
        minutes: int = 0,
        condition: str = "",
        photos: tuple[Photo, ...] = (),
        about: str = "",
    ) -> DeskAct:
        now = self._world.now()
        if kind is ActKind.GRANT_DELAY and minutes <= 0:
            minutes = _asked_minutes(db, case_id) or DELAY_MIN
        officer_id = check_officer_id(officer_id) if officer_id else _who_may(db, kind)
        role, active = _role(db, officer_id)
        if not active:
            raise NeedsPerson("officer_inactive", officer_id=officer_id)
        sequence = int(db.execute("SELECT value FROM counter").fetchone()[0]) + 1
        act = Act(
            act_id=act_id or self._world.new_id(),
            case_id=case_id,
            kind=kind,
            officer_id=officer_id,
            device_id=self._store.central_id,
            stamp=self._stamp(now, sequence),
            note=check_note(note),
            to_officer=to_officer,
            minutes=minutes,
            condition=condition,
            photos=photos,
            about=about,
            seen_seq=sequence - 1,
        )
        standing = cases.judge(db, act, role)
        body = encode_record(act)
        sequence = cases.accept(db, act, body, standing, now)
        expect_files(db, act.act_id, photos)
        item = PushItem(
            op_id=self._world.new_id(),
            device_seq=sequence,
            record_type=RecordType.ACT,
            record_id=act.act_id,
            body=body,
            body_sha256=sha256_hex(body.encode()),
        )
        keep_operation(db, self._store.central_id, item, Outcome(PushStatus.DONE, sequence), [], now)
        return DeskAct(act.act_id, kind.value, officer_id, sequence, standing.state.value, standing.assignee)

    def _stamp(self, now: datetime, sequence: int) -> Stamp:
        monotonic_ms = int(self._clock.monotonic() * 1000)
        return Stamp(now, monotonic_ms, self._clock.boot_id, sequence, ClockState.TRUSTED, 0)


def _known(
    db: Database, act_id: str, case_id: str, kind: ActKind, note: str, to_officer: str
) -> DeskAct | None:
    row = get_row(db, "case_act", act_id)
    if row is None:
        if db.execute("SELECT 1 FROM op WHERE record_id = ?", (act_id,)).fetchone() is not None:
            raise NeedsPerson("record_conflict", act_id=act_id)
        return None
    told = (row["case_id"], row["kind"], row["note"], row["to_officer"], row["standing"])
    case = get_row(db, "city_case", case_id)
    if case is None or told != (case_id, kind.value, note, to_officer, ACCEPTED):
        raise NeedsPerson("record_conflict", act_id=act_id)
    sequence = int(row["act_order"] or 0)
    state, assignee = str(case["state"]), str(case["assignee"])
    return DeskAct(act_id, kind.value, str(row["officer_id"]), sequence, state, assignee)


def _of_unit(db: Database, case_id: str, unit: str) -> str:
    return officer_of_unit(db, unit) if unit else officer_for_case(db, case_id)


def _given_to(db: Database, act_id: str) -> str:
    """To whom this very act dispatched before: asked again it means the same officer, whoever is free now."""
    row = get_row(db, "case_act", act_id) if act_id else None
    return "" if row is None else str(row["to_officer"] or "")


def _asked_minutes(db: Database, case_id: str) -> int:
    """How much more time was last asked for."""
    row = db.execute(
        "SELECT minutes FROM case_act WHERE case_id = ? AND kind = 'ask_delay' AND standing = 'accepted'"
        " ORDER BY act_order DESC LIMIT 1",
        (case_id,),
    ).fetchone()
    return 0 if row is None else int(row[0] or 0)


def _who_may(db: Database, kind: ActKind) -> str:
    found = first_in_role(db, LIFE_CYCLE[kind].roles & COMMAND)
    if found is None:
        raise NeedsPerson("nobody_may_act", act=kind.value)
    return found


def _role(db: Database, officer_id: str) -> tuple[Role, bool]:
    if get_row(db, "officer", officer_id) is None:
        raise InputRefused("officer_not_found", officer_id=officer_id)
    return officer_role(db, officer_id)


def _author(db: Database, act_id: str) -> str:
    """Who did the act that a ruling is about."""
    row = get_row(db, "case_act", check_id(act_id))
    if row is None:
        raise InputRefused("ruling_unknown", act=act_id)
    return str(row["officer_id"])


def _handler(db: Database, officer_id: str) -> str:
    """An active officer whom a case can be dispatched to."""
    officer_id = check_officer_id(officer_id)
    role, active = _role(db, officer_id)
    if role not in HANDLERS:
        raise InputRefused("officer_cannot_handle", officer_id=officer_id)
    if not active:
        raise InputRefused("officer_inactive", officer_id=officer_id)
    return officer_id
