"""Stored originals that are not what was saved any more: found, held back, logged; all others go on."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from sync.caring import Caretaker
from sync.contract.wire import sha256_hex
from sync.listener import Silence
from sync.remote.memory import MemoryCentral, MemoryRemote
from sync.replica.outbox import ItemState
from tests.contract.tablet import CITY_ROWS, DEVICE, Tablet
from tests.fault.ledger_plugin import Teller

PHOTO = bytes(range(256)) * 200


def _flipped(path: Path, chance: random.Random) -> None:
    data = bytearray(path.read_bytes())
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    path.write_bytes(data)


def _truncated(path: Path, chance: random.Random) -> None:
    path.write_bytes(path.read_bytes()[: chance.randrange(1, path.stat().st_size)])


def _zeroed_tail(path: Path, chance: random.Random) -> None:
    data = path.read_bytes()
    at = chance.randrange(1, len(data) - 256)  # the photo has no run of zeros as long as that
    path.write_bytes(data[:at] + bytes(len(data) - at))


def _emptied(path: Path, _chance: random.Random) -> None:
    path.write_bytes(b"")


def _gone(path: Path, _chance: random.Random) -> None:
    path.unlink()


Harm = Callable[[Path, random.Random], None]
HARMS: tuple[Harm, ...] = (_flipped, _truncated, _zeroed_tail, _emptied, _gone)


class Heard(Silence):
    """Remembers of which records something was told."""

    def __init__(self) -> None:
        self.told: set[str] = set()

    def records(self, ids: Iterable[str]) -> None:
        self.told |= set(ids)


@pytest.fixture
def central() -> MemoryCentral:
    made = MemoryCentral()
    for table, row in CITY_ROWS:
        made.put_row(table, row)
    return made


@pytest.fixture
def tablet(data_dir: Path) -> Iterator[Tablet]:
    with Tablet(data_dir) as made:
        yield made


def _events(tablet: Tablet) -> list[str]:
    rows = tablet.work.meta._db.execute("SELECT kind FROM event ORDER BY event_id")
    return [row[0] for row in rows if row[0] == "original_damaged"]


@pytest.mark.faults(10)
@pytest.mark.parametrize("harm", HARMS, ids=lambda harm: harm.__name__.strip("_"))
def test_damaged_original_is_never_sent_and_the_others_are(
    tablet: Tablet, central: MemoryCentral, harm: Harm, tally: Teller
) -> None:
    runs = 10
    for seed in range(runs):
        bad, good = PHOTO + b"bad %d" % seed, PHOTO + b"good %d" % seed
        report = tablet.report(bad, good)
        harm(tablet.path_of(bad), random.Random(seed))
        tablet.engine(MemoryRemote(central, DEVICE)).round()
        assert tablet.file_states(report.report_id) == [ItemState.NEEDS_YOU, ItemState.SENT]
        code = tablet.work.uploads.of_record(report.report_id)[0].code
        assert code == ("file_missing" if harm is _gone else "file_changed")
        assert central.file(sha256_hex(good)) == good
        assert central.file(sha256_hex(bad)) is None
    tally(runs=runs, seeds=f"0..{runs - 1}", note=f"before upload: {harm.__name__.strip('_')}")


@pytest.mark.faults(10)
@pytest.mark.parametrize("harm", HARMS, ids=lambda harm: harm.__name__.strip("_"))
def test_weekly_look_finds_it_before_it_is_sent_logs_it_and_tells(
    tablet: Tablet, central: MemoryCentral, harm: Harm, tally: Teller
) -> None:
    report = tablet.report(b"well", PHOTO)
    heard = Heard()
    caretaker = Caretaker(tablet.work, tablet.clock, heard)
    caretaker.step()
    assert heard.told == set()
    harm(tablet.path_of(PHOTO), random.Random(1))
    caretaker.step()
    assert heard.told == set()  # looked at just now
    tablet.clock.advance(timedelta(days=7, minutes=2).total_seconds())
    caretaker.step()
    assert heard.told == {report.report_id}
    assert _events(tablet) == ["original_damaged"]
    assert tablet.file_states(report.report_id) == [ItemState.WAITING, ItemState.NEEDS_YOU]
    tablet.engine(MemoryRemote(central, DEVICE)).round()
    assert tablet.file_states(report.report_id) == [ItemState.SENT, ItemState.NEEDS_YOU]
    assert tablet.work.checks.bad() == 1
    tally(runs=1, note=f"weekly look: {harm.__name__.strip('_')}")


@pytest.mark.faults(10)
def test_original_that_central_has_and_that_was_let_go_is_no_finding(
    tablet: Tablet, central: MemoryCentral
) -> None:
    tablet.report(PHOTO)
    tablet.engine(MemoryRemote(central, DEVICE)).round()
    tablet.path_of(PHOTO).unlink()
    Caretaker(tablet.work, tablet.clock, Silence()).step()
    assert _events(tablet) == []


def test_copy_is_made_when_something_was_made_and_not_again_before_its_time(tablet: Tablet) -> None:
    caretaker = Caretaker(tablet.work, tablet.clock, Silence())
    caretaker.step()
    [first] = tablet.folder.copies.iterdir()
    made_at = tablet.clock.now().timestamp()
    os.utime(first, (made_at, made_at))
    tablet.report(note="more")
    tablet.clock.advance(700)
    caretaker.step()
    assert list(tablet.folder.copies.iterdir()) == [first]
    tablet.clock.advance(6 * 3600)
    caretaker.step()
    assert len(list(tablet.folder.copies.iterdir())) == 2
