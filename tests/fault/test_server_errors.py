"""Every bad status on every endpoint, once and for as long as it lasts: nothing is lost, nobody is hammered.

The daemon's own parts (engine, patience, schedule) run on a clock that is moved by hand, over the central in
memory; one endpoint answers with a status, by the very function that reads real answers. People go on saving.
"""

from __future__ import annotations

import random
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, TypeVar

import msgspec
import pytest

from sync.contract.errors import FieldError, NeedsPerson
from sync.contract.records import Lane, Report
from sync.contract.tables import Stream
from sync.contract.wire import (
    ChangesPage,
    FileAnswer,
    FileOffer,
    Frame,
    PushItem,
    PushReply,
    SnapshotManifest,
    Urgent,
)
from sync.messages import sentences
from sync.remote.answers import OUR_PROBLEMS, PROBLEM_JSON, Answer, failure
from sync.remote.base import Begins, Progress, unheeded
from sync.remote.memory import MemoryCentral, MemoryRemote
from sync.remote.patience import EASY_REFUSALS, Patient
from sync.replica.outbox import ItemState
from sync.schedule import Schedule
from tests.contract.tablet import CITY_ROWS, DEVICE, Tablet, full_row
from tests.fault.memory import memory_folder

T = TypeVar("T")
CODES = {
    401: "token_invalid",
    403: "device_refused",
    404: "not_found",
    409: "conflict",
    412: "precondition_failed",
    413: "body_too_large",
    422: "request_invalid",
    429: "server_busy",
}
STATUSES = (500, 502, 503, 507, 413, 429, 409, 412, 401, 403, 404, 422)
ENDPOINTS = ("push", "offer", "upload", "changes", "urgent", "snapshot")
WAITS = {429, 503}
REFUSED = {409, 412, 413, 422}
STANDING = {401, 403}
SAVE_EVERY_S = 120.0


class IllRemote(MemoryRemote):
    """A central one endpoint of which answers with a status, so many times."""

    def __init__(self, central: MemoryCentral, endpoint: str, status: int, times: float) -> None:
        super().__init__(central, DEVICE)
        self._endpoint = endpoint
        self._answer = _bad(status)
        self.left = times
        self.asked: Counter[str] = Counter()

    def push(self, items: list[PushItem], begins: Begins = unheeded) -> PushReply:
        begins()
        return self._ask("push", lambda: MemoryRemote.push(self, items))

    def offer(self, files: list[FileOffer]) -> list[FileAnswer]:
        return self._ask("offer", lambda: MemoryRemote.offer(self, files))

    def upload(self, file: FileOffer, answer: FileAnswer, source: BinaryIO, progress: Progress) -> None:
        self._ask("upload", lambda: MemoryRemote.upload(self, file, answer, source, progress))

    def changes(self, stream: Stream, cursor: str, *, wait_s: float = 0.0, seen: str = "") -> ChangesPage:
        return self._ask("changes", lambda: MemoryRemote.changes(self, stream, cursor, seen=seen))

    def urgent(self, epoch: str, after: int) -> Urgent:
        return self._ask("urgent", lambda: MemoryRemote.urgent(self, epoch, after))

    def snapshot(self, at_least: int = 0) -> SnapshotManifest:
        return self._ask("snapshot", lambda: MemoryRemote.snapshot(self, at_least))

    def snapshot_frame(self, manifest: SnapshotManifest, frame: Frame) -> Iterator[bytes]:
        return self._ask("snapshot_frame", lambda: MemoryRemote.snapshot_frame(self, manifest, frame))

    def _ask(self, endpoint: str, call: Callable[[], T]) -> T:
        self.asked[endpoint] += 1
        if endpoint == self._endpoint and self.left > 0:
            self.left -= 1
            raise self._answer()
        return call()


def _bad(status: int, *headers: tuple[str, str]) -> Callable[[], FieldError]:
    """What this status means; 401 as it is after a renewal was tried in vain."""
    code = CODES.get(status, "server_fault")
    body = {"type": OUR_PROBLEMS + code, "title": "t", "status": status, "code": code}
    answer = Answer(status, {"content-type": PROBLEM_JSON, **dict(headers)}, msgspec.json.encode(body))
    return lambda: NeedsPerson("token_expired") if status == 401 else failure(answer)


class Shift:
    """A tablet in use for a while: rounds when they are due, a report with a photo every two minutes."""

    def __init__(self, root: Path, endpoint: str, status: int, times: float) -> None:
        self.central = MemoryCentral()
        for table, row in CITY_ROWS:
            self.central.put_row(table, full_row(table, **row))
        self.tablet = Tablet(root, epoch=self.central.epoch)
        self.clock = self.tablet.clock
        self.remote = IllRemote(self.central, endpoint, status, times)
        chance = random.Random(status)
        self.patient = Patient(self.remote, self.clock.monotonic, chance.random)
        self.engine = self.tablet.engine(self.patient)
        self.schedule = Schedule(self.clock.monotonic(), chance.random)
        self.reports: list[Report] = []
        self.errors: Counter[str] = Counter()
        self._save_at = self.clock.monotonic()
        if endpoint == "urgent":  # which is asked only by who was away for long
            self.remote.left = 0
            self.engine.round()
            self.clock.advance(86_400.0)
            self._save_at = self.schedule.due = self.clock.monotonic()
            self.remote.left = times
            self.remote.asked.clear()

    def go_on(self, seconds: float, *, saving: bool = True) -> None:
        until = self.clock.monotonic() + seconds
        while (now := self.clock.monotonic()) < until:
            if saving and now >= self._save_at:
                number = len(self.reports)
                self.reports.append(
                    self.tablet.report(b"photo %d" % number, lanes=(Lane.ORIGINAL, Lane.THUMBNAIL))
                )
                self._save_at = now + SAVE_EVERY_S
                self.schedule.nudged(now)
            if now >= self.schedule.due:
                self._round()
            wake = min(self.schedule.due, self._save_at if saving else until, until)
            self.clock.advance(max(0.01, wake - self.clock.monotonic()))

    def _round(self) -> None:
        try:
            self.engine.round()
        except FieldError as error:
            self.errors[error.code] += 1
            self.schedule.failed(self.clock.monotonic(), error)
        else:
            self.schedule.succeeded(self.clock.monotonic())
        try:  # the long poll, as the daemon keeps it
            at = self.tablet.work.meta.cursor(Stream.WORK)
            self.patient.changes(Stream.WORK, at.cursor if at else "", wait_s=25.0)
        except FieldError:
            self.schedule.lost(self.clock.monotonic())
        else:
            self.schedule.held()

    def heal(self) -> None:
        """The server is well again, and a person tries once more what was refused."""
        self.remote.left = 0
        with self.tablet.work.act():
            for report in self.reports:
                self.tablet.work.outbox.try_again(report.report_id)
                self.tablet.work.uploads.try_again(report.report_id)
        self.patient.now()
        self.schedule.nudged(self.clock.monotonic())

    def all_there(self) -> bool:
        """Every record and file saved is still here, in a state and with a reason that people can read."""
        for report in self.reports:
            entry = self.tablet.work.outbox.entry(report.report_id)
            assert entry is not None
            parts = [entry, *self.tablet.work.uploads.of_record(report.report_id)]
            assert len(parts) == 3
            for part in parts:
                assert part.state is not ItemState.SENDING
                assert (part.state is ItemState.SENT) == (part.receipt is not None)
                assert part.code in {"", *CODES.values()} or part.code in sentences("en")
                assert part.state is not ItemState.NEEDS_YOU or part.code
            for photo in report.photos:
                for file in photo.files:
                    assert self.tablet.folder.file(file.sha256, file.media_type, file.lane).exists()
        return True

    def all_sent(self) -> bool:
        """Central has every record once, and every file."""
        bodies = Counter(self.central.bodies())
        states = {self.tablet.state(report.report_id) for report in self.reports}
        files = {state for report in self.reports for state in self.tablet.file_states(report.report_id)}
        return len(bodies) == len(self.reports) and states | files == {ItemState.SENT}


@pytest.fixture
def ground() -> Iterator[Path]:
    """A folder in memory where there is one: what is tried here is not the disk."""
    folder = memory_folder("server-errors-")
    yield folder
    shutil.rmtree(folder)


@pytest.mark.faults(22)
@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_an_endpoint_that_keeps_answering_errors_is_asked_once_a_minute_and_nothing_is_lost(
    endpoint: str, ground: Path, tally: Callable[..., None], long_form: bool
) -> None:
    minutes = 60 if long_form else 12
    most = 0
    for status in STATUSES:
        shift = Shift(ground / str(status), endpoint, status, float("inf"))
        shift.go_on(60.0 * minutes)
        asked = shift.remote.asked[endpoint]
        most = max(most, asked)
        assert 1 <= asked <= minutes + EASY_REFUSALS, (status, asked)
        assert shift.errors or (status in REFUSED | {404} and endpoint in ("push", "offer", "upload"))
        assert shift.all_there()
        if status not in WAITS | STANDING:
            _others_go_on(shift, endpoint, status)
        shift.heal()
        shift.go_on(600.0, saving=False)
        assert shift.all_sent(), (status, shift.errors)
        shift.tablet.close()
    tally(runs=len(STATUSES), note=f"{endpoint}: every status for {minutes} min, at most {most} requests")


def _others_go_on(shift: Shift, endpoint: str, status: int) -> None:
    """An ill endpoint holds up no other."""
    records = {shift.tablet.state(report.report_id) for report in shift.reports[:-1]}
    files = {state for report in shift.reports[:-1] for state in shift.tablet.file_states(report.report_id)}
    if endpoint != "push":
        assert records == {ItemState.SENT}, status
    if endpoint not in ("push", "offer", "upload"):
        assert files == {ItemState.SENT}, status
    if endpoint not in ("changes", "snapshot"):
        assert shift.tablet.reference.counts()["case_class"] == 2


@pytest.mark.faults(22)
@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_a_single_error_costs_a_moment_and_only_a_refusal_asks_a_person(
    endpoint: str, ground: Path, tally: Callable[..., None]
) -> None:
    for status in STATUSES:
        shift = Shift(ground / str(status), endpoint, status, 1)
        shift.go_on(130.0)
        assert shift.remote.left == 0
        assert shift.all_there()
        if not shift.all_sent():
            assert status in REFUSED | {404}, (status, shift.errors)
            shift.heal()
            shift.go_on(130.0, saving=False)
        assert shift.all_sent(), (status, shift.errors)
        shift.tablet.close()
    tally(runs=len(STATUSES), note=f"{endpoint}: every status once")


@pytest.mark.faults(22)
@pytest.mark.parametrize("status", [429, 500, 503, 507])
def test_a_wish_to_be_left_alone_is_kept_and_people_save_on(
    status: int, ground: Path, tally: Callable[..., None]
) -> None:
    for endpoint in ENDPOINTS:
        shift = Shift(ground / endpoint, endpoint, status, float("inf"))
        shift.remote._answer = _bad(status, ("retry-after", "300"))
        shift.go_on(1800.0)
        assert shift.remote.asked[endpoint] <= 1800 / 300 + 1
        assert len(shift.reports) == 15
        assert shift.all_there()
        shift.tablet.close()
    tally(runs=len(ENDPOINTS), note=f"{status} with Retry-After: 300 on each endpoint for half an hour")


@pytest.mark.faults(22)
def test_an_expired_token_keeps_the_queue_and_lets_people_save(
    ground: Path, tally: Callable[..., None]
) -> None:
    shift = Shift(ground, "push", 401, float("inf"))
    shift.go_on(3600.0)
    assert len(shift.reports) == 30
    assert {shift.tablet.state(report.report_id) for report in shift.reports} == {ItemState.WAITING}
    assert {shift.tablet.code(report.report_id) for report in shift.reports} == {"token_expired"}
    assert shift.remote.asked["push"] <= 60
    shift.heal()
    shift.go_on(120.0, saving=False)
    assert shift.all_sent()
    shift.tablet.close()
    tally(runs=1, note="a token that cannot be renewed for an hour")
