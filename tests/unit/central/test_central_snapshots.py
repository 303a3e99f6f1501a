"""The ready-built reference database."""

import os
from pathlib import Path

import msgspec
import pytest
import zstandard

from sync.central.composition import Central
from sync.central.settings import Settings
from sync.central.store import snapshot_shelf
from sync.central.store.devices import Device
from sync.central.store.store import delete_row, put_row
from sync.central.world import World
from sync.contract.tables import REFERENCE_SCHEMA, Stream
from sync.contract.wire import SnapshotManifest, sha256_hex
from sync.replica.database import open_database
from tests.contract.central_server import fill_small_city, permit_row


def unpack(central: Central, manifest: SnapshotManifest) -> bytes:
    found = central.snapshots.find(manifest.name)
    assert found is not None
    data = found[1].read_bytes()
    raw = b""
    for frame in manifest.frames:
        packed = data[frame.start : frame.start + frame.length]
        assert sha256_hex(packed) == frame.sha256
        raw += zstandard.ZstdDecompressor().decompress(packed)
    assert (len(raw), sha256_hex(raw)) == (manifest.raw_bytes, manifest.raw_sha256)
    return raw


def test_snapshot_holds_every_public_row_its_indexes_and_its_cursor(central: Central, tmp_path: Path) -> None:
    manifest = central.snapshots.current()
    path = tmp_path / "reference.db"
    path.write_bytes(unpack(central, manifest))
    database = open_database(path)
    assert [row[0] for row in database.execute("SELECT plate FROM permit ORDER BY permit_id")] == [
        "粤B00001",
        "粤B00002",
        "粤B00003",
    ]
    meta = dict(database.execute("SELECT name, value FROM meta").fetchall())
    assert (meta["epoch"], meta["cursor"]) == (manifest.epoch, manifest.cursor)
    names = {row[0] for row in database.execute("SELECT name FROM sqlite_master")}
    assert "permit_by_plate" in names
    assert "officer" not in names
    database.close()


def test_feed_goes_on_from_the_snapshot(central: Central, device: Device) -> None:
    manifest = central.snapshots.current()
    assert central.feed.page(device, Stream.REFERENCE, manifest.cursor).changes == []
    with central.store.writing() as db:
        put_row(db, "permit", permit_row(4))
    changes = central.feed.page(device, Stream.REFERENCE, manifest.cursor).changes
    assert [change.id for change in changes] == ["P000004"]


def test_snapshot_is_kept_until_the_feed_after_it_is_long(tmp_path: Path, world: World) -> None:
    central = Central(Settings(data=tmp_path / "c", snapshot_lag=3), world)
    fill_small_city(central)
    first = central.snapshots.current()
    for number, expected_same in ((4, True), (5, True), (6, False)):
        with central.store.writing() as db:
            put_row(db, "permit", permit_row(number))
        assert (central.snapshots.current() == first) is expected_same
    second = central.snapshots.current()
    assert second.rows["permit"] == 6
    assert central.snapshots.find(first.name) is not None
    central.close()


def test_tablet_that_takes_its_data_anew_gets_none_from_before_what_it_holds(central: Central) -> None:
    first = central.snapshots.current()
    with central.store.writing() as db:
        held = put_row(db, "permit", permit_row(4))
    assert central.snapshots.current() == first
    second = central.snapshots.current(held)
    assert second.sequence >= held
    assert central.snapshots.current(10**17) == second


@pytest.mark.expects_log("reference-.* is damaged")
def test_snapshot_cut_short_on_centrals_disk_is_built_anew(central: Central) -> None:
    first = central.snapshots.current()
    found = central.snapshots.find(first.name)
    assert found is not None
    with found[1].open("rb+") as file:
        file.truncate(first.bytes - 1)
    second = central.snapshots.current()
    unpack(central, second)


def flip(path: Path, at: int) -> None:
    """Another byte in place of one; the file keeps its length."""
    with path.open("rb+") as file:
        file.seek(at)
        was = file.read(1)
        file.seek(at)
        file.write(bytes([was[0] ^ 0x40]))


@pytest.mark.expects_log("reference-.* is damaged")
@pytest.mark.parametrize("where", ["first", "middle", "last"])
def test_snapshot_with_a_byte_changed_on_centrals_disk_is_built_anew(central: Central, where: str) -> None:
    first = central.snapshots.current()
    found = central.snapshots.find(first.name)
    assert found is not None
    flip(found[1], {"first": 0, "middle": first.bytes // 2, "last": first.bytes - 1}[where])
    assert (
        central.snapshots.find(first.name) is None
    )  # a tablet in the middle of it asks for the manifest anew
    unpack(central, central.snapshots.current())


@pytest.mark.expects_log("reference-.* is damaged")
def test_snapshot_that_rots_without_its_time_changing_is_found_by_upkeep(central: Central) -> None:
    first = central.snapshots.current()
    found = central.snapshots.find(first.name)
    assert found is not None
    before = found[1].stat()
    flip(found[1], first.bytes // 2)
    os.utime(found[1], ns=(before.st_atime_ns, before.st_mtime_ns))
    assert central.snapshots.look() == [first.name]
    assert central.snapshots.look() == []
    unpack(central, central.snapshots.current())


def test_whole_snapshot_is_read_once_and_then_taken_at_its_time_and_size(
    central: Central, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = central.snapshots.current()
    read: list[Path] = []

    def note(path: Path, _manifest: SnapshotManifest) -> bool:
        read.append(path)
        return True

    monkeypatch.setattr(snapshot_shelf, "is_whole", note)
    for _ in range(3):
        assert central.snapshots.current() == first
        assert central.snapshots.find(first.name) is not None
    assert read == []
    found = central.snapshots.find(first.name)
    assert found is not None
    os.utime(found[1], ns=(1, 1))
    central.snapshots.current()
    central.snapshots.current()
    assert read == [found[1]]


@pytest.mark.expects_log("reference-.* is damaged")
@pytest.mark.parametrize("harm", ["garbage", "signature", "gone"])
def test_snapshot_whose_manifest_is_damaged_is_built_anew(central: Central, harm: str) -> None:
    first = central.snapshots.current()
    found = central.snapshots.find(first.name)
    assert found is not None
    manifest = found[1].with_suffix(".json")
    if harm == "garbage":
        manifest.write_bytes(b"\x00" * manifest.stat().st_size)
    elif harm == "signature":
        manifest.write_bytes(msgspec.json.encode(msgspec.structs.replace(first, signature="zz")))
    else:
        manifest.unlink()
    assert central.snapshots.find(first.name) is None
    unpack(central, central.snapshots.current())


@pytest.mark.parametrize("theirs", [REFERENCE_SCHEMA - 1, REFERENCE_SCHEMA + 1])
def test_snapshot_that_another_version_published_is_built_anew(
    central: Central, monkeypatch: pytest.MonkeyPatch, theirs: int
) -> None:
    with monkeypatch.context() as other:
        other.setattr(snapshot_shelf, "REFERENCE_SCHEMA", theirs)
        first = central.snapshots.current()
    again = Central(central.settings, central.world)
    assert again.snapshots.find(first.name) is None
    unpack(again, again.snapshots.current())
    again.close()


def test_snapshot_older_than_the_tombstones_is_built_anew(central: Central) -> None:
    first = central.snapshots.current()
    with central.store.writing() as db:
        sequence = delete_row(db, "permit", "P000001")
    central.feed.forget_tombstones(Stream.REFERENCE, sequence)
    assert central.snapshots.current().cursor != first.cursor


def test_only_the_two_newest_snapshots_are_kept(central: Central) -> None:
    names = []
    for number in (1, 2, 3):
        with central.store.writing() as db:
            sequence = delete_row(db, "permit", f"P{number:06}")
        central.feed.forget_tombstones(Stream.REFERENCE, sequence)
        names.append(central.snapshots.current().name)
    assert [central.snapshots.find(name) is not None for name in names] == [False, True, True]


@pytest.mark.parametrize("name", ["", "..", "../central.db", "reference-0-1.db.zst", "authority.key"])
def test_name_that_is_no_snapshot_is_not_found(central: Central, name: str) -> None:
    assert central.snapshots.find(name) is None
