"""How old the data is said to be: a pull that is cut short never makes old rows look fresh."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from sync.contract.errors import RetryLater
from sync.contract.tables import Stream
from sync.remote.faulty import Fault, FaultyRemote, Kind, scripted
from sync.remote.memory import MemoryCentral, MemoryRemote
from tests.contract.tablet import CITY_ROWS, DEVICE, MORNING, Tablet, full_row


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


def work_as_of(tablet: Tablet) -> datetime:
    cursor = tablet.work.meta.cursor(Stream.WORK)
    assert cursor is not None
    return cursor.moved_at


def reference_as_of(tablet: Tablet) -> datetime:
    cursor = tablet.reference.cursor()
    assert cursor is not None
    return cursor.moved_at


def more(central: MemoryCentral, table: str, key: str) -> None:
    for n in range(35):
        central.put_row(table, full_row(table, **{key: f"{table}-{n:04}"}))


def cut_in_the_middle(tablet: Tablet, central: MemoryCentral, pages: int) -> None:
    script = scripted(*[Fault()] * pages, Fault(Kind.LOSE_REPLY), only="changes")
    with pytest.raises(RetryLater):
        tablet.engine(FaultyRemote(MemoryRemote(central, DEVICE), script)).round()


def test_whole_pull_is_as_of_now(tablet: Tablet, central: MemoryCentral) -> None:
    tablet.engine(MemoryRemote(central, DEVICE)).round()
    tablet.clock.advance(3600)
    tablet.engine(MemoryRemote(central, DEVICE)).round()

    assert work_as_of(tablet) == reference_as_of(tablet) == tablet.clock.now()


def test_work_pull_cut_between_pages_leaves_the_age_as_it_was(tablet: Tablet, central: MemoryCentral) -> None:
    tablet.engine(MemoryRemote(central, DEVICE)).round()
    more(central, "officer", "officer_id")
    tablet.clock.advance(3600)
    cut_in_the_middle(tablet, central, pages=2)

    assert 3 < tablet.work.city.counts()["officer"] < 38
    assert work_as_of(tablet) == MORNING


def test_reference_pull_cut_between_pages_leaves_the_age_as_it_was(
    tablet: Tablet, central: MemoryCentral
) -> None:
    tablet.engine(MemoryRemote(central, DEVICE)).round()
    before = reference_as_of(tablet)
    more(central, "permit", "permit_id")
    tablet.clock.advance(3600)
    cut_in_the_middle(tablet, central, pages=3)

    assert 0 < tablet.reference.counts()["permit"] < 35
    assert reference_as_of(tablet) == before


def test_first_pull_cut_between_pages_is_not_called_fresh(tablet: Tablet, central: MemoryCentral) -> None:
    more(central, "blacklist", "entry_id")
    cut_in_the_middle(tablet, central, pages=1)

    assert work_as_of(tablet).year == 1970
