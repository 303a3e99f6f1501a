"""The first fill over HTTP: manifest, frames by range, and the feed after it."""

import msgspec
import zstandard

from sync.contract.wire import SnapshotManifest, sha256_hex
from tests.contract.central_device import DeviceUnderTest


def test_frames_fetched_by_range_verify_and_the_feed_goes_on_from_there(tablet: DeviceUnderTest) -> None:
    manifest = msgspec.json.decode(tablet.get("/snapshot").content, type=SnapshotManifest)
    raw = b""
    for frame in manifest.frames:
        last = frame.start + frame.length - 1
        answer = tablet.get(f"/snapshot/{manifest.name}", headers={"Range": f"bytes={frame.start}-{last}"})
        assert answer.status_code == 206
        assert sha256_hex(answer.content) == frame.sha256
        raw += zstandard.ZstdDecompressor().decompress(answer.content)
    assert sha256_hex(raw) == manifest.raw_sha256
    assert manifest.rows["permit"] == 3
    assert tablet.changes("reference", manifest.cursor).changes == []


def test_snapshot_file_carries_an_etag_and_is_not_sent_again(tablet: DeviceUnderTest) -> None:
    name = tablet.get("/snapshot").json()["name"]
    whole = tablet.get(f"/snapshot/{name}")
    again = tablet.get(f"/snapshot/{name}", headers={"If-None-Match": whole.headers["ETag"]})
    assert (whole.status_code, again.status_code, again.content) == (200, 304, b"")
