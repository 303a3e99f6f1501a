"""A draft that could not be kept is tried again, also when another one is in hand by then."""

from __future__ import annotations

from collections import deque
from types import SimpleNamespace
from typing import cast

from pytestqt.qtbot import QtBot

from fieldapp.capture.desk import Desk
from fieldapp.capture.drafts import DraftBody, list_drafts, start_draft
from fieldapp.services.worker import Done, Failed, Job, ReplicaWorker
from fieldapp.viewmodels.capture_draft import DraftInHand
from fieldapp.viewmodels.capture_form import CaptureFormViewModel
from sync.contract.errors import FieldError, RetryLater


class WorkerOnAFullDisk:
    """Does its jobs when it is told to; while the disk is full every one of them fails."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._jobs: deque[tuple[Job, Done, Failed]] = deque()
        self.full = False

    def submit(self, job: Job, done: Done = lambda _: None, failed: Failed = lambda _: None) -> None:
        self._jobs.append((job, done, failed))

    def work(self) -> None:
        for _ in range(len(self._jobs)):
            job, done, failed = self._jobs.popleft()
            if self.full:
                failed(RetryLater("disk_full"))
            else:
                done(job(self._desk))


def test_words_of_a_draft_left_behind_on_a_full_disk_are_kept_once_there_is_room(
    qtbot: QtBot, desk: Desk
) -> None:
    first, second = start_draft(desk), start_draft(desk, body=DraftBody(note="二"))
    worker, form = WorkerOnAFullDisk(desk), SimpleNamespace(body=DraftBody())
    hand = DraftInHand(cast(ReplicaWorker, worker), cast(CaptureFormViewModel, form), iter("abc").__next__)
    told: list[FieldError] = []
    hand.failed.connect(told.append)
    hand.officer_id = desk.officer.officer_id
    hand.take_up(first, DraftBody())

    worker.full = True
    form.body = DraftBody(note="一")
    hand.touch()
    hand.take_up(second, DraftBody(note="二"))
    form.body = DraftBody(note="二")
    worker.work()
    assert [error.code for error in told] == ["disk_full"]

    hand.save()
    worker.work()
    worker.full = False
    hand.save()
    worker.work()
    assert sorted(one.body.note for one in list_drafts(desk)) == ["一", "二"]
