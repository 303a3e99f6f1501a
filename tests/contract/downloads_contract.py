"""What every remote promises of the snapshot, taken by frames, and of the base map, from any byte on."""

from __future__ import annotations

from pathlib import Path

import pytest

from sync.contract.errors import RetryLater
from sync.contract.map_offer import is_sound_offer
from sync.contract.wire import sha256_hex
from sync.replica.folder import DataFolder
from sync.replica.reference import ReferenceStore
from sync.replica.snapshot import SnapshotFill
from tests.contract.base_map_maker import make_base_map
from tests.contract.remote_side import REFERENCE, Side, all_changes, permit


class DownloadsContract:
    """The city's data ready built, and one base map at a time, each named by its hash."""

    def test_snapshot_taken_by_frames_is_the_reference_as_of_its_cursor(
        self, side: Side, tmp_path: Path
    ) -> None:
        side.put("permit", permit(5), permit(6))
        manifest = side.remote.snapshot()
        folder = DataFolder(tmp_path / "tablet")
        fill = SnapshotFill(folder, manifest)
        for frame in fill.missing():
            fill.take(frame, side.remote.snapshot_frame(manifest, frame))
        store = ReferenceStore(folder)
        store.adopt(fill.finish())
        side.delete("permit", "X000006")
        at = store.cursor()
        assert at is not None
        assert (at.cursor, at.epoch) == (manifest.cursor, manifest.epoch)
        changes, _ = all_changes(side.remote, REFERENCE, at.cursor)
        store.apply(changes, at)
        assert manifest.rows.keys() == store.counts().keys()
        assert [row["permit_id"] for row in store.permits("粤B00005") if row["permit_id"] == "X000005"]
        assert [row for row in store.permits("粤B00006") if row["permit_id"] == "X000006"] == []
        store.close()

    def test_base_map_is_offered_with_the_hash_of_every_piece_and_comes_from_any_byte_on(
        self, side: Side, tmp_path: Path
    ) -> None:
        side.withdraw_map()
        assert side.remote.base_map() is None
        side.offer_map(make_base_map(tmp_path / "城.mbtiles"))
        offer = side.remote.base_map()
        assert offer is not None
        assert is_sound_offer(offer)
        assert offer.signature
        assert offer.datum == "wgs84"
        data = b"".join(side.remote.base_map_bytes(offer, 0))
        assert (len(data), sha256_hex(data)) == (offer.bytes, offer.sha256)
        pieces = [data[at : at + offer.piece_bytes] for at in range(0, len(data), offer.piece_bytes)]
        assert [sha256_hex(piece) for piece in pieces] == offer.pieces
        assert b"".join(side.remote.base_map_bytes(offer, 5_000)) == data[5_000:]

    def test_base_map_that_was_replaced_is_not_to_be_had_any_more(self, side: Side, tmp_path: Path) -> None:
        side.offer_map(make_base_map(tmp_path / "a.mbtiles"))
        former = side.remote.base_map()
        side.offer_map(make_base_map(tmp_path / "b.mbtiles", {"name": "another"}))
        newer = side.remote.base_map()
        assert former is not None
        assert newer is not None
        assert former.sha256 != newer.sha256
        with pytest.raises(RetryLater) as caught:
            list(side.remote.base_map_bytes(former, 0))
        assert caught.value.code == "base_map_replaced"
