"""A damaged reference database: public rows that can be fetched anew must never hold up anything."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.contract.errors import NeedsPerson
from sync.examine import examine_city_data
from sync.remote.memory import MemoryCentral, MemoryRemote
from sync.replica.outbox import ItemState
from sync.replica.reference import ReferenceStore, damage_in
from tests.contract.tablet import CITY_ROWS, DEVICE, Tablet, full_row


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


def database_file(tablet: Tablet) -> Path:
    return next(path for path in tablet.folder.reference.glob("*.db") if path.name == tablet.reference.name)


def checkpointed(tablet: Tablet) -> Path:
    """The file in force with everything in it, closed."""
    path = database_file(tablet)
    tablet.reference.close()
    return path


def cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def made_something_else(path: Path) -> None:
    path.write_bytes(b"not a database at all" * 500)


def emptied(path: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize("damage", [cut_short, made_something_else, emptied])
def test_damaged_reference_is_fetched_anew_and_work_goes_on(
    tablet: Tablet, central: MemoryCentral, damage: object
) -> None:
    tablet.engine(MemoryRemote(central, DEVICE)).round()
    before = tablet.reference.counts()
    damage(checkpointed(tablet))  # type: ignore[operator]
    report = tablet.report(b"photo")

    reopened = ReferenceStore(tablet.folder)
    assert reopened.cursor() is None
    tablet.reference = reopened
    tablet.engine(MemoryRemote(central, DEVICE)).round()
    assert tablet.reference.counts() == before
    assert tablet.state(report.report_id) is ItemState.SENT


def take_permits(tablet: Tablet, central: MemoryCentral) -> None:
    for n in range(800):
        central.put_row("permit", full_row("permit", permit_id=f"p{n:04}", plate=f"粤B{n:05}"))
    tablet.engine(MemoryRemote(central, DEVICE)).round()


def spoil_a_page_of_permits(tablet: Tablet) -> None:
    path = checkpointed(tablet)
    whole = bytearray(path.read_bytes())
    page = whole.index("粤B00400".encode()) // 4096 * 4096
    whole[page : page + 4096] = b"\xa5" * 4096
    path.write_bytes(whole)


def test_damage_found_while_changes_are_applied_is_mended_in_the_same_round(
    tablet: Tablet, central: MemoryCentral
) -> None:
    take_permits(tablet, central)
    spoil_a_page_of_permits(tablet)

    tablet.reference = ReferenceStore(tablet.folder)
    assert tablet.reference.integrity()
    for n in range(800):
        central.put_row("permit", full_row("permit", permit_id=f"p{n:04}", plate=f"粤C{n:05}"))
    tablet.engine(MemoryRemote(central, DEVICE)).round()
    assert tablet.reference.integrity() == []
    assert tablet.reference.counts()["permit"] == 800
    assert tablet.reference.permits("粤C00799")


def test_damage_met_where_no_round_comes_is_called_by_its_name_and_mended_by_the_next_round(
    tablet: Tablet, central: MemoryCentral
) -> None:
    take_permits(tablet, central)
    met = NeedsPerson("folder_broken", file="work.db")
    assert damage_in(tablet.folder.root, met) is met
    spoil_a_page_of_permits(tablet)
    tablet.reference = ReferenceStore(tablet.folder)

    assert damage_in(tablet.folder.root, met).code == "city_data_damaged"
    found = examine_city_data(tablet.folder)
    assert (found.ok, found.code) == (False, "city_data_damaged")
    tablet.engine(MemoryRemote(central, DEVICE)).round()  # with nothing new to apply

    assert tablet.reference.integrity() == []
    assert tablet.reference.permits("粤B00400")
    assert examine_city_data(tablet.folder).ok
    assert not tablet.reference.is_suspect


def test_name_of_the_file_in_force_that_is_no_text_counts_as_none(tablet: Tablet) -> None:
    (tablet.folder.reference / "current").write_bytes(b"\xb1\xce\x00\xff")
    reopened = ReferenceStore(tablet.folder)
    assert reopened.cursor() is None
    reopened.close()
