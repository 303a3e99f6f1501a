"""Files on their way give way: to new records, to thumbnails, to a pause, to the rules of the person."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

import pytest

from sync.contract.errors import RetryLater
from sync.contract.records import Lane, Report
from sync.contract.wire import FileAnswer, FileOffer, PushItem, PushReply
from sync.flight import Flight, Landed
from sync.leash import Leash
from sync.remote.base import Begins, Progress, unheeded
from sync.remote.memory import MemoryCentral, MemoryRemote
from sync.replica.outbox import ItemState
from sync.sending import EVERYTHING, FULL_SIZE, Sending
from tests.contract.tablet import CITY_ROWS, DEVICE, Tablet

SENT, WAITING = ItemState.SENT, ItemState.WAITING
PIECE = 1000
PATIENCE_S = 60.0


class SlowRemote(MemoryRemote):
    """A slow link: files go in small pieces, and ``at_piece`` is called after each."""

    def __init__(self, central: MemoryCentral) -> None:
        super().__init__(central, DEVICE)
        self._store = central
        self.at_piece: Callable[[FileOffer, int], None] = lambda file, offset: None
        self.calls: list[str] = []
        self.begun: list[str] = []
        self.pushed = threading.Event()
        self.fail_push: Exception | None = None

    def push(self, items: list[PushItem], begins: Begins = unheeded) -> PushReply:
        if self.fail_push is not None:
            raise self.fail_push
        reply = super().push(items, begins)
        self.calls += [item.record_id for item in items]
        self.pushed.set()
        return reply

    def upload(self, file: FileOffer, answer: FileAnswer, source: BinaryIO, progress: Progress) -> None:
        self.begun.append(file.sha256)
        source.seek(offset := answer.offset)
        while offset < file.bytes:
            offset = self._store.append(DEVICE, file, offset, source.read(min(PIECE, file.bytes - offset)))
            progress(offset)
            self.at_piece(file, offset)
        self.calls.append(file.sha256)


class WatchedLeash(Leash):
    """A leash that tells when everything was stopped."""

    def __init__(self, stopped: threading.Event) -> None:
        super().__init__()
        self._everything_stopped = stopped

    def stop_all(self, code: str) -> None:
        super().stop_all(code)
        self._everything_stopped.set()


class Scene:
    """A report with large photos at a slow link, and somebody who does something meanwhile.

    While it is done and until the round has looked after its files once more, every file that is under way
    waits: what the round then decides does not hang on how quick anybody is.
    """

    def __init__(
        self, root: Path, monkeypatch: pytest.MonkeyPatch, photos: int = 6, size: int = 20 * PIECE
    ) -> None:
        self.root = root
        self.central = MemoryCentral()
        for table, row in CITY_ROWS:
            self.central.put_row(table, row)
        self.tablet = Tablet(root, epoch=self.central.epoch)
        self.remote = SlowRemote(self.central)
        self.first = self.tablet.report(*(bytes([n % 251]) * size for n in range(photos)))
        self.sending = EVERYTHING
        self.stop = False
        self._begun = threading.Lock()
        self._acted = threading.Event()
        self._looked = threading.Event()
        scene = self

        class Watched(Flight):
            """A flight that tells when it was looked after since somebody did something."""

            def send(self, files: Any, *, tick: Callable[[Any], None], judge: Any) -> Landed:
                self.leash = WatchedLeash(scene._looked)

                def looked(running: Any) -> None:
                    acted = scene._acted.is_set()
                    tick(running)
                    if acted:
                        scene._looked.set()

                return super().send(files, tick=looked, judge=judge)

        monkeypatch.setattr("sync.uploading.Flight", Watched)

    def when_under_way(self, act: Callable[[], None], *, others_go_on: bool = False) -> None:
        """Do something once, in the middle of the first file."""

        def at_piece(_file: FileOffer, offset: int) -> None:
            if offset == 2 * PIECE and self._begun.acquire(blocking=False):
                self.remote.pushed.clear()
                act()
                self._acted.set()
            if self._acted.is_set() or (self._begun.locked() and not others_go_on):
                assert self._looked.wait(PATIENCE_S), "the round did not look after its files"

        self.remote.at_piece = at_piece

    def report_meanwhile(self, *photos: bytes, lanes: tuple[Lane, ...] = (Lane.ORIGINAL,)) -> Report:
        """What the app does in its own process: a report saved beside the round."""
        with Tablet(self.root, epoch=self.central.epoch) as app:
            return app.report(*photos, lanes=lanes, note="meanwhile")

    def round(self) -> None:
        self.tablet.engine(self.remote).round(between=self._between, sending=lambda: self.sending)

    def _between(self) -> None:
        if self.stop:
            raise RetryLater("interrupted")

    def lanes_of(self, *reports: Report) -> dict[str, Lane]:
        return {
            file.sha256: file.lane for report in reports for photo in report.photos for file in photo.files
        }


@pytest.fixture
def scene(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Scene]:
    scene = Scene(data_dir, monkeypatch)
    yield scene
    scene.tablet.close()


@pytest.mark.faults(21)
def test_a_record_made_while_hundreds_of_photos_wait_goes_before_the_first_of_them_is_through(
    data_dir: Path, tally: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.contract.tablet.durable_write", _write)  # none need outlive a power cut
    scene = Scene(data_dir, monkeypatch, photos=500, size=4 * PIECE)
    made: list[Report] = []
    pieces_after: list[int] = []

    def make() -> None:
        made.append(scene.report_meanwhile())
        assert scene.remote.pushed.wait(PATIENCE_S), "the record waited for the photos"
        scene.stop = True

    scene.when_under_way(make, others_go_on=True)
    with pytest.raises(RetryLater, match="interrupted"):
        scene.round()
    files = scene.lanes_of(scene.first)
    before = scene.remote.calls[: scene.remote.calls.index(made[0].report_id)]
    pieces_after.append(sum(call in files for call in before))
    assert pieces_after[0] <= 64  # of 500: what other connections got through, not a batch more
    assert scene.tablet.state(made[0].report_id) is SENT
    scene.stop = False
    scene.remote.at_piece = _at_once
    scene.round()
    assert set(scene.tablet.file_states(scene.first.report_id)) == {SENT}
    scene.tablet.close()
    tally(runs=1, note="record beside 500 waiting photos")


def test_thumbnails_of_a_record_made_meanwhile_go_before_the_large_files_under_way(scene: Scene) -> None:
    made: list[Report] = []

    def make() -> None:
        made.append(scene.report_meanwhile(b"new" * 5000, lanes=(Lane.ORIGINAL, Lane.THUMBNAIL)))

    scene.when_under_way(make)
    scene.round()
    thumbnail = next(sha for sha, lane in scene.lanes_of(*made).items() if lane is Lane.THUMBNAIL)
    # each large file may have begun, and begun again after it gave way, but none waits its turn before it
    assert scene.remote.begun.index(thumbnail) < 2 * len(scene.first.photos)
    before = scene.remote.calls[: scene.remote.calls.index(made[0].report_id)]
    assert not set(before) & scene.lanes_of(scene.first).keys()
    assert set(scene.tablet.file_states(scene.first.report_id)) == {SENT}
    assert set(scene.tablet.file_states(made[0].report_id)) == {SENT}


def test_a_pause_stops_files_in_their_middle_and_they_go_on_from_there(scene: Scene) -> None:
    def pause() -> None:
        scene.stop = True

    scene.when_under_way(pause)
    with pytest.raises(RetryLater, match="interrupted"):
        scene.round()
    uploads = scene.tablet.work.uploads.of_record(scene.first.report_id)
    assert {upload.state for upload in uploads} == {WAITING}
    assert {upload.attempts for upload in uploads} == {0}
    held = {upload.file.sha256: scene.central.part_bytes(upload.file.sha256) for upload in uploads}
    assert 0 < max(held.values()) < uploads[0].file.bytes
    scene.stop = False
    begun_at: dict[str, int] = {}
    scene.remote.at_piece = lambda file, offset: begun_at.setdefault(file.sha256, offset - PIECE) and None
    scene.round()
    assert begun_at == held
    assert set(scene.tablet.file_states(scene.first.report_id)) == {SENT}


def test_a_link_that_becomes_metered_stops_originals_in_their_middle_and_nothing_else(scene: Scene) -> None:
    def change() -> None:
        scene.sending = Sending(dict.fromkeys(FULL_SIZE, "waits_for_unmetered"))

    scene.when_under_way(change)
    scene.round()  # no error: nothing is wrong
    uploads = scene.tablet.work.uploads.of_record(scene.first.report_id)
    assert {(upload.state, upload.code, upload.attempts) for upload in uploads} == {(WAITING, "", 0)}
    scene.remote.at_piece = _at_once
    later = scene.report_meanwhile(b"later", lanes=(Lane.THUMBNAIL, Lane.ORIGINAL))
    scene.round()
    assert scene.tablet.file_states(later.report_id) == [SENT, WAITING]
    scene.sending = Sending(scene.sending.held, upto=later.stamp.device_seq - 1)
    scene.round()
    assert set(scene.tablet.file_states(scene.first.report_id)) == {SENT}
    assert scene.tablet.file_states(later.report_id) == [SENT, WAITING]


def test_a_link_that_breaks_while_a_record_is_pushed_beside_files_leaves_all_waiting(scene: Scene) -> None:
    made: list[Report] = []

    def make() -> None:
        made.append(scene.report_meanwhile())
        scene.remote.fail_push = RetryLater("unreachable")

    scene.when_under_way(make)
    with pytest.raises(RetryLater, match="unreachable"):
        scene.round()
    assert scene.tablet.code(made[0].report_id) == "unreachable"
    uploads = scene.tablet.work.uploads.of_record(scene.first.report_id)
    assert {(upload.state, upload.code) for upload in uploads} == {(WAITING, "unreachable")}
    scene.remote.fail_push = None
    scene.remote.at_piece = _at_once
    scene.round()
    assert set(scene.tablet.file_states(scene.first.report_id)) == {SENT}
    assert scene.tablet.state(made[0].report_id) is SENT


def test_after_an_outage_the_record_goes_first_and_no_photo_before_it(scene: Scene) -> None:
    scene.remote.fail_push = RetryLater("unreachable")
    record = scene.report_meanwhile()
    with pytest.raises(RetryLater, match="unreachable"):
        scene.round()
    assert scene.remote.calls == []
    scene.remote.fail_push = None
    scene.round()
    assert scene.remote.calls[:2] == [scene.first.report_id, record.report_id]


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def _at_once(_file: FileOffer, _offset: int) -> None:
    """A quick link."""
