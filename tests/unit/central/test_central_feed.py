"""The change feed: order, pages, tombstones, and cursors that no longer serve."""

from pathlib import Path

import pytest

from sync.central.composition import Central
from sync.central.settings import Settings
from sync.central.store.devices import Device
from sync.central.store.feed import Place, make_cursor, read_cursor
from sync.central.store.store import delete_row, get_row, put_row
from sync.central.world import World
from sync.contract.errors import FieldError
from sync.contract.tables import TABLES, Row, Stream
from tests.contract.central_server import fill_small_city, permit_row

REF = Stream.REFERENCE


def start_of(epoch: str) -> str:
    return make_cursor(Place(epoch, 0, 0, 0, ""))


def all_pages(central: Central, device: Device, cursor: str, limit: int) -> tuple[list[int], str]:
    sequences: list[int] = []
    while True:
        page = central.feed.page(device, REF, cursor, limit)
        sequences += [change.sequence for change in page.changes]
        cursor = page.cursor
        if not page.more:
            return sequences, cursor


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 1000])
def test_pages_of_any_size_give_every_change_once_in_order(
    central: Central, device: Device, limit: int
) -> None:
    whole = [change.sequence for change in central.feed.page(device, REF, "").changes]
    assert all_pages(central, device, "", limit)[0] == whole == sorted(set(whole))


def test_streams_carry_only_their_own_tables(central: Central, device: Device) -> None:
    reference = {change.table for change in central.feed.page(device, REF, "").changes}
    work = {change.table for change in central.feed.page(device, Stream.WORK, "").changes}
    assert reference == {"permit", "company", "case_class", "inspection_item"}
    assert work == {"officer"}


def test_nothing_new_gives_the_cursor_back_as_it_came(central: Central, device: Device) -> None:
    _, cursor = all_pages(central, device, "", 1000)
    with central.store.writing() as db:
        officer = get_row(db, "officer", "G1001")
        assert officer is not None
        put_row(db, "officer", officer)
    page = central.feed.page(device, REF, cursor)
    assert (page.changes, page.cursor, page.more) == ([], cursor, False)


def test_row_changed_twice_comes_once_as_it_is_now(central: Central, device: Device) -> None:
    _, cursor = all_pages(central, device, "", 1000)
    with central.store.writing() as db:
        put_row(db, "permit", {**permit_row(1), "used_m3": 20})
        put_row(db, "permit", {**permit_row(1), "used_m3": 30})
    changes = central.feed.page(device, REF, cursor).changes
    assert [(change.id, (change.row or {})["used_m3"]) for change in changes] == [("P000001", 30)]


def test_deleted_row_comes_as_a_tombstone_and_returns_when_put_again(
    central: Central, device: Device
) -> None:
    _, cursor = all_pages(central, device, "", 1000)
    with central.store.writing() as db:
        delete_row(db, "permit", "P000002")
    page = central.feed.page(device, REF, cursor)
    assert [(change.id, change.row) for change in page.changes] == [("P000002", None)]
    with central.store.writing() as db:
        put_row(db, "permit", permit_row(2))
    assert central.feed.page(device, REF, page.cursor).changes[0].row == permit_row(2)


def test_cursor_older_than_the_tombstones_is_gone_and_newer_ones_are_served(
    central: Central, device: Device
) -> None:
    _, old = all_pages(central, device, "", 1000)
    with central.store.writing() as db:
        sequence = delete_row(db, "permit", "P000002")
    _, newer = all_pages(central, device, old, 1000)
    assert central.feed.forget_tombstones(REF, sequence) == 1
    with pytest.raises(FieldError, match="cursor_gone"):
        central.feed.page(device, REF, old)
    assert central.feed.page(device, REF, newer).changes == []
    assert len(central.feed.page(device, REF, "").changes) == 8
    assert central.feed.page(device, Stream.WORK, start_of(central.store.epoch)).changes


def test_cursor_of_another_epoch_or_from_the_future_is_gone(central: Central, device: Device) -> None:
    for cursor in (start_of("f" * 16), make_cursor(Place(central.store.epoch, *[10**9] * 3, ""))):
        with pytest.raises(FieldError, match="cursor_gone"):
            central.feed.page(device, REF, cursor)


@pytest.mark.parametrize("cursor", ["x", "%%%", "YWJj", "é", "YS4xLjI", "a" * 100, "LjE"])
def test_cursor_that_central_never_gave_out_is_invalid(central: Central, device: Device, cursor: str) -> None:
    with pytest.raises(FieldError, match=r"cursor_(invalid|gone)"):
        central.feed.page(device, REF, cursor)


def test_cursor_reads_back() -> None:
    place = Place("0af3", 12, 40, 41, "9e")
    assert read_cursor(make_cursor(place)) == place


def test_epoch_stays_over_a_restart_and_differs_between_centrals(tmp_path: Path, world: World) -> None:
    epochs = []
    for name in ("a", "a", "b"):
        central = Central(Settings(data=tmp_path / name), world)
        if len(epochs) != 1:
            fill_small_city(central)
        epochs.append(central.store.epoch)
        central.close()
    assert epochs[0] == epochs[1] != epochs[2]


def test_tablet_that_holds_the_row_gets_only_what_changed_of_it(central: Central, device: Device) -> None:
    at = central.snapshots.current().cursor
    with central.store.writing() as db:
        put_row(db, "permit", permit_row(1) | {"status": "revoked", "reason": "撒漏"})
    change = central.feed.page(device, Stream.REFERENCE, at).changes[0]
    assert (change.row, change.partial) == ({"status": "revoked", "reason": "撒漏"}, True)
    whole = central.feed.page(device, Stream.REFERENCE, "").changes[-1]
    assert (whole.row, whole.partial) == (permit_row_whole(1, status="revoked", reason="撒漏"), False)


def test_tablet_that_missed_a_change_between_gets_the_whole_row(central: Central, device: Device) -> None:
    at = central.snapshots.current().cursor
    for cells in ({"status": "used"}, {"used_m3": 5}):
        with central.store.writing() as db:
            put_row(db, "permit", permit_row(1) | cells)
    [change] = central.feed.page(device, Stream.REFERENCE, at).changes
    assert change.row == permit_row_whole(1, used_m3=5)


def test_row_that_moved_on_in_the_middle_of_a_walk_comes_whole(central: Central, device: Device) -> None:
    at = central.snapshots.current().cursor
    for number in (1, 2, 3):
        with central.store.writing() as db:
            put_row(db, "permit", permit_row(number) | {"status": "used"})
    first = central.feed.page(device, Stream.REFERENCE, at, limit=1)
    with central.store.writing() as db:
        put_row(db, "permit", permit_row(2) | {"status": "used", "used_m3": 7})
    rest = central.feed.page(device, Stream.REFERENCE, first.cursor).changes
    assert {change.id: change.row for change in rest}["P000002"] == permit_row_whole(
        2, status="used", used_m3=7
    )


def permit_row_whole(number: int, **cells: str | int) -> Row:
    """The permit with every column of its table."""
    return {name: (permit_row(number) | cells).get(name) for name in TABLES["permit"].column_names}
