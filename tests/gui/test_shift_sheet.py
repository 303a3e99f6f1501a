"""The check at the start of a shift through the window: it comes once by itself, is seen or skipped, kept."""

from __future__ import annotations

import msgspec
import pytest
from field_app import run_job
from shell_fakes import PINS, Bench, OpenBench, find

import fieldapp.viewmodels.shift_check as shift_check
from fieldapp.capture.desk import Desk
from sync.contract.records import RecordType, ShiftCheck
from sync.contract.shift import Fitness
from sync.contract.wire import decode_record


@pytest.fixture
def bench(open_bench: OpenBench, monkeypatch: pytest.MonkeyPatch) -> Bench:
    """G1001 has signed in on a tablet that asks."""
    monkeypatch.setattr(shift_check, "SETTLE_MS", 0)
    opened = open_bench()
    opened.shell.shift_check._asks = True
    opened.sign_in()
    opened.wait(lambda: opened.stage() == "open")
    opened.wait(lambda: sheet_open(opened))
    return opened


def sheet_open(bench: Bench) -> bool:
    accept = find(bench.window, "shift.accept")
    return accept is not None and accept.isVisible()


def checks(bench: Bench) -> list[ShiftCheck]:
    def read(desk: Desk) -> list[ShiftCheck]:
        found = []
        for entry in desk.work.outbox.unreceipted():
            if entry.record.record_type is RecordType.SHIFT_CHECK:
                record = decode_record(RecordType.SHIFT_CHECK, entry.record.body)
                assert isinstance(record, ShiftCheck)
                found.append(record)
        return found

    return run_job(bench.qtbot, bench.shell.writer, read)  # type: ignore[no-any-return]


def sign_in_again(bench: Bench) -> None:
    bench.shell.session.signOut()
    bench.wait(lambda: bench.stage() == "signin")
    bench.type("signIn.officer", "G1001")
    bench.pin("signIn.pin", PINS["G1001"])
    bench.wait(lambda: bench.stage() == "open")


def test_check_comes_after_signing_in_says_what_is_ill_and_is_kept_when_seen(bench: Bench) -> None:
    vm = bench.shell.shift_check
    bench.wait(lambda: vm.rows.rowCount() == 8)
    assert bench.item("shift.row.position").property("fitness") in ("warn", "fail")
    assert bench.item("shift.row.position").property("advice")
    vm._findings = tuple(msgspec.structs.replace(one, fitness=Fitness.OK) for one in vm._findings)
    vm.changed.emit()
    assert bench.item("shift.titles").property("subtitle") == "一切正常"
    vm._findings = (*vm._findings[1:], msgspec.structs.replace(vm._findings[0], fitness=Fitness.UNKNOWN))
    vm.changed.emit()
    assert bench.item("shift.titles").property("subtitle") == "没有发现问题，1 项无法得知"
    bench.click("shift.accept")
    bench.wait(lambda: len(checks(bench)) == 1)
    (check,) = checks(bench)
    assert (check.officer_id, check.skipped, len(check.findings)) == ("G1001", False, 8)
    bench.wait(lambda: not sheet_open(bench))
    sign_in_again(bench)  # the same shift: it does not nag
    run_job(bench.qtbot, bench.shell.reader, lambda _desk: None)
    bench.qtbot.waitUntil(lambda: not vm.due)
    assert not sheet_open(bench)


def test_check_that_is_closed_counts_as_skipped_and_can_be_opened_by_hand(bench: Bench) -> None:
    bench.wait(lambda: bench.shell.shift_check.rows.rowCount() == 8)
    bench.click("shift.close")
    bench.wait(lambda: len(checks(bench)) == 1)
    assert checks(bench)[0].skipped
    bench.wait(lambda: not bench.shell.shift_check.due)
    bench.shell.app.navigate("patrol")
    bench.click("patrol.shift")
    bench.wait(lambda: sheet_open(bench))
    bench.wait(lambda: not bench.shell.shift_check.looking)
    bench.click("shift.close")
    bench.wait(lambda: not sheet_open(bench))
    assert len(checks(bench)) == 1  # looking is no new skip
