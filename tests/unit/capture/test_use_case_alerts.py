"""Alerts and reinforcement on the tablet: listed by who must answer, answered offline, clashes told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from fieldapp.capture.alerts import list_alerts, read_alert, submit_alert_act, understood
from fieldapp.capture.desk import Desk
from fieldapp.capture.reinforcement import calls_about, calls_for, submit_call_act
from fieldapp.capture.undo import Undone, undo
from sync.contract.alerts import AlertActKind, AlertState
from sync.contract.calls import CallActKind, CallState
from sync.contract.errors import FieldError
from sync.contract.squads import RankedSquad
from sync.contract.suggested import Answer
from sync.contract.tables import TABLES, Row
from sync.contract.wire import Change, OfficerCard
from sync.replica.outbox import ItemState
from sync.replica.work import WorkStore
from tests.contract.central_records import alert_row
from tests.unit.capture.use_case_desk import close_desk, make_desk

PEOPLE = {
    "G1001": ("李 喆", "grid_worker", "新湖"),
    "G1002": ("王 珺", "grid_worker", "新湖"),
    "I2001": ("陈 强", "inspector", "一队"),
    "I2002": ("周 敏", "inspector", "二队"),
}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = make_desk(tmp_path)
    rows: list[Row] = [
        {"officer_id": number, "name": name, "role": role, "squad": squad, "active": 1}
        for number, (name, role, squad) in PEOPLE.items()
    ]
    tell(made, "officer", *rows)
    yield made
    close_desk(made)


def tell(desk: Desk, table: str, *rows: Row) -> None:
    """Central tells rows."""
    with desk.work.act():
        desk.work.city.apply([Change(1, table, str(row[TABLES[table].key]), row) for row in rows])


def as_officer(desk: Desk, number: str) -> Desk:
    name, role, squad = PEOPLE[number]
    return msgspec.structs.replace(desk, officer=OfficerCard(number, name, role, squad))


def test_list_has_what_waits_for_the_person_first_and_the_worst_before(desk: Desk) -> None:
    mild, serious, grave = (alert_row(severity=n, occurred_at=f"2026-11-20T0{n}:00:00Z") for n in (1, 2, 3))
    unknown = alert_row(kind="of_the_future", severity=9, state="dismissed", holder="I2001")
    tell(desk, "alert", mild, serious, grave, unknown)
    mine = list_alerts(desk)
    assert [(one.severity.value, one.for_me) for one in mine] == [(1, True), (3, False), (2, False)]
    officer = list_alerts(as_officer(desk, "I2001"))
    assert [(one.severity.value, one.for_me) for one in officer] == [(3, True), (2, True), (1, False)]
    assert (mine[0].suggestion, officer[0].suggestion) == (Answer.PHOTOGRAPH, Answer.CALL_REINFORCEMENT)
    (over,) = list_alerts(desk, over=True)
    assert (over.kind, over.suggestion, over.holder_name) == (None, None, "陈 强")


def test_alert_is_taken_and_answered_offline_and_shows_that_it_waits(desk: Desk) -> None:
    row = alert_row(severity=1, facts='{"minutes": 95, "limit": 30}')
    alert_id = str(row["alert_id"])
    tell(desk, "alert", row)
    assert AlertActKind.DONE not in read_alert(desk, alert_id).offered
    taken = submit_alert_act(desk, alert_id, AlertActKind.TAKE)
    sheet = read_alert(desk, alert_id)
    assert (sheet.line.standing.state, sheet.line.mine, sheet.line.waiting) == (AlertState.TAKEN, True, 1)
    assert sheet.facts == (("minutes", "95"), ("limit", "30"))
    assert [past.act_id for past in sheet.history] == [taken.act_id]
    assert undo(desk, taken.act_id) is Undone.REMOVED
    assert read_alert(desk, alert_id).line.standing.state is AlertState.OPEN
    submit_alert_act(desk, alert_id, AlertActKind.TAKE)
    with pytest.raises(FieldError, match="alert_needs_reason"):
        submit_alert_act(desk, alert_id, AlertActKind.DISMISS, note=" ")
    submit_alert_act(desk, alert_id, AlertActKind.DISMISS, note="误报")
    assert list_alerts(desk) == ()
    assert [one.alert_id for one in list_alerts(desk, over=True)] == [alert_id]


def test_serious_alert_is_passed_on_by_a_grid_worker_to_an_officer_and_to_nobody_else(desk: Desk) -> None:
    row = alert_row(severity=2)
    alert_id = str(row["alert_id"])
    tell(desk, "alert", row)
    sheet = read_alert(desk, alert_id)
    assert sheet.offered == (AlertActKind.PASS_ON,)
    assert [number for number, *_ in sheet.fit] == ["I2001", "I2002"]
    with pytest.raises(FieldError, match="alert_to_unfit"):
        submit_alert_act(desk, alert_id, AlertActKind.PASS_ON, to_officer="G1002")
    submit_alert_act(desk, alert_id, AlertActKind.PASS_ON, to_officer="I2001")
    assert read_alert(desk, alert_id).line.holder_name == "陈 强"
    officer = as_officer(desk, "I2001")
    assert [one.for_me for one in list_alerts(officer)] == [True]


def test_refused_act_in_the_history_names_who_had_the_alert_when_it_arrived(desk: Desk) -> None:
    row = alert_row(severity=1, state="taken", holder="I2001", last_act="c")
    alert_id = str(row["alert_id"])
    tell(desk, "alert", row)
    for order, (act_id, kind, officer_id, to_officer, standing) in enumerate(
        (
            ("a", "take", "G1002", "", "accepted"),
            ("b", "take", "G1001", "", "refused"),
            ("c", "pass_on", "G1002", "I2001", "accepted"),
            ("d", "take", "G1001", "", "refused"),
        )
    ):
        code = "alert_taken" if standing == "refused" else ""
        told = {"act_id": act_id, "alert_id": alert_id, "kind": kind, "officer_id": officer_id, "code": code,
                "to_officer": to_officer, "standing": standing, "act_order": order}  # fmt: skip
        tell(desk, "alert_act", told)  # type: ignore[arg-type]
    named = {past.act_id: past.facts.get("holder") for past in read_alert(desk, alert_id).history}
    assert named == {"a": None, "b": "王 珺", "c": None, "d": "陈 强"}


def test_who_was_second_is_told_who_has_it_and_keeps_what_they_did(desk: Desk) -> None:
    row = alert_row(severity=1)
    alert_id = str(row["alert_id"])
    tell(desk, "alert", row)
    act_id = submit_alert_act(desk, alert_id, AlertActKind.TAKE).act_id
    with desk.work.act():
        desk.work.outbox.mark_needs_you(act_id, "alert_taken", {"holder": "G1002"})
    tell(desk, "alert", {**row, "state": "taken", "holder": "G1002", "last_act": "x"})
    sheet = read_alert(desk, alert_id)
    assert (sheet.line.standing.holder, sheet.line.refused) == ("G1002", "alert_taken")
    assert sheet.line.refused_facts["holder"] == "王 珺"
    assert [(past.refused, past.code) for past in sheet.history] == [(True, "alert_taken")]
    assert sheet.history[0].facts["holder"] == "王 珺"
    assert sheet.offered == ()
    assert desk.work.outbox.needing_you() == 1
    assert understood(desk, alert_id) == (act_id,)
    assert (desk.work.outbox.needing_you(), read_alert(desk, alert_id).line.refused) == (0, "")
    assert desk.work.outbox.entry(act_id) is not None, "kept all the same"
    assert undo(desk, act_id) is Undone.ALREADY


def test_call_is_only_here_until_central_tells_of_it_then_squads_answer(desk: Desk) -> None:
    officer = as_officer(desk, "I2001")
    row = alert_row(severity=3, address="创业路")
    alert_id = str(row["alert_id"])
    tell(desk, "alert", row)
    call_id = submit_call_act(officer, CallActKind.CALL, alert_id=alert_id, note="有人围堵")
    (call,) = calls_for(officer)
    assert (call.reached, call.mine, call.about) == (False, True, "粤B12345 · 创业路")
    assert calls_about(officer, alert_id=alert_id) == (call,)
    squads = [RankedSquad("二队", ("I2002",), 830, "", asked=True), RankedSquad("三队", ("I2003",))]
    told: Row = {
        **dict.fromkeys(TABLES["reinforcement"].column_names, ""),
        "call_id": call_id,
        "alert_id": alert_id,
        "caller": "I2001",
        "called_at": "2026-11-20T01:00:00Z",
        "asked": "I2002",
        "squads": msgspec.json.encode(squads).decode(),
        "state": "open",
    }
    tell(desk, "reinforcement", told)
    tell(desk, "call_act", {**dict.fromkeys(TABLES["call_act"].column_names, ""), "act_id": call_id})
    other = as_officer(desk, "I2002")
    (asked,) = calls_for(other)
    assert (asked.asked_me, asked.answered, asked.reached) == (True, "", True)
    assert asked.offered == (CallActKind.ACCEPT, CallActKind.DECLINE)
    assert [(one.squad, one.distance_m, one.silent) for one in asked.squads] == [("二队", 830, ("周 敏",))]
    submit_call_act(other, CallActKind.ACCEPT, call_id=call_id)
    (asked,) = calls_for(other)
    assert (asked.answered, asked.squads[0].coming) == ("coming", ("周 敏",))
    with pytest.raises(FieldError, match="call_not_yours"):
        submit_call_act(other, CallActKind.END, call_id=call_id)
    submit_call_act(officer, CallActKind.END, call_id=call_id)
    assert calls_for(officer) == ()
    assert calls_about(officer, alert_id=alert_id)[0].standing.state is CallState.ENDED


def test_desktop_is_told_of_what_waits_for_those_who_use_this_tablet(desk: Desk) -> None:
    mild, serious = alert_row(severity=1), alert_row(severity=2)
    given = alert_row(severity=1, state="passed", holder="I2001")
    tell(desk, "alert", mild, serious, given)
    rows = desk.work.alerts
    assert rows.open_for(()) == frozenset()
    assert rows.open_for(("G1001",)) == {mild["alert_id"]}
    assert rows.open_for(("I2001",)) == {serious["alert_id"], given["alert_id"]}
    assert rows.open_for(("G1001", "I2002")) == {mild["alert_id"], serious["alert_id"]}


def test_what_was_read_and_settled_stays_settled_when_the_store_is_made_anew(desk: Desk) -> None:
    row = alert_row(severity=1)
    alert_id = str(row["alert_id"])
    tell(desk, "alert", row)
    act_id = submit_alert_act(desk, alert_id, AlertActKind.TAKE).act_id
    with desk.work.act():
        desk.work.outbox.freeze_batch(9, desk.clock.now())
        desk.work.outbox.mark_needs_you(act_id, "alert_taken", {"holder": "G1002"})
    understood(desk, alert_id)
    folder, key = desk.folder, desk.work._key
    desk.work.close()
    folder.work_db.write_bytes(b"\0" * 8192)
    again = WorkStore(folder, key)
    entry = again.outbox.entry(act_id)
    assert entry is not None
    assert entry.state is ItemState.REPLACED
    again.close()
