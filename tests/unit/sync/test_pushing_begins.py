"""A record is frozen when its first byte leaves, and not before: until then it can be taken back wholly."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sync.contract.errors import InputRefused, NeedsPerson, RetryLater
from sync.contract.wire import PushItem, PushReply
from sync.remote.base import Begins, unheeded
from sync.remote.faulty import Fault, FaultyRemote, Kind, scripted
from sync.remote.memory import MemoryCentral, MemoryRemote
from sync.remote.patience import Patient
from sync.replica.outbox import Entry, ItemState
from tests.contract.tablet import CITY_ROWS, DEVICE, Tablet

DEAD, CUT, UNANSWERED = Fault(Kind.DROP), Fault(Kind.CUT), Fault(Kind.LOSE_REPLY)


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


class Connecting(MemoryRemote):
    """A link that takes its time to open: ``meanwhile`` happens before the first byte leaves, once."""

    def __init__(self, central: MemoryCentral) -> None:
        super().__init__(central, DEVICE)
        self.meanwhile: Callable[[], None] = lambda: None
        self.pushed: list[list[str]] = []

    def push(self, items: list[PushItem], begins: Begins = unheeded) -> PushReply:
        meanwhile, self.meanwhile = self.meanwhile, lambda: None
        meanwhile()
        begins()
        self.pushed.append([item.record_id for item in items])
        return super().push(items)


def entry_of(tablet: Tablet, record_id: str) -> Entry:
    entry = tablet.work.outbox.entry(record_id)
    assert entry is not None
    return entry


def take_back(tablet: Tablet, record_id: str) -> bool:
    with tablet.work.act():
        tablet.work.uploads.remove(record_id)
        return tablet.work.outbox.remove_unsent(record_id)


def fail_a_round(tablet: Tablet, central: MemoryCentral, *faults: Fault) -> None:
    remote = FaultyRemote(MemoryRemote(central, DEVICE), scripted(*faults, only="push"))
    with pytest.raises(RetryLater):
        tablet.engine(remote).round()


def test_dead_link_leaves_a_record_free_and_says_why_it_waits(tablet: Tablet, central: MemoryCentral) -> None:
    report = tablet.report(b"photo")
    fail_a_round(tablet, central, DEAD)
    fail_a_round(tablet, central, DEAD)
    entry = entry_of(tablet, report.report_id)
    assert (entry.state, entry.code, entry.attempts, entry.frozen_at) == (
        ItemState.WAITING,
        "unreachable",
        2,
        "",
    )
    assert entry.tried_at
    assert take_back(tablet, report.report_id)
    assert tablet.engine(MemoryRemote(central, DEVICE)).round().pushed == 0
    assert central.bodies() == {}


@pytest.mark.parametrize("fault", [CUT, UNANSWERED])
def test_bytes_that_left_freeze_a_record_whatever_became_of_them(
    tablet: Tablet, central: MemoryCentral, fault: Fault
) -> None:
    report = tablet.report()
    fail_a_round(tablet, central, fault)
    assert entry_of(tablet, report.report_id).frozen_at
    assert not take_back(tablet, report.report_id)


def test_record_once_frozen_stays_so_when_the_link_dies(tablet: Tablet, central: MemoryCentral) -> None:
    old = tablet.report()
    fail_a_round(tablet, central, CUT)
    new = tablet.report()
    fail_a_round(tablet, central, DEAD)
    assert not take_back(tablet, old.report_id)
    assert take_back(tablet, new.report_id)
    assert entry_of(tablet, old.report_id).attempts == 2


def test_record_taken_back_while_the_link_opens_is_not_sent_and_the_others_are(
    tablet: Tablet, central: MemoryCentral
) -> None:
    first, gone, last = (tablet.report(note=note) for note in ("first", "gone", "last"))
    remote = Connecting(central)
    removed: list[bool] = []
    remote.meanwhile = lambda: removed.append(take_back(tablet, gone.report_id))
    result = tablet.engine(remote).round()
    assert removed == [True]
    assert remote.pushed == [[first.report_id, last.report_id]]
    assert (result.pushed, set(central.bodies())) == (2, {first.report_id, last.report_id})


def test_only_record_taken_back_while_the_link_opens_ends_a_round_in_peace(
    tablet: Tablet, central: MemoryCentral
) -> None:
    report = tablet.report(b"photo")
    remote = Connecting(central)
    removed: list[bool] = []
    remote.meanwhile = lambda: removed.append(take_back(tablet, report.report_id))
    result = tablet.engine(remote).round()
    assert (removed, result.pushed, result.files, remote.pushed) == ([True], 0, 0, [])


def test_record_saved_while_the_link_opens_goes_in_the_next_batch(
    tablet: Tablet, central: MemoryCentral
) -> None:
    first = tablet.report()
    remote = Connecting(central)
    later: list[str] = []
    remote.meanwhile = lambda: later.append(tablet.report().report_id)
    tablet.engine(remote).round()
    assert remote.pushed == [[first.report_id], later]


def test_full_disk_at_the_freezing_sends_nothing_and_is_no_fault_of_the_servers(
    tablet: Tablet, central: MemoryCentral, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = tablet.report()
    remote = Connecting(central)
    patient = Patient(remote, tablet.clock.monotonic, lambda: 0.0)

    def no_room(*_: object, **__: object) -> list[PushItem]:
        raise NeedsPerson("disk_full")

    engine = tablet.engine(patient)
    with monkeypatch.context() as full:
        full.setattr(tablet.work.outbox, "freeze_batch", no_room)
        for _ in range(6):
            with pytest.raises(NeedsPerson, match="disk_full"):
                engine.round()
    assert remote.pushed == []
    assert entry_of(tablet, report.report_id).frozen_at == ""
    assert engine.round().pushed == 1, "asked at once, since the server has refused nothing"


def test_batch_that_is_halved_is_frozen_whole(tablet: Tablet, central: MemoryCentral) -> None:
    reports = [tablet.report(note=str(number)) for number in range(4)]

    class Halving(MemoryRemote):
        calls = 0

        def push(self, items: list[PushItem], begins: Begins = unheeded) -> PushReply:
            self.calls += 1
            if self.calls == 2:
                raise RetryLater("unreachable")  # the second request cannot even connect
            begins()
            raise InputRefused("body_too_large")

    with pytest.raises(RetryLater):
        tablet.engine(Halving(central, DEVICE)).round()
    assert all(entry_of(tablet, report.report_id).frozen_at for report in reports)
