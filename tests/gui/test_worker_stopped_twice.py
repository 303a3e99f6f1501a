"""The worker of an officer who left must not be mistaken for that of the one who sat down meanwhile."""

from __future__ import annotations

import threading

from field_app import Tablet
from pytestqt.qtbot import QtBot

from fieldapp.services.worker import ReplicaWorker


class _LateToEnd(threading.Thread):
    """Ends while somebody waits for it, and by the time that one looks up the next has begun."""

    def __init__(self, worker: ReplicaWorker, tablet: Tablet, ready: list[object]) -> None:
        super().__init__()
        self.worker, self.tablet, self.ready = worker, tablet, ready

    def join(self, timeout: float | None = None) -> None:
        self.worker._thread = None
        self.worker.start(self.tablet.desk, self.ready.append, self.ready.append)


def test_worker_started_anew_while_another_waits_for_its_end_still_runs(qtbot: QtBot, tablet: Tablet) -> None:
    worker = ReplicaWorker("writer")
    ready: list[object] = []
    worker._thread = _LateToEnd(worker, tablet, ready)
    worker.stop()
    try:
        assert worker.running, "forgotten: it would never be ended, and take jobs from the next one"
    finally:
        worker.stop()
    qtbot.waitUntil(lambda: bool(ready))
    assert not worker.running


def test_what_was_asked_after_an_officer_left_is_not_done_at_the_desk_of_the_next(
    qtbot: QtBot, tablet: Tablet
) -> None:
    worker, answers = ReplicaWorker("writer"), []
    worker.start(lambda: tablet.desk("G1001"), answers.append, answers.append)
    qtbot.waitUntil(lambda: len(answers) == 1)
    worker.stop()
    worker.submit(lambda desk: desk.officer.officer_id, answers.append, answers.append)
    worker.start(lambda: tablet.desk("G1002"), answers.append, answers.append)
    worker.submit(lambda desk: desk.officer.officer_id, answers.append, answers.append)
    qtbot.waitUntil(lambda: len(answers) == 4)
    worker.stop()

    assert sorted(getattr(answer, "code", "") for answer in answers) == ["", "", "", "desk_closed"]
    assert answers[-1] == "G1002"
