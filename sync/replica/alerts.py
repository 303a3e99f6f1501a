"""Alerts and calls for reinforcement on the tablet: what central told, and own acts it has not judged yet."""

from __future__ import annotations

import msgspec

from sync.contract.tables import ALERT, ALERT_ACT, CALL_ACT, REINFORCEMENT, Row
from sync.replica.database import Database
from sync.replica.outbox import Facts, ItemState
from sync.replica.rows import read_rows

_UNSETTLED = (
    "SELECT r.record_id, r.case_id, r.body, o.state, o.code, o.facts, a.act_id IS NOT NULL FROM record r"
    " JOIN outbox o ON o.op_id = r.record_id LEFT JOIN {acts} a ON a.act_id = r.record_id"
    " WHERE r.record_type = '{kind}' AND r.withdrawn_by = '' AND (o.state <> 'sent' OR a.act_id IS NULL)"
    " ORDER BY r.device_seq"
)


class OwnAct(msgspec.Struct, frozen=True):
    """An act of this device that central has not judged yet, or has refused, or whose answer got lost.

    ``subject``: the alert or the call. ``judged``: central lists it among the acts already.
    """

    act_id: str
    subject: str
    body: str
    state: ItemState
    code: str
    facts: Facts
    judged: bool


class AlertRows:
    """Reads only."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def alerts(self, *, over: bool, limit: int) -> list[Row]:
        """Alerts that are over, or those that are not: the worst first, then the newest."""
        states = "('dismissed', 'done')"
        where = f"WHERE state {'IN' if over else 'NOT IN'} {states}"
        order = "occurred_at DESC" if over else "severity DESC, occurred_at DESC"
        return list(read_rows(self._db, ALERT, f"{where} ORDER BY {order} LIMIT ?", [limit]))

    def alert(self, alert_id: str) -> Row | None:
        """One alert."""
        return next(read_rows(self._db, ALERT, "WHERE alert_id = ?", [alert_id]), None)

    def alert_acts(self, alert_id: str) -> list[Row]:
        """What central knows of an alert's acts, in its order."""
        return list(read_rows(self._db, ALERT_ACT, "WHERE alert_id = ? ORDER BY act_order", [alert_id]))

    def calls(self, *, limit: int = 50) -> list[Row]:
        """Calls that have not ended, the newest first."""
        where = "WHERE state = 'open' ORDER BY called_at DESC LIMIT ?"
        return list(read_rows(self._db, REINFORCEMENT, where, [limit]))

    def calls_about(self, alert_id: str, case_id: str) -> list[Row]:
        """Calls about an alert or a case, ended ones too, the newest first."""
        where = (
            "WHERE (alert_id <> '' AND alert_id = ?) OR (case_id <> '' AND case_id = ?)"
            " ORDER BY called_at DESC LIMIT 20"
        )
        return list(read_rows(self._db, REINFORCEMENT, where, [alert_id, case_id]))

    def call(self, call_id: str) -> Row | None:
        """One call."""
        return next(read_rows(self._db, REINFORCEMENT, "WHERE call_id = ?", [call_id]), None)

    def call_acts(self, call_id: str) -> list[Row]:
        """What central knows of a call's acts, in its order."""
        return list(read_rows(self._db, CALL_ACT, "WHERE call_id = ? ORDER BY act_order", [call_id]))

    def own_alert_acts(self) -> list[OwnAct]:
        """Own acts on alerts that still matter, in device order."""
        return self._own(_UNSETTLED.format(acts="alert_act", kind="alert_act"))

    def own_call_acts(self) -> list[OwnAct]:
        """The same on calls."""
        return self._own(_UNSETTLED.format(acts="call_act", kind="call_act"))

    def open_for(self, officers: tuple[str, ...]) -> frozenset[str]:
        """Alerts that nobody has taken and any of these may answer, and calls they are asked to."""
        roles = self._roles(officers)
        marks = ", ".join("?" * len(officers))
        severity = 1 if "grid_worker" in roles else 2
        upto = 3 if "inspector" in roles else 1
        found = self._db.execute(
            "SELECT alert_id FROM alert WHERE (state = 'open' AND severity BETWEEN ? AND ?)"
            f" OR (state = 'passed' AND holder IN ({marks}))",
            [severity, upto if roles & {"grid_worker", "inspector"} else 0, *officers],
        ).fetchall()
        return frozenset(str(row[0]) for row in found) | self._asked(officers)

    def _roles(self, officers: tuple[str, ...]) -> set[str]:
        marks = ", ".join("?" * len(officers))
        rows = self._db.execute(f"SELECT role FROM officer WHERE officer_id IN ({marks})", list(officers))
        return {str(row[0]) for row in rows.fetchall()}

    def _asked(self, officers: tuple[str, ...]) -> frozenset[str]:
        rows = self._db.execute("SELECT call_id, asked FROM reinforcement WHERE state = 'open'").fetchall()
        wanted = set(officers)
        return frozenset(str(call_id) for call_id, asked in rows if wanted & set(str(asked or "").split()))

    def _own(self, query: str) -> list[OwnAct]:
        return [
            OwnAct(act_id, subject, body, ItemState(state), code, msgspec.json.decode(facts), bool(judged))
            for act_id, subject, body, state, code, facts, judged in self._db.execute(query).fetchall()
        ]
