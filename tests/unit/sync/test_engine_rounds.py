"""What one round does with records: pushed in order, receipted, refused, kept, and nothing twice."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.contract.errors import NeedsPerson, RetryLater
from sync.contract.lifecycle import ActKind
from sync.remote.faulty import Fault, FaultyRemote, Kind, scripted
from sync.remote.memory import MemoryCentral, MemoryRemote
from sync.replica.outbox import ItemState
from tests.contract.tablet import CITY_ROWS, DEVICE, Tablet


@pytest.fixture
def central() -> MemoryCentral:
    central = MemoryCentral()
    for table, row in CITY_ROWS:
        central.put_row(table, row)
    return central


@pytest.fixture
def tablet(data_dir: Path) -> Iterator[Tablet]:
    with Tablet(data_dir) as tablet:
        yield tablet


def test_report_is_sent_with_a_receipt_that_names_its_body(tablet: Tablet, central: MemoryCentral) -> None:
    report = tablet.report(note="渣土车未密闭 🚛")
    result = tablet.engine(MemoryRemote(central, DEVICE)).round()
    entry = tablet.work.outbox.entry(report.report_id)
    assert entry is not None
    assert entry.receipt is not None
    assert entry.state is ItemState.SENT
    assert entry.receipt.sha256 == entry.record.body_sha256
    assert central.bodies() == {report.report_id: entry.record.body}
    assert result.pushed == 1


def test_second_round_has_nothing_to_do(tablet: Tablet, central: MemoryCentral) -> None:
    tablet.report(b"photo")
    engine = tablet.engine(MemoryRemote(central, DEVICE))
    engine.round()
    assert engine.round().nothing_done


def test_file_that_central_already_holds_is_counted_as_settled_and_not_as_sent_bytes(
    tablet: Tablet, central: MemoryCentral
) -> None:
    engine = tablet.engine(MemoryRemote(central, DEVICE))
    tablet.report(b"photo")
    first = engine.round()
    assert (first.files, first.file_bytes) == (1, 5)

    tablet.report(b"photo", b"another photo")
    second = engine.round()
    assert (second.files, second.file_bytes) == (2, 13)


def test_push_retried_after_lost_response_applies_once(tablet: Tablet, central: MemoryCentral) -> None:
    report = tablet.report()
    remote = FaultyRemote(MemoryRemote(central, DEVICE), scripted(Fault(Kind.LOSE_REPLY), only="push"))
    engine = tablet.engine(remote)
    with pytest.raises(RetryLater, match="timeout"):
        engine.round()
    assert tablet.state(report.report_id) is ItemState.WAITING
    assert tablet.code(report.report_id) == "timeout"
    engine.round()
    assert tablet.state(report.report_id) is ItemState.SENT
    assert list(central.bodies()) == [report.report_id]
    assert list(central.rows("city_case")) == [report.report_id]


@pytest.mark.parametrize("kind", [Kind.DUPLICATE, Kind.REORDER])
def test_push_answered_twice_or_out_of_order_marks_every_record_rightly(
    tablet: Tablet, central: MemoryCentral, kind: Kind
) -> None:
    reports = [tablet.report(note=str(number)) for number in range(5)]
    tablet.engine(FaultyRemote(MemoryRemote(central, DEVICE), scripted(Fault(kind), only="push"))).round()
    assert {tablet.state(report.report_id) for report in reports} == {ItemState.SENT}
    assert len(central.bodies()) == 5


def test_garbage_for_an_answer_marks_nothing_sent_and_the_next_round_does(
    tablet: Tablet, central: MemoryCentral
) -> None:
    reports = [tablet.report(note=str(number)) for number in range(4)]
    engine = tablet.engine(
        FaultyRemote(MemoryRemote(central, DEVICE), scripted(Fault(Kind.GARBAGE), only="push"))
    )
    with pytest.raises(RetryLater):
        engine.round()
    assert {tablet.state(report.report_id) for report in reports} == {ItemState.WAITING}
    engine.round()
    assert {tablet.state(report.report_id) for report in reports} == {ItemState.SENT}
    assert len(central.bodies()) == 4


def test_refused_act_needs_you_with_the_code_and_others_go_on(tablet: Tablet, central: MemoryCentral) -> None:
    report = tablet.report()
    refused = tablet.act(report.report_id, ActKind.CLOSE)
    later = tablet.report()
    result = tablet.engine(MemoryRemote(central, DEVICE)).round()
    assert (tablet.state(refused.act_id), tablet.code(refused.act_id)) == (
        ItemState.NEEDS_YOU,
        "act_not_allowed",
    )
    assert tablet.state(later.report_id) is ItemState.SENT
    assert (result.pushed, result.refused) == (2, 1)
    assert central.rows("case_act")[refused.act_id]["standing"] == "refused"


def test_refused_record_is_not_offered_again_by_itself(tablet: Tablet, central: MemoryCentral) -> None:
    refused = tablet.act("0190a0a0-0000-7000-8000-00000000ffff", ActKind.SUPPLEMENT)
    engine = tablet.engine(MemoryRemote(central, DEVICE))
    engine.round()
    assert engine.round().nothing_done
    assert tablet.code(refused.act_id) == "case_unknown"


def test_undo_before_the_first_send_removes_the_record(tablet: Tablet, central: MemoryCentral) -> None:
    report = tablet.report(b"photo")
    with tablet.work.act():
        assert tablet.work.outbox.remove_unsent(report.report_id)
        tablet.work.uploads.remove(report.report_id)
    tablet.engine(MemoryRemote(central, DEVICE)).round()
    assert central.bodies() == {}
    assert tablet.state(report.report_id) is None


def test_undo_after_the_first_send_started_is_too_late_even_when_it_was_cut(
    tablet: Tablet, central: MemoryCentral
) -> None:
    report = tablet.report()
    engine = tablet.engine(
        FaultyRemote(MemoryRemote(central, DEVICE), scripted(Fault(Kind.CUT), only="push"))
    )
    with pytest.raises(RetryLater, match="unreachable"):
        engine.round()
    with tablet.work.act():
        assert not tablet.work.outbox.remove_unsent(report.report_id)
    withdrawal = tablet.act(report.report_id, ActKind.WITHDRAW, withdraws=report.report_id)
    engine.round()
    assert tablet.state(withdrawal.act_id) is ItemState.SENT
    assert central.rows("city_case")[report.report_id]["state"] == "withdrawn"


def test_refused_device_stops_the_round_and_keeps_everything(tablet: Tablet, central: MemoryCentral) -> None:
    report = tablet.report(b"photo")
    central.refused_devices.add(DEVICE)
    engine = tablet.engine(MemoryRemote(central, DEVICE))
    with pytest.raises(NeedsPerson, match="device_refused"):
        engine.round()
    assert (tablet.state(report.report_id), tablet.code(report.report_id)) == (
        ItemState.WAITING,
        "device_refused",
    )
    central.refused_devices.clear()
    engine.round()
    assert tablet.state(report.report_id) is ItemState.SENT


def test_more_records_than_one_batch_all_go_in_one_round(tablet: Tablet, central: MemoryCentral) -> None:
    for number in range(205):
        tablet.report(note=str(number))
    assert tablet.engine(MemoryRemote(central, DEVICE)).round().pushed == 205
    assert tablet.work.outbox.pending() == (0, "")
