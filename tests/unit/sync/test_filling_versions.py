"""Tablet and central of different versions: what a snapshot lacks is not asked for again and again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from sync.contract.errors import RetryLater
from sync.contract.tables import REFERENCE_SCHEMA, Stream
from sync.contract.wire import ChangesPage, Frame, SnapshotManifest
from sync.messages import LANGUAGES, sentences
from sync.remote.memory import MemoryCentral, MemoryRemote
from sync.replica import snapshot_build
from tests.contract.tablet import CITY_ROWS, DEVICE, Tablet, full_row
from tests.fault.ledger_plugin import Teller


@pytest.fixture
def central() -> MemoryCentral:
    central = MemoryCentral()
    for table, row in CITY_ROWS:
        central.put_row(table, row)
    for number in range(30):
        central.put_row("permit", full_row("permit", permit_id=f"P{number:03}", plate=f"粤B{number:05}"))
    return central


@pytest.fixture
def tablet(data_dir: Path) -> Iterator[Tablet]:
    with Tablet(data_dir) as tablet:
        yield tablet


class PublishingRemote(MemoryRemote):
    """Like the real central it publishes one snapshot until it makes another. Counts what is asked."""

    published: SnapshotManifest | None = None
    frames = 0
    pages = 0

    def snapshot(self, at_least: int = 0) -> SnapshotManifest:
        if self.published is None:
            self.published = super().snapshot(at_least)
        return self.published

    def snapshot_frame(self, manifest: SnapshotManifest, frame: Frame) -> Iterator[bytes]:
        self.frames += 1
        return super().snapshot_frame(manifest, frame)

    def changes(self, stream: Stream, cursor: str, *, seen: str = "") -> ChangesPage:
        self.pages += 1
        assert self.pages < 200, "the feed is asked for again and again"
        return super().changes(stream, cursor, seen=seen)


@pytest.mark.faults(31)
@pytest.mark.parametrize("theirs", [REFERENCE_SCHEMA - 1, REFERENCE_SCHEMA + 1])
def test_snapshot_of_another_version_is_used_and_fetched_once(
    tablet: Tablet, central: MemoryCentral, monkeypatch: pytest.MonkeyPatch, theirs: int, tally: Teller
) -> None:
    remote = PublishingRemote(central, DEVICE)
    monkeypatch.setattr(snapshot_build, "REFERENCE_SCHEMA", theirs)
    tablet.engine(remote).round()
    assert tablet.reference.cursor() is not None
    assert tablet.reference.counts()["permit"] == 30
    frames, remote.pages = remote.frames, 0

    central.put_row("permit", full_row("permit", permit_id="P900", plate="粤B90000"))
    tablet.engine(remote).round()
    assert tablet.reference.counts()["permit"] == 31
    assert remote.frames == frames
    tally(runs=1)


@pytest.mark.faults(31)
def test_snapshot_of_todays_version_is_taken_as_soon_as_central_has_one(
    tablet: Tablet, central: MemoryCentral, monkeypatch: pytest.MonkeyPatch, tally: Teller
) -> None:
    remote = PublishingRemote(central, DEVICE)
    with monkeypatch.context() as earlier:
        earlier.setattr(snapshot_build, "REFERENCE_SCHEMA", REFERENCE_SCHEMA - 1)
        tablet.engine(remote).round()
    central.put_row("permit", full_row("permit", permit_id="P900", plate="粤B90000"))
    remote.published = None  # central has been brought up to date
    before = tablet.reference.name
    tablet.engine(remote).round()
    after = tablet.reference.name
    assert after != before
    assert tablet.reference.counts()["permit"] == 31
    frames = remote.frames
    remote.published = None
    tablet.engine(remote).round()
    assert (tablet.reference.name, remote.frames) == (after, frames)
    tally(runs=1)


class RunningInCircles(MemoryRemote):
    """A central that always has more, and never gets on."""

    def changes(self, stream: Stream, cursor: str, *, seen: str = "") -> ChangesPage:
        page = super().changes(stream, cursor, seen=seen)
        return msgspec.structs.replace(page, more=True, cursor=cursor or page.cursor)


@pytest.mark.parametrize("stream", list(Stream))
def test_feed_that_does_not_get_on_ends_the_round_instead_of_running_in_circles(
    tablet: Tablet, central: MemoryCentral, stream: Stream
) -> None:
    tablet.engine(MemoryRemote(central, DEVICE)).round()
    puller = tablet.engine(RunningInCircles(central, DEVICE))._puller
    with pytest.raises(RetryLater, match="feed_stuck"):
        puller.pull(stream, lambda: None)


@pytest.mark.parametrize("language", LANGUAGES)
def test_stuck_feed_has_its_sentence(language: str) -> None:
    assert "feed_stuck" in sentences(language)
