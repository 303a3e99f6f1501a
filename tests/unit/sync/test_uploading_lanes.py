"""Photo files: sent in lanes, receipted per slot; what fails for its own reason stops nothing else."""

import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

import pytest

from sync.contract.errors import InputRefused, NeedsPerson, RetryLater
from sync.contract.lifecycle import ActKind
from sync.contract.records import Lane
from sync.contract.wire import FileAnswer, FileOffer, OfferStatus, PushItem, PushReply
from sync.remote.base import Begins, Progress, unheeded
from sync.remote.faulty import Fault, FaultyRemote, Kind, scripted
from sync.remote.memory import MemoryCentral, MemoryRemote
from sync.replica.outbox import ItemState
from tests.contract.tablet import CITY_ROWS, DEVICE, Tablet

SENT, WAITING, NEEDS_YOU = ItemState.SENT, ItemState.WAITING, ItemState.NEEDS_YOU
LANES = (Lane.ORIGINAL, Lane.THUMBNAIL, Lane.STAMPED)


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


class NotingRemote(MemoryRemote):
    """Notes what was called, in order, and fails uploads of the hashes it is told to."""

    def __init__(self, central: MemoryCentral) -> None:
        super().__init__(central, DEVICE)
        self.calls: list[str] = []
        self.failing: dict[str, Exception] = {}
        self.during_upload = lambda: None

    def push(self, items: list[PushItem], begins: Begins = unheeded) -> PushReply:
        self.calls += [item.record_id for item in items]
        return super().push(items, begins)

    def upload(self, file: FileOffer, answer: FileAnswer, source: BinaryIO, progress: Progress) -> None:
        self.calls.append(file.sha256)
        self.during_upload()
        if file.sha256 in self.failing:
            raise self.failing[file.sha256]
        super().upload(file, answer, source, progress)


def test_every_lane_of_every_photo_is_sent_byte_for_byte(tablet: Tablet, central: MemoryCentral) -> None:
    report = tablet.report(b"one" * 1000, b"two" * 1000, lanes=LANES)
    result = tablet.engine(MemoryRemote(central, DEVICE)).round()
    assert tablet.file_states(report.report_id) == [SENT] * 6
    assert result.files == 6
    for photo in report.photos:
        for file in photo.files:
            path = tablet.folder.file(file.sha256, file.media_type, file.lane)
            assert central.file(file.sha256) == path.read_bytes()


def test_thumbnails_of_all_records_go_before_any_original(
    tablet: Tablet, central: MemoryCentral, monkeypatch: pytest.MonkeyPatch
) -> None:
    # several at a time begin in this order, but may be noted out of it
    monkeypatch.setattr("sync.flight.CONNECTIONS", 1)
    reports = [tablet.report(b"%d" % n * 99, lanes=LANES) for n in range(5)]
    remote = NotingRemote(central)
    tablet.engine(remote).round()
    lane = {f.sha256: f.lane for r in reports for p in r.photos for f in p.files}
    files = [lane[call] for call in remote.calls if call in lane]
    assert files[: files.index(Lane.ORIGINAL)].count(Lane.THUMBNAIL) == 5


def test_two_identical_photos_in_one_report_are_both_receipted_and_sent_once(
    tablet: Tablet, central: MemoryCentral
) -> None:
    report = tablet.report(b"same", b"same")
    remote = NotingRemote(central)
    tablet.engine(remote).round()
    uploads = tablet.work.uploads.of_record(report.report_id)
    assert [upload.state for upload in uploads] == [SENT, SENT]
    assert all(upload.receipt is not None for upload in uploads)
    assert remote.calls.count(report.photos[0].original.sha256) == 1


def test_file_that_another_record_already_sent_is_receipted_without_sending(
    tablet: Tablet, central: MemoryCentral
) -> None:
    first = tablet.report(b"same")
    remote = NotingRemote(central)
    engine = tablet.engine(remote)
    engine.round()
    second = tablet.report(b"same")
    engine.round()
    assert tablet.file_states(second.report_id) == [SENT]
    assert remote.calls.count(first.photos[0].original.sha256) == 1


def test_damaged_file_needs_you_and_never_holds_up_the_rest(tablet: Tablet, central: MemoryCentral) -> None:
    damaged = tablet.report(b"damaged")
    gone = tablet.report(b"gone")
    whole = tablet.report(b"whole")
    tablet.path_of(b"damaged").write_bytes(b"dAmaged")
    tablet.path_of(b"gone").unlink()
    result = tablet.engine(MemoryRemote(central, DEVICE)).round()
    reasons = [tablet.work.uploads.of_record(r.report_id)[0] for r in (damaged, gone, whole)]
    assert [(upload.state, upload.code) for upload in reasons] == [
        (NEEDS_YOU, "file_changed"),
        (NEEDS_YOU, "file_missing"),
        (SENT, ""),
    ]
    assert result.files == 1
    assert central.file(damaged.photos[0].original.sha256) is None


def test_file_refused_by_central_needs_you_and_never_holds_up_the_rest(
    tablet: Tablet, central: MemoryCentral
) -> None:
    refused, whole = tablet.report(b"refused"), tablet.report(b"whole")
    remote = NotingRemote(central)
    remote.failing[refused.photos[0].original.sha256] = InputRefused("media_type_unsupported")
    tablet.engine(remote).round()
    assert tablet.file_states(refused.report_id) == [NEEDS_YOU]
    assert tablet.file_states(whole.report_id) == [SENT]


def test_file_garbled_on_the_way_is_begun_anew_and_asks_for_a_person_only_when_it_never_arrives(
    tablet: Tablet, central: MemoryCentral
) -> None:
    garbled, whole = tablet.report(b"garbled"), tablet.report(b"whole")
    remote = NotingRemote(central)
    remote.failing[garbled.photos[0].original.sha256] = InputRefused("hash_mismatch")
    engine = tablet.engine(remote)
    with pytest.raises(RetryLater, match="hash_mismatch"):
        engine.round()
    assert tablet.file_states(garbled.report_id) == [WAITING]
    assert tablet.file_states(whole.report_id) == [SENT]
    for _ in range(3):
        with pytest.raises(RetryLater, match="hash_mismatch"):
            engine.round()
    engine.round()
    assert tablet.file_states(garbled.report_id) == [NEEDS_YOU]


def test_both_slots_of_a_file_that_cannot_go_say_so(tablet: Tablet, central: MemoryCentral) -> None:
    report = tablet.report(b"same", b"same")
    tablet.path_of(b"same").unlink()
    tablet.engine(MemoryRemote(central, DEVICE)).round()
    assert tablet.file_states(report.report_id) == [NEEDS_YOU, NEEDS_YOU]


def test_cut_upload_resumes_at_the_offset_central_has(tablet: Tablet, central: MemoryCentral) -> None:
    data = bytes(range(256)) * 4000
    report = tablet.report(data)
    remote = NotingRemote(central)
    engine = tablet.engine(FaultyRemote(remote, scripted(Fault(Kind.CUT, at=700_001), only="upload")))
    with pytest.raises(RetryLater, match="unreachable"):
        engine.round()
    sha256 = report.photos[0].original.sha256
    assert central.part_bytes(sha256) == 700_001
    upload = tablet.work.uploads.of_record(report.report_id)[0]
    assert (upload.state, upload.code) == (WAITING, "unreachable")
    assert 0 < upload.sent_bytes <= 700_001
    engine.round()
    assert central.file(sha256) == data
    assert tablet.file_states(report.report_id) == [SENT]


def test_files_cancelled_by_a_broken_link_wait_with_its_reason(
    tablet: Tablet, central: MemoryCentral
) -> None:
    report = tablet.report(*(b"%d" % n for n in range(12)))
    engine = tablet.engine(FaultyRemote(MemoryRemote(central, DEVICE), lambda call: _down(call)))
    with pytest.raises(RetryLater, match="unreachable"):
        engine.round()
    uploads = tablet.work.uploads.of_record(report.report_id)
    assert {(upload.state, upload.code) for upload in uploads} == {(WAITING, "unreachable")}


def _down(call: str) -> Fault:
    return Fault(Kind.DROP if call == "upload" else Kind.NONE)


def test_files_left_sending_by_a_kill_are_receipted_in_the_next_round(
    tablet: Tablet, central: MemoryCentral
) -> None:
    report = tablet.report(b"photo")
    remote = MemoryRemote(central, DEVICE)
    engine = tablet.engine(FaultyRemote(remote, scripted(Fault(Kind.DROP), only="offer")))
    with pytest.raises(RetryLater):
        engine.round()
    file = tablet.work.uploads.of_record(report.report_id)[0].file
    with tablet.work.act():
        tablet.work.uploads.start(file, tablet.clock.now())
    engine.round()
    assert tablet.file_states(report.report_id) == [SENT]


def test_lost_answer_after_the_last_byte_sends_no_byte_again(tablet: Tablet, central: MemoryCentral) -> None:
    report = tablet.report(b"photo")
    remote = NotingRemote(central)
    engine = tablet.engine(FaultyRemote(remote, scripted(Fault(Kind.LOSE_REPLY), only="upload")))
    with pytest.raises(RetryLater, match="timeout"):
        engine.round()
    engine.round()
    assert tablet.file_states(report.report_id) == [SENT]
    assert remote.calls.count(report.photos[0].original.sha256) == 1


def test_offer_that_fails_leaves_the_files_waiting_with_the_reason(
    tablet: Tablet, central: MemoryCentral
) -> None:
    report = tablet.report(b"photo")
    engine = tablet.engine(
        FaultyRemote(MemoryRemote(central, DEVICE), scripted(Fault(Kind.LOSE_REPLY), only="offer"))
    )
    with pytest.raises(RetryLater, match="timeout"):
        engine.round()
    assert tablet.work.uploads.of_record(report.report_id)[0].code == "timeout"


def test_record_made_while_photos_wait_goes_before_them(tablet: Tablet, central: MemoryCentral) -> None:
    report = tablet.report(*(b"%d" % n * 400_000 for n in range(30)))
    remote = NotingRemote(central)
    late: list[str] = []

    def between() -> None:
        if not late:
            late.append("")
        elif late == [""]:
            late[:] = [tablet.report(note="late").report_id]

    tablet.engine(remote).round(between=between)
    files_after = [call for call in remote.calls[remote.calls.index(late[0]) :] if call != late[0]]
    assert len(files_after) > 10
    assert tablet.file_states(report.report_id) == [SENT] * 30


def test_photos_of_a_refused_record_stay_here(tablet: Tablet, central: MemoryCentral) -> None:
    report = tablet.report()
    act = tablet.act(report.report_id, ActKind.CLOSE)
    remote = NotingRemote(central)
    tablet.engine(remote).round()
    assert tablet.state(act.act_id) is NEEDS_YOU
    assert tablet.work.uploads.pending().photos == 0


def test_four_files_are_on_their_way_at_once(tablet: Tablet, central: MemoryCentral) -> None:
    tablet.report(*(b"%d" % n for n in range(8)))
    remote = NotingRemote(central)
    together = threading.Barrier(4)
    remote.during_upload = together.wait  # type: ignore[assignment]
    tablet.engine(remote).round()
    assert not together.broken


class Confused(MemoryRemote):
    """Says of a file that was just sent that it is still needed."""

    def offer(self, files: list[FileOffer]) -> list[FileAnswer]:
        return [FileAnswer(file.sha256, OfferStatus.NEEDED) for file in files]


def test_file_that_central_never_confirms_is_not_called_sent_and_does_not_keep_the_round_going(
    tablet: Tablet, central: MemoryCentral
) -> None:
    report = tablet.report(b"photo")
    with pytest.raises(RetryLater, match="not_complete"):
        tablet.engine(Confused(central, DEVICE)).round()
    upload = tablet.work.uploads.of_record(report.report_id)[0]
    assert (upload.state, upload.code, upload.receipt) == (WAITING, "not_complete", None)


def test_refused_device_during_an_upload_ends_the_round(tablet: Tablet, central: MemoryCentral) -> None:
    report = tablet.report(b"photo")
    remote = NotingRemote(central)
    remote.failing[report.photos[0].original.sha256] = NeedsPerson("device_refused")
    with pytest.raises(NeedsPerson, match="device_refused"):
        tablet.engine(remote).round()
    assert tablet.file_states(report.report_id) == [WAITING]


@pytest.mark.parametrize("busy", [0, 1])
def test_wait_the_server_wishes_is_not_forgotten_over_another_connection_that_broke(
    tablet: Tablet, central: MemoryCentral, busy: int
) -> None:
    report = tablet.report(b"one", b"two")
    remote = NotingRemote(central)
    failures = [RetryLater("unreachable"), RetryLater("unreachable")]
    failures[busy] = RetryLater("server_busy", after_s=40)
    for photo, failure in zip(report.photos, failures, strict=True):
        remote.failing[photo.original.sha256] = failure
    together = threading.Barrier(2)
    remote.during_upload = together.wait  # type: ignore[assignment]
    with pytest.raises(RetryLater, match="server_busy") as raised:
        tablet.engine(remote).round()
    assert raised.value.after_s == 40


@pytest.mark.parametrize("epoch", ["epoch2", None])
def test_photo_whose_record_central_lost_takes_the_record_along_again(
    tablet: Tablet, central: MemoryCentral, epoch: str | None
) -> None:
    backup = central.backup()
    report = tablet.report(b"photo")
    remote = MemoryRemote(central, DEVICE)
    with pytest.raises(RetryLater):
        tablet.engine(FaultyRemote(remote, scripted(Fault(Kind.DROP), only="upload"))).round()
    central.restore(backup, epoch=epoch)
    engine = tablet.engine(remote)
    with suppress(RetryLater):
        engine.round()
    engine.round()
    assert list(central.bodies()) == [report.report_id]
    assert tablet.file_states(report.report_id) == [SENT]
