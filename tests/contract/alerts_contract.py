"""What every remote promises of alerts and calls for reinforcement."""

from __future__ import annotations

import msgspec

from sync.contract.alerts import AlertActKind
from sync.contract.calls import CallActKind
from sync.contract.records import Place, PlaceSource
from sync.contract.wire import PushStatus
from tests.contract.central_records import RecordMaker, alert_row
from tests.contract.remote_side import WORK, Side, all_changes


class AlertsContract:
    """The first to take an alert has it; the nearest free squads are asked."""

    def test_two_take_the_same_alert_the_first_has_it_and_both_acts_are_told(
        self, side: Side, maker: RecordMaker
    ) -> None:
        alert = alert_row()
        side.put("alert", alert)
        _, cursor = all_changes(side.remote, WORK)
        first = maker.alert_act(str(alert["alert_id"]), AlertActKind.TAKE)
        second = maker.alert_act(str(alert["alert_id"]), AlertActKind.TAKE, "I2002")
        done, late = side.remote.push([maker.item(first), maker.item(second)]).answers
        assert done.receipt is not None
        assert late.status is PushStatus.REFUSED
        assert (late.code, late.facts["holder"]) == ("alert_taken", "I2001")
        changes, _ = all_changes(side.remote, WORK, cursor)
        told = {(change.table, change.id): change.row for change in changes if change.row}
        row = told["alert", first.alert_id]
        assert row is not None
        assert (row["state"], row["holder"], row["last_act"]) == ("taken", "I2001", first.act_id)
        acts = {change.id: change.row for change in changes if change.table == "alert_act" and change.row}
        assert acts[first.act_id]["standing"] == "accepted"
        assert (acts[second.act_id]["standing"], acts[second.act_id]["code"]) == ("refused", "alert_taken")

    def test_call_for_reinforcement_asks_the_nearest_free_squad_and_tells_who_comes(
        self, side: Side, maker: RecordMaker
    ) -> None:
        for officer_id, squad in (("I2001", "一队"), ("I2002", "二队"), ("I2003", "三队"), ("I2004", "四队")):
            row = {"officer_id": officer_id, "name": officer_id, "role": "inspector", "squad": squad}
            side.put("officer", {**row, "active": 1})
        alert = alert_row()
        side.put("alert", alert)
        _, cursor = all_changes(side.remote, WORK)
        near, far = (Place(PlaceSource.GNSS, lon, 22.56, 5.0) for lon in (113.89, 114.0))
        take = maker.alert_act(str(alert["alert_id"]), AlertActKind.TAKE, "I2003", place=near)
        seen = [maker.look_up(officer_id="I2002", place=far), maker.look_up(officer_id="I2003", place=near)]
        call = maker.call_act("", CallActKind.CALL, "I2001", alert_id=take.alert_id)
        answers = side.remote.push([maker.item(one) for one in (take, *seen, call)]).answers
        assert all(one.receipt is not None for one in answers)
        coming = maker.call_act(call.call_id, CallActKind.ACCEPT, "I2002")
        not_asked = maker.call_act(call.call_id, CallActKind.ACCEPT, "I2003")
        yes, no = side.remote.push([maker.item(coming), maker.item(not_asked)]).answers
        assert yes.receipt is not None
        assert no.code == "call_not_asked"
        changes, _ = all_changes(side.remote, WORK, cursor)
        row = next(c.row for c in reversed(changes) if c.table == "reinforcement" and c.row)
        assert (row["state"], row["coming"], row["asked"]) == ("open", "I2002", "I2002 I2004")
        squads = msgspec.json.decode(str(row["squads"]))
        assert [(one["squad"], one.get("busy", False)) for one in squads] == [
            ("二队", False),
            ("四队", False),
            ("三队", True),
        ]
        assert 12_000 < squads[0]["distance_m"] < 12_700
        assert squads[1].get("distance_m") is None
        over = maker.call_act(call.call_id, CallActKind.END, "I2001")
        done = maker.alert_act(take.alert_id, AlertActKind.DONE, "I2003")
        ends = side.remote.push([maker.item(over), maker.item(done)]).answers
        assert all(one.receipt is not None for one in ends)
