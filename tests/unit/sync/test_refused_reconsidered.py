"""Refused acts go again by themselves when central tells that the reason is gone, and only then."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from sync.contract.errors import RetryLater
from sync.contract.lifecycle import ActKind
from sync.contract.records import Act, RecordType, Report
from sync.contract.wire import PushItem
from sync.remote.memory import MemoryCentral, MemoryRemote
from sync.replica.outbox import ItemState
from tests.contract.tablet import CITY_ROWS, Tablet

OURS, THEIRS = "0190a0a0-0000-7000-8000-000000000001", "0190a0a0-0000-7000-8000-000000000002"


@pytest.fixture
def central() -> MemoryCentral:
    central = MemoryCentral()
    for table, row in CITY_ROWS:
        central.put_row(table, row)
    return central


@pytest.fixture
def ours(tmp_path: Path) -> Iterator[Tablet]:
    with Tablet(tmp_path / "ours", device_id=OURS) as tablet:
        yield tablet


@pytest.fixture
def theirs(tmp_path: Path) -> Iterator[Tablet]:
    with Tablet(tmp_path / "theirs", device_id=THEIRS) as tablet:
        yield tablet


def round_of(tablet: Tablet, central: MemoryCentral) -> None:
    with suppress(RetryLater):
        tablet.engine(MemoryRemote(central, tablet.device_id)).round()


def refused_for_want_of_its_case(
    central: MemoryCentral, ours: Tablet, theirs: Tablet
) -> tuple[Report, Act, PushItem]:
    """Their report, and our act on it that a central refuses which was set back to before both."""
    backup = central.backup()
    report = theirs.report()
    round_of(theirs, central)
    round_of(ours, central)
    central.restore(backup, epoch="epoch2")
    act = ours.act(report.report_id, ActKind.SUPPLEMENT, note="补充")
    round_of(ours, central)
    assert (ours.state(act.act_id), ours.code(act.act_id)) == (ItemState.NEEDS_YOU, "case_unknown")
    entry = ours.work.outbox.entry(act.act_id)
    assert entry is not None
    kept = entry.record
    item = PushItem(act.act_id, kept.device_seq, RecordType.ACT, act.act_id, kept.body, kept.body_sha256)
    return report, act, item


def test_act_refused_for_want_of_its_case_goes_when_the_case_has_come_back(
    central: MemoryCentral, ours: Tablet, theirs: Tablet
) -> None:
    report, act, _ = refused_for_want_of_its_case(central, ours, theirs)
    round_of(ours, central)
    assert ours.state(act.act_id) is ItemState.NEEDS_YOU
    round_of(theirs, central)
    round_of(ours, central)
    assert ours.state(act.act_id) is ItemState.SENT
    assert set(central.bodies()) == {report.report_id, act.act_id}


def test_act_that_a_late_copy_of_its_request_brought_in_after_all_is_not_shown_as_refused(
    central: MemoryCentral, ours: Tablet, theirs: Tablet
) -> None:
    _, act, item = refused_for_want_of_its_case(central, ours, theirs)
    round_of(theirs, central)
    central.push(OURS, [item])
    round_of(ours, central)
    assert ours.state(act.act_id) is ItemState.SENT
    assert list(central.rows("case_act")) == [act.act_id]


def test_act_refused_for_another_reason_stays_with_the_person(
    central: MemoryCentral, ours: Tablet, theirs: Tablet
) -> None:
    report = theirs.report()
    round_of(theirs, central)
    act = ours.act(report.report_id, ActKind.CLOSE)
    round_of(ours, central)
    before = ours.work.outbox.entry(act.act_id)
    theirs.act(report.report_id, ActKind.SUPPLEMENT, note="补充")
    round_of(theirs, central)
    round_of(ours, central)
    assert ours.work.outbox.entry(act.act_id) == before
    assert ours.state(act.act_id) is ItemState.NEEDS_YOU
