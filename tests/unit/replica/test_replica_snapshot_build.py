"""A built snapshot is a whole reference database that a tablet can take frame by frame."""

from datetime import UTC, datetime
from pathlib import Path

from sync.contract.wire import SnapshotManifest, sha256_hex
from sync.replica.folder import DataFolder
from sync.replica.meta import CursorAt
from sync.replica.reference import ReferenceStore
from sync.replica.snapshot import SnapshotFill
from sync.replica.snapshot_build import build_snapshot

AT = CursorAt("cursor-7", "epoch-a", datetime(2026, 3, 1, tzinfo=UTC))


def company(number: int) -> dict[str, str | int | float | None]:
    name = f"公司 {number}"
    return {"company_id": f"c{number:05}", "name": name, "credit_code": "", "address": "", "initials": ""}


def build(folder: Path, companies: int) -> tuple[SnapshotManifest, Path]:
    packed = folder / "snapshot.zst"
    rows = {"company": (company(n) for n in range(companies))}
    return build_snapshot(folder / "snapshot.db", packed, rows, AT), packed


def test_built_snapshot_taken_by_a_tablet_has_the_rows_and_the_cursor(tmp_path: Path) -> None:
    manifest, packed = build(tmp_path, 300)
    folder = DataFolder(tmp_path / "tablet")
    fill = SnapshotFill(folder, manifest)
    data = packed.read_bytes()
    for frame in fill.missing():
        fill.take(frame, [data[frame.start : frame.start + frame.length]])
    store = ReferenceStore(folder)
    store.adopt(fill.finish())
    assert store.counts()["company"] == 300
    assert store.cursor() == AT
    assert [one.company_id for one in store.companies_like("公司 299")] == [company(299)["company_id"]]
    store.close()


def test_manifest_of_a_built_snapshot_names_frames_that_cover_the_packed_file(tmp_path: Path) -> None:
    manifest, packed = build(tmp_path, 10)
    data = packed.read_bytes()
    assert sum(frame.length for frame in manifest.frames) == manifest.bytes == len(data)
    assert all(sha256_hex(data[f.start : f.start + f.length]) == f.sha256 for f in manifest.frames)
    assert manifest.raw_sha256 == sha256_hex((tmp_path / "snapshot.db").read_bytes())
    assert manifest.rows["company"] == 10
    assert manifest.rows["permit"] == 0


def test_building_a_snapshot_leaves_no_write_ahead_log_behind(tmp_path: Path) -> None:
    build(tmp_path, 10)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["snapshot.db", "snapshot.zst"]
