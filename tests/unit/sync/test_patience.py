"""An endpoint that keeps answering errors is left alone for a while; one good answer makes that forgotten."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator

import pytest

from sync.contract.errors import FieldError, InputRefused, NeedsPerson, RetryLater
from sync.contract.records import Lane
from sync.contract.tables import Stream
from sync.contract.wire import FileAnswer, FileOffer, OfferStatus
from sync.plan import Fate, decide_file_failure
from sync.remote.base import CursorGone
from sync.remote.memory import MemoryCentral, MemoryRemote
from sync.remote.patience import EASY_ERRORS, EASY_REFUSALS, PAUSE_S, Patient, pause_after
from tests.contract.tablet import DEVICE, SetClock

FAULT = RetryLater("server_error", status=500)


class FailingRemote(MemoryRemote):
    """Fails as it is told to, and counts."""

    def __init__(self) -> None:
        super().__init__(MemoryCentral(), DEVICE)
        self.error: FieldError | None = None
        self.bad = ""
        self.calls = 0
        self.on_its_way: Callable[[], object] = lambda: None

    def _may_fail(self, sha256: str = "") -> None:
        self.calls += 1
        if self.error is not None and self.bad in ("", sha256):
            raise self.error

    def offer(self, files: list[FileOffer]) -> list[FileAnswer]:
        self._may_fail()
        return []

    def upload(self, file: FileOffer, *_: object) -> None:  # type: ignore[override]
        self._may_fail(file.sha256)
        self.on_its_way()

    def changes(self, stream: Stream, cursor: str, **_: object):  # type: ignore[no-untyped-def, override]
        self._may_fail()
        return super().changes(stream, "")

    def photo(self, sha256: str) -> Iterator[bytes]:
        self._may_fail(sha256)
        yield b"bytes"


class Ground:
    """A patient remote over a failing one, on a clock moved by hand."""

    def __init__(self) -> None:
        self.clock = SetClock()
        self.inner = FailingRemote()
        self.patient = Patient(self.inner, self.clock.monotonic, lambda: 0.5)

    def offer(self) -> str:
        return self._code(lambda: self.patient.offer([]))

    def changes(self) -> str:
        return self._code(lambda: self.patient.changes(Stream.WORK, ""))

    def upload(self, name: str) -> str:
        file = FileOffer(name * 64, 1, "image/jpeg", Lane.ORIGINAL, "r", 0)
        answer = FileAnswer(file.sha256, OfferStatus.NEEDED)
        return self._code(lambda: self.patient.upload(file, answer, io.BytesIO(), lambda _: None))

    def photo(self) -> str:
        return self._code(lambda: list(self.patient.photo("a")))

    def _code(self, call: Callable[[], object]) -> str:
        self.error: FieldError | None = None
        try:
            call()
        except FieldError as error:
            self.error = error
            return error.code
        return ""


@pytest.fixture
def ground() -> Ground:
    return Ground()


def test_after_a_few_errors_in_a_row_it_is_asked_once_a_minute(ground: Ground) -> None:
    ground.inner.error = FAULT
    assert [ground.offer() for _ in range(10)] == ["server_error"] * 10
    assert ground.inner.calls == EASY_ERRORS
    assert ground.error is not None
    assert ground.error.facts == {"status": 500, "held": "all"}
    ground.clock.advance(PAUSE_S * 1.5)
    assert [ground.offer() for _ in range(5)] == ["server_error"] * 5
    assert ground.inner.calls == EASY_ERRORS + 1


def test_one_good_answer_makes_the_errors_forgotten(ground: Ground) -> None:
    for error in (FAULT, FAULT, None, FAULT, FAULT, None):
        ground.inner.error = error
        ground.offer()
    assert ground.inner.calls == 6
    ground.inner.error = FAULT
    for _ in range(9):
        ground.offer()
    ground.clock.advance(PAUSE_S * 2)
    ground.inner.error = None
    assert [ground.offer(), ground.offer()] == ["", ""]


def test_an_ill_endpoint_holds_up_no_other(ground: Ground) -> None:
    ground.inner.error = FAULT
    for _ in range(9):
        ground.offer()
    ground.inner.error = None
    assert (ground.offer(), ground.changes(), ground.upload("a"), ground.photo()) == (
        "server_error",
        "",
        "",
        "",
    )


def test_one_bad_file_is_left_alone_and_the_others_go(ground: Ground) -> None:
    ground.inner.error, ground.inner.bad = FAULT, "a" * 64
    for _ in range(9):
        assert ground.upload("a") == "server_error"
    assert ground.inner.calls == EASY_ERRORS
    assert ground.error is not None
    assert ground.error.facts["held"] == "file"
    assert not decide_file_failure(ground.error, 1).ends_files
    assert [ground.upload(name) for name in "bcd"] == ["", "", ""]
    ground.clock.advance(PAUSE_S * 2)
    ground.inner.error = None
    assert ground.upload("a") == ""


def test_file_that_gave_way_to_a_newer_connection_holds_up_no_other(ground: Ground) -> None:
    ground.inner.error, ground.inner.bad = RetryLater("upload_superseded", after_s=1.0), "a" * 64
    assert ground.upload("a") == "upload_superseded"
    assert [ground.upload(name) for name in "bcd"] == ["", "", ""]


@pytest.mark.parametrize("held", ["all", "file"])
def test_file_that_was_not_even_tried_never_needs_a_person_for_it(held: str) -> None:
    failure = decide_file_failure(RetryLater("upload_superseded", held=held), 99)
    assert (failure.fate, failure.ends_files) == (Fate.WAIT, held == "all")


def _all_full(ground: Ground) -> None:
    """Files were refused for want of room, and a person wants everything tried at once."""
    ground.inner.error = RetryLater("server_full", after_s=5.0)
    assert [ground.upload(name) for name in "ab"] == ["server_full", "server_full"]
    ground.inner.error = None
    ground.patient.now()


def test_file_whose_turn_went_to_another_one_goes_as_soon_as_that_has_got_through(ground: Ground) -> None:
    _all_full(ground)
    meanwhile: list[str] = []
    ground.inner.on_its_way = lambda: meanwhile.append(ground.upload("a")) if not meanwhile else None
    assert ground.upload("b") == ""
    assert meanwhile == ["server_full"]
    assert ground.upload("a") == ""


def test_file_that_was_cut_off_on_its_way_is_not_left_alone_for_that(ground: Ground) -> None:
    _all_full(ground)
    ground.inner.error = RetryLater("unreachable")
    assert ground.upload("a") == "unreachable"
    ground.inner.error = None
    assert ground.upload("a") == ""


def test_files_that_all_fail_are_the_servers_trouble_not_theirs(ground: Ground) -> None:
    ground.inner.error = FAULT
    for name in "abcdef":
        ground.upload(name)
    assert ground.inner.calls == EASY_ERRORS
    assert ground.error is not None
    assert decide_file_failure(ground.error, 1).ends_files


def test_a_batch_may_be_halved_until_one_is_to_blame_before_refusals_count(ground: Ground) -> None:
    ground.inner.error = InputRefused("body_too_large")
    assert [ground.offer() for _ in range(EASY_REFUSALS)] == ["body_too_large"] * EASY_REFUSALS
    assert ground.offer() == "server_refuses"
    assert isinstance(ground.error, RetryLater)
    assert ground.inner.calls == EASY_REFUSALS


@pytest.mark.parametrize(
    ("error", "then"),
    [
        (NeedsPerson("token_expired"), NeedsPerson),
        (CursorGone("cursor_gone"), RetryLater),
        (RetryLater("not_ours"), RetryLater),
    ],
)
def test_what_comes_instead_of_an_answer_is_of_the_kind_of_the_last(
    ground: Ground, error: FieldError, then: type[FieldError]
) -> None:
    ground.inner.error = error
    for _ in range(9):
        ground.changes()
    assert ground.inner.calls == EASY_ERRORS
    assert type(ground.error) is then


@pytest.mark.parametrize("code", ["unreachable", "timeout", "interrupted", "gives_way", "waits_for_wifi"])
def test_that_nobody_answers_is_left_to_the_back_off(ground: Ground, code: str) -> None:
    ground.inner.error = RetryLater(code)
    for _ in range(20):
        ground.offer()
    assert ground.inner.calls == 20


def test_a_person_who_asks_is_served_at_once_but_only_once(ground: Ground) -> None:
    ground.inner.error = FAULT
    for _ in range(9):
        ground.offer()
    ground.patient.now()
    for _ in range(9):
        ground.offer()
    assert ground.inner.calls == EASY_ERRORS + 1


def test_a_servers_wish_is_a_floor_from_the_first_error_on() -> None:
    busy = RetryLater("server_busy", after_s=300.0)
    assert pause_after(1, busy, lambda: 0.0) == 300.0
    assert pause_after(1, FAULT, lambda: 0.9) == 0.0
    assert pause_after(9, FAULT, lambda: 0.0) == PAUSE_S
    assert len({pause_after(9, FAULT, lambda n=n: n / 50) for n in range(50)}) == 50
