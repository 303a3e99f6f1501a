"""Central set back to a backup, or with files lost under it: everything it gave receipts for goes again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.contract.errors import NeedsPerson, RetryLater
from sync.contract.lifecycle import ActKind
from sync.remote.faulty import Fault, FaultyRemote, Kind, scripted
from sync.remote.memory import MemoryCentral, MemoryRemote
from sync.replica.outbox import ItemState
from tests.contract.tablet import CHIEF, CITY_ROWS, DEVICE, Tablet, full_row
from tests.fault.ledger_plugin import Teller

OFFICE = "0190a0a0-0000-7000-8000-00000000000f"


@pytest.fixture
def central() -> MemoryCentral:
    central = MemoryCentral(page_limit=10)
    for table, row in CITY_ROWS:
        central.put_row(table, row)
    return central


@pytest.fixture
def tablet(data_dir: Path) -> Iterator[Tablet]:
    with Tablet(data_dir) as tablet:
        yield tablet


def cut_before_the_pull(tablet: Tablet, central: MemoryCentral) -> None:
    """A round that sends everything and is cut when it would pull."""
    remote = FaultyRemote(MemoryRemote(central, DEVICE), scripted(Fault(Kind.DROP), only="changes"))
    with pytest.raises(RetryLater):
        tablet.engine(remote).round()


@pytest.mark.faults(23)
@pytest.mark.parametrize("counted_on", [0, 3, 40])
@pytest.mark.parametrize("lost", ["record and photo", "photo alone"])
def test_receipt_whose_round_was_cut_before_its_pull_is_offered_again_to_a_central_set_back_behind_it(
    tablet: Tablet, central: MemoryCentral, counted_on: int, lost: str, tally: Teller
) -> None:
    engine = tablet.engine(MemoryRemote(central, DEVICE))
    engine.round()
    report = None if lost == "record and photo" else tablet.report(b"photo")
    if report is not None:  # the record is in the backup, its photo is not
        remote = FaultyRemote(MemoryRemote(central, DEVICE), scripted(Fault(Kind.DROP), only="offer"))
        with pytest.raises(RetryLater):
            tablet.engine(remote).round()
    backup = central.backup()
    report = report or tablet.report(b"photo")
    cut_before_the_pull(tablet, central)
    assert tablet.state(report.report_id) is ItemState.SENT
    assert tablet.file_states(report.report_id) == [ItemState.SENT]

    central.restore(backup)  # and the operator forgot to give it a new epoch
    for number in range(counted_on):
        central.put_row("permit", full_row("permit", permit_id=f"p{number}"))
    engine.round()

    assert list(central.bodies()) == [report.report_id]
    assert central.file(report.photos[0].files[0].sha256) == b"photo"
    assert tablet.file_states(report.report_id) == [ItemState.SENT]
    engine.round()  # the case that was made anew comes back
    assert engine.round().nothing_done
    tally(runs=1)


@pytest.mark.faults(23)
def test_record_sent_to_a_set_back_central_does_not_make_the_lost_one_before_it_forgotten(
    tablet: Tablet, central: MemoryCentral, tally: Teller
) -> None:
    engine = tablet.engine(MemoryRemote(central, DEVICE))
    engine.round()
    backup = central.backup()
    lost = tablet.report()
    cut_before_the_pull(tablet, central)

    central.restore(backup)
    for number in range(40):
        central.put_row("permit", full_row("permit", permit_id=f"p{number}"))
    later = tablet.report()
    engine.round()

    assert set(central.bodies()) == {lost.report_id, later.report_id}
    tally(runs=1)


@pytest.mark.faults(23)
def test_set_back_central_that_waits_for_agreement_to_deletes_is_not_believed_meanwhile(
    tablet: Tablet, central: MemoryCentral, tally: Teller
) -> None:
    engine = tablet.engine(MemoryRemote(central, DEVICE))
    engine.round()
    backup = central.backup()
    for number in range(40):
        central.put_row("blacklist", full_row("blacklist", entry_id=f"b{number}"))
    engine.round()
    report = tablet.report()
    cut_before_the_pull(tablet, central)
    central.restore(backup)
    for number in range(200):
        central.put_row("permit", full_row("permit", permit_id=f"p{number}"))

    for _ in range(3):
        with pytest.raises(Exception, match="mass_delete"):
            engine.round()
        assert tablet.work.city.counts()["blacklist"] == 40
        assert list(central.bodies()) == [report.report_id], "what was lost goes again while a person decides"
    engine.round(deletes_agreed=True)
    assert tablet.work.city.counts()["blacklist"] == 0
    assert engine.round().nothing_done
    tally(runs=1)


@pytest.mark.faults(25)
def test_photo_that_central_lost_after_its_receipt_is_sent_again_by_itself(
    tablet: Tablet, central: MemoryCentral, tally: Teller
) -> None:
    engine = tablet.engine(MemoryRemote(central, DEVICE))
    reports = [tablet.report(b"one", b"two"), tablet.report(b"two"), tablet.report(b"three")]
    engine.round()
    lost = reports[0].photos[1].files[0].sha256
    central.lose_file(lost)

    assert engine.round().files == 2, "both slots that name it get its receipt"
    assert central.file(lost) == b"two"
    assert engine.round().nothing_done
    tally(runs=1)


@pytest.mark.faults(25)
def test_photo_that_central_lost_and_the_tablet_no_longer_has_troubles_nobody(
    tablet: Tablet, central: MemoryCentral, tally: Teller
) -> None:
    engine = tablet.engine(MemoryRemote(central, DEVICE))
    report = tablet.report(b"gone")
    engine.round()
    central.lose_file(report.photos[0].files[0].sha256)
    tablet.path_of(b"gone").unlink()

    assert engine.round().nothing_done
    assert tablet.file_states(report.report_id) == [ItemState.SENT]
    tally(runs=1)


@pytest.mark.faults(23)
@pytest.mark.parametrize("pulled_before", [True, False])
def test_newer_receipts_of_a_central_set_back_do_not_make_the_lost_ones_forgotten(
    tablet: Tablet, central: MemoryCentral, pulled_before: bool, tally: Teller
) -> None:
    engine = tablet.engine(MemoryRemote(central, DEVICE))
    if pulled_before:
        engine.round()
    backup = central.backup()
    lost = tablet.report(b"lost")
    cut_before_the_pull(tablet, central)
    central.restore(backup)
    for number in range(40):  # it counts on past what it lost, and then takes new work, before any pull
        central.put_row("permit", full_row("permit", permit_id=f"p{number}"))
    newer = tablet.report(b"newer")
    engine.round()
    engine.round()

    assert set(central.bodies()) == {lost.report_id, newer.report_id}
    assert engine.round().nothing_done
    tally(runs=1)


@pytest.mark.faults(23)
def test_central_set_back_once_more_while_the_first_time_is_not_settled_loses_nothing(
    tablet: Tablet, central: MemoryCentral, tally: Teller
) -> None:
    engine = tablet.engine(MemoryRemote(central, DEVICE))
    engine.round()
    backup = central.backup()
    for number in range(40):
        central.put_row("blacklist", full_row("blacklist", entry_id=f"b{number}"))
    engine.round()
    report = tablet.report()
    cut_before_the_pull(tablet, central)
    for _ in range(2):
        central.restore(backup)
        with pytest.raises(NeedsPerson, match="mass_delete"):
            engine.round()
    engine.round(deletes_agreed=True)
    engine.round()

    assert list(central.bodies()) == [report.report_id]
    tally(runs=2)


@pytest.mark.faults(23)
@pytest.mark.parametrize("epoch", [None, "epoch2"], ids=["same epoch", "new epoch"])
@pytest.mark.parametrize("still_clashes", [True, False], ids=["clashes again", "clashes no more"])
def test_act_refused_before_central_was_set_back_is_judged_anew_by_itself(
    tablet: Tablet,
    central: MemoryCentral,
    epoch: str | None,
    still_clashes: bool,
    tmp_path: Path,
    tally: Teller,
) -> None:
    engine = tablet.engine(MemoryRemote(central, DEVICE))
    case_id = tablet.report().report_id
    engine.round()
    before_it_was_void = central.backup()
    with Tablet(tmp_path / "office", device_id=OFFICE, officer=CHIEF) as office:
        office.act(case_id, ActKind.VOID, note="not in this city")
        office.engine(MemoryRemote(central, OFFICE)).round()
    after_it = central.backup()
    late = tablet.act(case_id, ActKind.WITHDRAW, withdraws=case_id)
    engine.round()
    engine.round()
    assert tablet.state(late.act_id) is ItemState.NEEDS_YOU
    refused_as = tablet.code(late.act_id)

    central.restore(after_it if still_clashes else before_it_was_void, epoch=epoch)
    engine.round()

    row = central.rows("case_act")[late.act_id]
    if still_clashes:
        assert (row["standing"], row["code"], tablet.code(late.act_id)) == ("refused", refused_as, refused_as)
        assert tablet.state(late.act_id) is ItemState.NEEDS_YOU
    else:
        assert row["standing"] == "accepted"
        assert tablet.state(late.act_id) is ItemState.SENT
    engine.round()
    assert engine.round().nothing_done
    tally(runs=1)
