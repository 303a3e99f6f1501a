"""Of several questions to a worker only the answer to the newest one is taken."""

from __future__ import annotations

from collections import deque
from typing import Any, cast

from fieldapp.capture.desk import Desk
from fieldapp.services.latest import LatestAnswer
from fieldapp.services.worker import Done, Failed, Job, ReplicaWorker
from sync.contract.errors import FieldError, InputRefused


class SlowWorker:
    """Answers the oldest question when it is told to."""

    def __init__(self) -> None:
        self._jobs: deque[tuple[Job, Done, Failed]] = deque()

    def submit(self, job: Job, done: Done, failed: Failed) -> None:
        self._jobs.append((job, done, failed))

    def work(self, between: Any = lambda: None) -> None:
        """Do the oldest job; ``between`` happens after it was done and before its answer comes."""
        job, done, failed = self._jobs.popleft()
        try:
            answer = job(cast(Desk, None))
        except FieldError as error:
            between()
            failed(error)
        else:
            between()
            done(answer)


def _line() -> tuple[SlowWorker, LatestAnswer, list[object]]:
    worker = SlowWorker()
    return worker, LatestAnswer(cast(ReplicaWorker, worker)), []


def test_an_answer_comes_once() -> None:
    worker, line, told = _line()
    line.ask(lambda _desk: None, told.append)
    worker.work()
    assert told == [None]


def test_what_is_no_longer_asked_is_not_even_read() -> None:
    worker, line, told = _line()
    read: list[str] = []
    line.ask(lambda _desk: read.append("old"), told.append)
    line.ask(lambda _desk: read.append("new"), told.append)
    worker.work()
    worker.work()
    assert read == ["new"]
    assert len(told) == 1


def test_an_answer_that_was_overtaken_on_its_way_is_dropped() -> None:
    worker, line, told = _line()
    line.ask(lambda _desk: "old", told.append)
    worker.work(between=lambda: line.ask(lambda _desk: "new", told.append))
    worker.work()
    assert told == ["new"]


def test_more_of_the_same_leaves_the_question_as_it_is() -> None:
    worker, line, told = _line()
    line.ask(lambda _desk: "first page", told.append)
    line.ask_more(lambda _desk: "second page", told.append)
    worker.work()
    worker.work()
    assert told == ["first page", "second page"]


def test_a_page_of_an_older_question_does_not_follow_the_newer_ones_first() -> None:
    worker, line, told = _line()
    line.ask(lambda _desk: "old page", told.append)
    worker.work()
    line.ask_more(lambda _desk: "old second page", told.append)
    line.ask(lambda _desk: "new page", told.append)
    worker.work()
    worker.work()
    assert told == ["old page", "new page"]


def test_a_failure_is_told_while_it_is_waited_for_and_not_after() -> None:
    worker, line, told = _line()

    def fails(_desk: Desk) -> None:
        raise InputRefused("plate_impossible")

    line.ask(fails, told.append, lambda error: told.append(error.code))
    worker.work()
    line.ask(fails, told.append, lambda error: told.append(error.code))
    worker.work(between=line.forget)
    assert told == ["plate_impossible"]
