"""Alerts and calls for reinforcement of the central in memory: judged by the same folds as the real one's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import msgspec
from geopy.distance import geodesic

from sync.contract.alerts import (
    AlertActKind,
    AlertStanding,
    AlertState,
    AlertStep,
    Severity,
    check_alert_act,
    fold_alert,
)
from sync.contract.calls import CallActKind, CallStanding, CallState, CallStep, check_call_act, fold_call
from sync.contract.codes import UNPLACED
from sync.contract.errors import FieldError, InputRefused
from sync.contract.lifecycle import CaseState, Role
from sync.contract.records import AlertAct, CallAct
from sync.contract.squads import SquadStand, asked_officers, rank_squads
from sync.contract.tables import Row

Rows = dict[str, dict[str, Row]]
Places = dict[str, tuple[float, float, str]]
"""Where each officer was last, and when central was told."""
ACCEPTED, REFUSED = "accepted", "refused"
HANDS_FULL = (CaseState.ARRIVED.value, CaseState.HANDLED.value)


class AlertBook:
    """Judges acts on alerts and calls over the tables it is given; ``note`` puts a row into the feed."""

    def __init__(
        self,
        rows: Rows,
        note: Callable[[str, str], int],
        now: Callable[[], datetime],
        places: Places,
    ) -> None:
        self._rows = rows
        self._note = note
        self._now = now
        self._seen = places

    def answer(self, act: AlertAct, role: Role) -> None:
        """An act on an alert, or the reason why it may not be done."""
        alert = self._rows["alert"].get(act.alert_id)
        if alert is None:
            raise InputRefused("alert_unknown", alert=act.alert_id)
        to_role = None
        if act.kind is AlertActKind.PASS_ON:
            other = self._rows["officer"].get(act.to_officer, {})
            to_role = Role(str(other["role"])) if other.get("active") else None
        step = AlertStep(act.act_id, act.kind, act.officer_id, act.to_officer)
        severity = Severity(alert["severity"])
        standing = check_alert_act(
            self._alert_standing(act.alert_id),
            severity,
            step,
            role,
            has_note=bool(act.note.strip()),
            to_role=to_role,
        )
        self._append_alert_act(act, ACCEPTED, "")
        self._rows["alert"][act.alert_id] = alert | {
            "state": standing.state.value,
            "holder": standing.holder,
            "last_act": standing.last_act,
        }
        self._note("alert", act.alert_id)

    def call(self, act: CallAct, officer: Row) -> None:
        """An act on a call for reinforcement, or the reason why it may not be done."""
        role = Role(str(officer["role"]))
        step = CallStep(act.act_id, act.kind, act.officer_id)
        row = self._rows["reinforcement"].get(act.call_id)
        if act.kind is CallActKind.CALL:
            if act.call_id != act.act_id:
                raise InputRefused("record_id_mismatch", record_id=act.call_id)
            self._check_subject(act)
            standing = check_call_act(CallStanding(), step, role, caller=act.officer_id, asked=frozenset())
            row = self._new_call(act, officer)
        elif row is None:
            raise InputRefused("call_unknown", call=act.call_id)
        else:
            asked = frozenset(str(row["asked"] or "").split())
            before = self._call_standing(act.call_id)
            standing = check_call_act(before, step, role, caller=str(row["caller"]), asked=asked)
        self._append_call_act(act, ACCEPTED, "")
        self._rows["reinforcement"][act.call_id] = row | {
            "state": standing.state.value,
            "coming": " ".join(standing.coming),
            "declined": " ".join(standing.declined),
            "last_act": standing.last_act,
        }
        self._note("reinforcement", act.call_id)

    def keep_refused(self, act: AlertAct | CallAct, refusal: FieldError) -> None:
        """Keep an act that clashes beside its alert or its call."""
        if isinstance(act, AlertAct):
            self._append_alert_act(act, REFUSED, refusal.code)
        elif act.call_id != act.act_id:
            self._append_call_act(act, REFUSED, refusal.code)

    def _check_subject(self, act: CallAct) -> None:
        if act.alert_id and act.alert_id not in self._rows["alert"]:
            raise InputRefused("alert_unknown", alert=act.alert_id)
        if act.case_id and act.case_id not in self._rows["city_case"]:
            raise InputRefused("case_unknown", case_id=act.case_id)

    def _new_call(self, act: CallAct, officer: Row) -> Row:
        subject = self._rows["alert"].get(act.alert_id) or self._rows["city_case"].get(act.case_id) or {}
        lon, lat = act.place.lon, act.place.lat
        if lon is None or lat is None:
            lon, lat = subject.get("lon"), subject.get("lat")  # type: ignore[assignment]
        place = None if lon is None or lat is None else (lon, lat)
        squads = rank_squads(place, self._stands(), _metres, own_squad=str(officer.get("squad") or ""))
        return {
            "call_id": act.call_id,
            "alert_id": act.alert_id,
            "case_id": act.case_id,
            "caller": act.officer_id,
            "squad": officer.get("squad"),
            "lon": lon,
            "lat": lat,
            "grid_cell": UNPLACED,
            "note": act.note,
            "called_at": act.stamp.wall.isoformat(),
            "received_at": self._now().isoformat(),
            "squads": msgspec.json.encode(squads).decode(),
            "asked": " ".join(sorted(asked_officers(squads))),
        }

    def _stands(self) -> list[SquadStand]:
        squads: dict[str, list[str]] = {}
        for row in self._rows["officer"].values():
            if row.get("active") and row.get("squad") and row["role"] == Role.INSPECTOR.value:
                squads.setdefault(str(row["squad"]), []).append(str(row["officer_id"]))
        busy = self._busy()
        found = []
        for squad, officers in sorted(squads.items()):
            known = [self._seen[one] for one in officers if one in self._seen]
            lon, lat, at = max(known, key=lambda one: one[2]) if known else (None, None, "")
            found.append(
                SquadStand(squad, tuple(sorted(officers)), lon, lat, at, not busy.isdisjoint(officers))
            )
        return found

    def _busy(self) -> set[str]:
        alerts = self._rows["alert"].values()
        busy = {str(row["holder"]) for row in alerts if row["state"] == AlertState.TAKEN.value}
        busy |= {
            str(row["assignee"]) for row in self._rows["city_case"].values() if row["state"] in HANDS_FULL
        }
        for row in self._rows["reinforcement"].values():
            if row["state"] == CallState.OPEN.value:
                busy |= {*str(row["coming"]).split(), str(row["caller"])}
        return busy - {""}

    def _alert_standing(self, alert_id: str) -> AlertStanding:
        return fold_alert(
            AlertStep(str(r["act_id"]), AlertActKind(r["kind"]), str(r["officer_id"]), str(r["to_officer"]))
            for r in self._history("alert_act", "alert_id", alert_id)
        )

    def _call_standing(self, call_id: str) -> CallStanding:
        return fold_call(
            CallStep(str(r["act_id"]), CallActKind(r["kind"]), str(r["officer_id"]))
            for r in self._history("call_act", "call_id", call_id)
        )

    def _history(self, table: str, key: str, value: str) -> list[Row]:
        rows = [r for r in self._rows[table].values() if r[key] == value and r["standing"] == ACCEPTED]
        return sorted(rows, key=lambda row: int(row["act_order"] or 0))

    def _append_alert_act(self, act: AlertAct, standing: str, code: str) -> None:
        row = {"alert_id": act.alert_id, "to_officer": act.to_officer}
        self._append("alert_act", act, row, standing, code)

    def _append_call_act(self, act: CallAct, standing: str, code: str) -> None:
        self._append("call_act", act, {"call_id": act.call_id}, standing, code)

    def _append(
        self, table: str, act: AlertAct | CallAct, more: dict[str, str], standing: str, code: str
    ) -> None:
        self._rows[table][act.act_id] = {
            **more,
            "act_id": act.act_id,
            "act_order": self._note(table, act.act_id),
            "kind": act.kind.value,
            "officer_id": act.officer_id,
            "note": act.note,
            "done_at": act.stamp.wall.isoformat(),
            "received_at": self._now().isoformat(),
            "standing": standing,
            "code": code,
        }


def _metres(lon: float, lat: float, other_lon: float, other_lat: float) -> float:
    return float(geodesic((lat, lon), (other_lat, other_lon)).meters)  # type: ignore[no-untyped-call]
