"""Taking a snapshot: resumed, verified, bounded; what is in force stays so until the very end."""

from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
import zstandard

from sync.contract.errors import RetryLater
from sync.contract.wire import Frame, SnapshotManifest, sha256_hex
from sync.replica.folder import DataFolder
from sync.replica.meta import CursorAt
from sync.replica.packing import RAW_FRAME
from sync.replica.snapshot import RAW_FRAME_MAX, SnapshotFill
from sync.replica.snapshot_build import build_snapshot

AT = CursorAt("c", "e", datetime(2026, 3, 1, tzinfo=UTC))


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> tuple[SnapshotManifest, bytes]:
    folder = tmp_path_factory.mktemp("snapshot")
    rows = ({"permit_id": f"p{n:06}", "plate": f"粤B{n:05}", "route": "x" * 200} for n in range(60_000))
    manifest = build_snapshot(folder / "raw.db", folder / "packed", {"permit": rows}, AT)
    return manifest, (folder / "packed").read_bytes()


def piece(data: bytes, frame: Frame) -> bytes:
    return data[frame.start : frame.start + frame.length]


def test_fill_broken_off_goes_on_with_the_frames_that_are_missing(
    data_dir: Path, published: tuple[SnapshotManifest, bytes]
) -> None:
    manifest, data = published
    folder = DataFolder(data_dir)
    first = SnapshotFill(folder, manifest)
    frames = first.missing()
    assert len(frames) > 1
    assert all(frame.raw_bytes <= RAW_FRAME for frame in frames)
    first.take(frames[0], [piece(data, frames[0])])
    again = SnapshotFill(folder, manifest)
    assert again.missing() == frames[1:]
    assert again.done_bytes() == frames[0].length
    for frame in again.missing():
        again.take(frame, [piece(data, frame)])
    path = again.finish()
    assert sha256_hex(path.read_bytes()) == manifest.raw_sha256
    assert not list((folder.reference / "parts").iterdir())


@pytest.mark.parametrize("damage", ["short", "long", "other"])
def test_frame_that_is_not_what_was_promised_is_not_kept(
    data_dir: Path, published: tuple[SnapshotManifest, bytes], damage: str
) -> None:
    manifest, data = published
    fill = SnapshotFill(DataFolder(data_dir), manifest)
    frame = manifest.frames[0]
    right = piece(data, frame)
    wrong = {"short": right[:-1], "long": right + b"x", "other": right[:-1] + b"x"}[damage]
    with pytest.raises(RetryLater, match="snapshot_damaged"):
        fill.take(frame, [wrong])
    assert frame in fill.missing()


def test_new_snapshot_drops_the_frames_of_an_older_one(
    data_dir: Path, published: tuple[SnapshotManifest, bytes]
) -> None:
    manifest, data = published
    folder = DataFolder(data_dir)
    fill = SnapshotFill(folder, manifest)
    fill.take(manifest.frames[0], [piece(data, manifest.frames[0])])
    newer = SnapshotFill(folder, msgspec.structs.replace(manifest, raw_sha256="0" * 64))
    assert newer.done_bytes() == 0
    assert list((folder.reference / "parts").iterdir()) == []


def test_frame_that_is_vouched_for_and_unpacks_to_something_else_throws_the_whole_away(
    data_dir: Path, published: tuple[SnapshotManifest, bytes]
) -> None:
    manifest, data = published
    spoiled = bytearray(data)
    last = manifest.frames[-1]
    spoiled[last.start + last.length - 1] ^= 1  # in the checksum of what the frame unpacks to
    vouched = msgspec.structs.replace(last, sha256=sha256_hex(piece(bytes(spoiled), last)))
    manifest = msgspec.structs.replace(manifest, frames=[*manifest.frames[:-1], vouched])
    folder = DataFolder(data_dir)
    fill = SnapshotFill(folder, manifest)
    for frame in fill.missing():
        fill.take(frame, [piece(bytes(spoiled), frame)])
    with pytest.raises(RetryLater, match="snapshot_damaged"):
        fill.finish()
    assert not list(folder.reference.glob("*.db"))
    assert not list(folder.reference.glob("*.new"))
    assert fill.missing() == manifest.frames


def test_frame_that_claims_to_unpack_to_far_too_much_is_not_unpacked(data_dir: Path) -> None:
    bomb = zstandard.ZstdCompressor(level=1).compress(bytes(RAW_FRAME_MAX + 1))
    frame = Frame(0, len(bomb), sha256_hex(bomb), RAW_FRAME_MAX + 1)
    manifest = SnapshotManifest("x", "e", "c", len(bomb), RAW_FRAME_MAX + 1, "0" * 64, [frame], {})
    fill = SnapshotFill(DataFolder(data_dir), manifest)
    fill.take(frame, [bomb])
    with pytest.raises(RetryLater, match="snapshot_damaged"):
        fill.finish()


def test_leftover_of_a_killed_fill_is_swept(
    data_dir: Path, published: tuple[SnapshotManifest, bytes]
) -> None:
    folder = DataFolder(data_dir)
    (folder.reference / "0123.new").write_bytes(b"half")
    SnapshotFill(folder, published[0])
    assert not (folder.reference / "0123.new").exists()


def test_frame_torn_by_a_power_cut_is_fetched_again_and_the_others_are_not(
    data_dir: Path, published: tuple[SnapshotManifest, bytes]
) -> None:
    manifest, data = published
    folder = DataFolder(data_dir)
    fill = SnapshotFill(folder, manifest)
    for frame in fill.missing():
        fill.take(frame, [piece(data, frame)])
    [packed] = (folder.reference / "parts").iterdir()
    with packed.open("rb+") as file:
        file.write(bytes(4096))
    again = SnapshotFill(folder, manifest)
    assert again.missing() == [manifest.frames[0]]


def test_frames_are_unpacked_while_the_others_are_still_on_their_way(
    data_dir: Path, published: tuple[SnapshotManifest, bytes]
) -> None:
    manifest, data = published
    folder = DataFolder(data_dir)
    with SnapshotFill(folder, manifest) as fill:
        for frame in fill.missing():
            fill.take(frame, [piece(data, frame)])
        path = fill.finish()
    assert sha256_hex(path.read_bytes()) == manifest.raw_sha256
    with SnapshotFill(folder, manifest) as broken_off:
        broken_off.take(manifest.frames[0], [piece(data, manifest.frames[0])])
    assert not list(folder.reference.glob("*.new"))


def test_values_that_repeat_travel_once_as_the_dictionary(data_dir: Path, tmp_path: Path) -> None:
    routes = [sha256_hex(b"%d" % n) * 3 for n in range(1000)]
    rows = [{"permit_id": f"p{n:06}", "plate": "粤B1", "route": routes[n * 7 % 1000]} for n in range(50_000)]
    manifest = build_snapshot(tmp_path / "raw.db", tmp_path / "packed", {"permit": rows}, AT)
    assert manifest.dictionary is not None
    data = (tmp_path / "packed").read_bytes()
    fill = SnapshotFill(DataFolder(data_dir), manifest)
    for frame in fill.missing():
        fill.take(frame, [piece(data, frame)])
    assert sha256_hex(fill.finish().read_bytes()) == manifest.raw_sha256
