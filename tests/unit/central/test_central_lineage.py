"""Central set back to a backup that then goes on: cursors of the time that was lost must not serve."""

import shutil
from pathlib import Path

import pytest

from sync.central.composition import Central
from sync.central.settings import Settings
from sync.central.store.devices import Device
from sync.central.store.store import put_row
from sync.central.world import World
from sync.contract.errors import FieldError
from sync.contract.tables import Stream
from tests.contract.central_server import fill_small_city, permit_row
from tests.unit.central.conftest import admit

REF = Stream.REFERENCE


def change_permits(central: Central, *numbers: int) -> None:
    for number in numbers:
        with central.store.writing() as db:
            put_row(db, "permit", {**permit_row(number), "used_m3": number})


def gone(central: Central, device: Device, cursor: str) -> bool:
    try:
        central.feed.page(device, REF, cursor)
    except FieldError as error:
        return error.code == "cursor_gone"
    return False


class Backup:
    """A central, a copy of its folder, and the central that is set back to that copy."""

    def __init__(self, root: Path, world: World) -> None:
        self.root, self.world = root, world

    def open(self) -> Central:
        return Central(Settings(data=self.root / "central"), self.world)

    def take(self) -> None:
        shutil.copytree(self.root / "central", self.root / "backup")

    def restore(self) -> None:
        shutil.rmtree(self.root / "central")
        shutil.copytree(self.root / "backup", self.root / "central")


@pytest.fixture
def backup(tmp_path: Path, world: World) -> Backup:
    return Backup(tmp_path, world)


@pytest.mark.parametrize("taken", ["while it ran", "after it stopped"])
def test_cursor_of_a_lost_time_is_gone_though_central_has_gone_past_it(backup: Backup, taken: str) -> None:
    central = backup.open()
    fill_small_city(central)
    device = admit(central)
    before = central.feed.page(device, REF, "").cursor
    if taken == "after it stopped":
        central.close()
    backup.take()
    if taken == "after it stopped":
        central = backup.open()
    change_permits(central, 1, 2)
    lost = central.feed.page(device, REF, before).cursor
    central.close()

    backup.restore()
    central = backup.open()
    change_permits(central, 3, 4, 5, 6)
    assert gone(central, device, lost)
    assert not gone(central, device, before)
    central.close()


def test_walk_begun_in_a_lost_time_does_not_go_on_in_another(backup: Backup) -> None:
    central = backup.open()
    fill_small_city(central)
    device = admit(central)
    backup.take()
    change_permits(central, 1)  # the row leaves its place for the end: the walk's first page lacks it
    half = central.feed.page(device, REF, "", 2)
    assert half.more
    central.close()

    backup.restore()
    central = backup.open()
    change_permits(central, 5, 6)
    assert gone(central, device, half.cursor)
    central.close()


def test_restarts_and_desk_commands_beside_it_leave_every_cursor_good(backup: Backup) -> None:
    central = backup.open()
    fill_small_city(central)
    device = admit(central)
    cursors = [central.feed.page(device, REF, "").cursor]
    beside = backup.open()
    for number in range(1, 7):
        change_permits(beside if number % 2 else central, number)
        cursors.append(central.feed.page(device, REF, cursors[-1]).cursor)
    beside.close()
    central.close()

    central = backup.open()
    backup.open().close()
    assert not any(gone(central, device, cursor) for cursor in cursors)
    assert central.feed.page(device, REF, cursors[-1]).cursor == cursors[-1]
    central.close()
