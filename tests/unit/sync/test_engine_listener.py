"""What the engine tells while it works: which records and tables changed, bytes sent and bytes filled."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from sync.remote.memory import MemoryCentral, MemoryRemote
from sync.replica.outbox import ItemState
from tests.contract.tablet import CITY_ROWS, DEVICE, Tablet


class Noting:
    """Keeps all it is told, with the state of each record at that moment."""

    def __init__(self, tablet: Tablet) -> None:
        self.tablet = tablet
        self.states: list[tuple[str, ItemState | None]] = []
        self.seen_tables: set[str] = set()
        self.sent: list[tuple[int, int]] = []
        self.filled: list[tuple[int, int]] = []

    def records(self, ids: Iterable[str]) -> None:
        self.states += [(record_id, self.tablet.state(record_id)) for record_id in ids]

    def tables(self, names: Iterable[str]) -> None:
        self.seen_tables |= set(names)

    def progress(self, record_id: str, sha256: str, sent: int, total: int) -> None:
        self.sent.append((sent, total))

    def fill(self, done: int, total: int) -> None:
        self.filled.append((done, total))


@pytest.fixture
def tablet(data_dir: Path) -> Iterator[Tablet]:
    with Tablet(data_dir) as tablet:
        yield tablet


@pytest.fixture
def central() -> MemoryCentral:
    central = MemoryCentral()
    for table, row in CITY_ROWS:
        central.put_row(table, row)
    return central


def test_record_is_told_when_its_send_starts_and_when_it_has_a_receipt(
    tablet: Tablet, central: MemoryCentral
) -> None:
    report = tablet.report()
    noting = Noting(tablet)
    tablet.engine(MemoryRemote(central, DEVICE), noting).round()
    assert noting.states == [(report.report_id, ItemState.SENDING), (report.report_id, ItemState.SENT)]


def test_bytes_of_a_file_are_told_up_to_the_last(tablet: Tablet, central: MemoryCentral) -> None:
    tablet.report(b"x" * 1_000_000)
    noting = Noting(tablet)
    tablet.engine(MemoryRemote(central, DEVICE), noting).round()
    assert noting.sent[-1] == (1_000_000, 1_000_000)


def test_first_fill_is_told_from_nothing_to_everything(tablet: Tablet, central: MemoryCentral) -> None:
    noting = Noting(tablet)
    tablet.engine(MemoryRemote(central, DEVICE), noting).round()
    assert noting.filled[0][0] == 0
    assert noting.filled[-1][0] == noting.filled[-1][1] > 0
    assert {"permit", "officer"} <= noting.seen_tables


def test_idle_round_tells_nothing(tablet: Tablet, central: MemoryCentral) -> None:
    tablet.report(b"photo")
    tablet.engine(MemoryRemote(central, DEVICE)).round()
    noting = Noting(tablet)
    assert tablet.engine(MemoryRemote(central, DEVICE), noting).round().nothing_done
    assert (noting.states, noting.seen_tables, noting.sent, noting.filled) == ([], set(), [], [])
