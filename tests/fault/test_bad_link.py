"""Whatever the link does, in the end central has every record and every photo once, and the tablet knows."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.contract.errors import RetryLater
from sync.contract.lifecycle import ActKind
from sync.contract.records import Lane
from sync.remote.faulty import FaultyRemote, by_chance
from sync.remote.memory import MemoryCentral, MemoryRemote
from sync.replica.outbox import ItemState
from tests.contract.tablet import CITY_ROWS, DEVICE, Tablet, full_row


@pytest.fixture
def tablet(data_dir: Path) -> Iterator[Tablet]:
    with Tablet(data_dir) as tablet:
        yield tablet


def rounds_until_done(tablet: Tablet, remote: FaultyRemote, most: int) -> int:
    """Rounds until one goes through and nothing is left."""
    engine = tablet.engine(remote)
    for number in range(1, most + 1):
        try:
            engine.round()
        except RetryLater:
            continue
        if tablet.work.outbox.pending()[0] == 0 and tablet.work.uploads.pending().bytes == 0:
            return number
    raise AssertionError(f"not done after {most} rounds")


@pytest.mark.parametrize("seed", range(12))
def test_everything_arrives_exactly_once_over_a_link_where_a_third_of_all_calls_fails(
    tablet: Tablet, seed: int
) -> None:
    chance = random.Random(seed)
    central = MemoryCentral(page_limit=7)
    for table, row in CITY_ROWS:
        central.put_row(table, row)
    for number in range(40):
        central.put_row("permit", full_row("permit", permit_id=f"p{number}"))
        central.put_row("blacklist", full_row("blacklist", entry_id=f"b{number}"))
    reports = [
        tablet.report(*(chance.randbytes(chance.randrange(1, 900_000)) for _ in range(chance.randrange(4))))
        for _ in range(6)
    ]
    reports.append(tablet.report(b"same", b"same", lanes=(Lane.ORIGINAL, Lane.THUMBNAIL)))
    withdrawal = tablet.act(reports[0].report_id, ActKind.WITHDRAW, withdraws=reports[0].report_id)
    frozen = {e.record.record_id: e.record.body for e in tablet.work.outbox.entries()}

    rounds_until_done(tablet, FaultyRemote(MemoryRemote(central, DEVICE), by_chance(chance, 0.3)), 400)

    assert central.bodies() == frozen
    assert {tablet.state(record_id) for record_id in frozen} == {ItemState.SENT}
    assert central.rows("city_case")[reports[0].report_id]["state"] == "withdrawn"
    assert list(central.rows("case_act")) == [withdrawal.act_id]
    for report in reports:
        assert set(tablet.file_states(report.report_id)) <= {ItemState.SENT}
        for photo in report.photos:
            original = photo.original
            path = tablet.folder.file(original.sha256, original.media_type)
            assert central.file(original.sha256) == path.read_bytes()
    assert tablet.reference.counts()["permit"] == 40
    assert tablet.work.city.counts()["blacklist"] == 40


def test_dead_link_costs_nothing_but_time(tablet: Tablet) -> None:
    central = MemoryCentral()
    for table, row in CITY_ROWS:
        central.put_row(table, row)
    report = tablet.report(b"photo")
    dead = tablet.engine(FaultyRemote(MemoryRemote(central, DEVICE), by_chance(random.Random(1), 1.0)))
    for _ in range(30):
        with pytest.raises(RetryLater):
            dead.round()
    entry = tablet.work.outbox.entry(report.report_id)
    assert entry is not None
    tablet.engine(MemoryRemote(central, DEVICE)).round()
    assert central.bodies() == {report.report_id: entry.record.body}
    assert tablet.file_states(report.report_id) == [ItemState.SENT]
