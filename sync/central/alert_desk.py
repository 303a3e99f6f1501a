"""What command does on an alert: give it to somebody, put it back, dismiss it, open it again.

Acts like any other: asked of the same table as the field's, kept as operations of central's own, done once by
their id.
"""

from __future__ import annotations

import msgspec

from sync.central.store import alerts
from sync.central.store.intake import Outcome, keep_operation, officer_role
from sync.central.store.officers import first_in_role
from sync.central.store.store import Store, get_row
from sync.central.world import World
from sync.clock import Clock
from sync.contract.alerts import AlertActKind
from sync.contract.errors import InputRefused, NeedsPerson
from sync.contract.ids import check_id, check_officer_id
from sync.contract.lifecycle import COMMAND
from sync.contract.records import AlertAct, ClockState, RecordType, Stamp
from sync.contract.text import check_note
from sync.contract.wire import PushItem, PushStatus, encode_record, sha256_hex
from sync.replica.database import Database

DESK_ALERT_ACTS = (AlertActKind.PASS_ON, AlertActKind.RELEASE, AlertActKind.DISMISS, AlertActKind.REOPEN)
_PART = 4


class DoneOnAlert(msgspec.Struct, frozen=True):
    """An act that was done, and where it left the alert."""

    act_id: str
    alert_id: str
    kind: str
    officer_id: str
    sequence: int
    state: str
    holder: str


class AlertDesk:
    """Acts at central on alerts. ``clock`` gives the stamp, as on a tablet."""

    def __init__(self, store: Store, world: World, clock: Clock) -> None:
        self._store = store
        self._world = world
        self._clock = clock

    def act(
        self,
        alert: str,
        kind: AlertActKind,
        *,
        officer_id: str = "",
        to_officer: str = "",
        note: str = "",
        act_id: str = "",
    ) -> DoneOnAlert:
        """One act, by the officer named or the first who may; a known ``act_id`` is not done twice."""
        with self._store.writing() as db:
            alert_id = find_alert(db, alert)
            if act_id:
                known = _known(db, check_id(act_id), alert_id, kind)
                if known is not None:
                    return known
            return self._do(db, alert_id, kind, officer_id, to_officer, check_note(note), act_id)

    def _do(
        self,
        db: Database,
        alert_id: str,
        kind: AlertActKind,
        officer_id: str,
        to_officer: str,
        note: str,
        act_id: str,
    ) -> DoneOnAlert:
        now = self._world.now()
        officer_id = check_officer_id(officer_id) if officer_id else first_in_role(db, COMMAND) or ""
        if get_row(db, "officer", officer_id) is None:
            raise InputRefused("officer_not_found", officer_id=officer_id)
        role, active = officer_role(db, officer_id)
        if not active:
            raise NeedsPerson("officer_inactive", officer_id=officer_id)
        sequence = int(db.execute("SELECT value FROM counter").fetchone()[0]) + 1
        monotonic_ms = int(self._clock.monotonic() * 1000)
        act = AlertAct(
            act_id=act_id or self._world.new_id(),
            alert_id=alert_id,
            kind=kind,
            officer_id=officer_id,
            device_id=self._store.central_id,
            stamp=Stamp(now, monotonic_ms, self._clock.boot_id, sequence, ClockState.TRUSTED, 0),
            note=note,
            to_officer=check_officer_id(to_officer) if to_officer else "",
        )
        standing = alerts.judge(db, act, role)
        sequence = alerts.accept(db, act, standing, now)
        body = encode_record(act)
        item = PushItem(
            self._world.new_id(),
            sequence,
            RecordType.ALERT_ACT,
            act.act_id,
            body,
            sha256_hex(body.encode()),
        )
        keep_operation(db, self._store.central_id, item, Outcome(PushStatus.DONE, sequence), [], now)
        return DoneOnAlert(
            act.act_id, alert_id, kind.value, officer_id, sequence, standing.state.value, standing.holder
        )


def find_alert(db: Database, name: str) -> str:
    """The one alert an id, its beginning or its end names; refuses none and several."""
    part = name.strip().lower().replace("-", "")
    if len(part) < _PART or not part.isalnum():
        raise InputRefused("alert_unknown", alert=name[:40])
    rows = db.execute(
        "SELECT alert_id FROM alert WHERE replace(alert_id, '-', '') LIKE ?"
        " OR replace(alert_id, '-', '') LIKE ? LIMIT 2",
        (part + "%", "%" + part),
    ).fetchall()
    if len(rows) != 1:
        raise InputRefused("alert_ambiguous" if rows else "alert_unknown", alert=name[:40])
    return str(rows[0][0])


def _known(db: Database, act_id: str, alert_id: str, kind: AlertActKind) -> DoneOnAlert | None:
    row = get_row(db, "alert_act", act_id)
    alert = get_row(db, "alert", alert_id)
    if row is None:
        if db.execute("SELECT 1 FROM op WHERE record_id = ?", (act_id,)).fetchone() is not None:
            raise NeedsPerson("record_conflict", act_id=act_id)
        return None
    told = (row["alert_id"], row["kind"], row["standing"])
    if alert is None or told != (alert_id, kind.value, alerts.ACCEPTED):
        raise NeedsPerson("record_conflict", act_id=act_id)
    order = int(row["act_order"] or 0)
    state, holder = str(alert["state"]), str(alert["holder"])
    return DoneOnAlert(act_id, alert_id, kind.value, str(row["officer_id"]), order, state, holder)
