"""The latest answer: of several questions to a worker only the newest one's answer is taken.

asked → asked again → the first is not read any more, or its answer is dropped → the second is taken
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from fieldapp.capture.desk import Desk
from fieldapp.services.worker import Failed, ReplicaWorker
from sync.contract.errors import FieldError

T = TypeVar("T")


class LatestAnswer:
    """One line of questions to a worker; what it answers comes in the GUI thread, or not at all."""

    def __init__(self, worker: ReplicaWorker) -> None:
        self._worker = worker
        self._ticket = 0

    def ask(self, job: Callable[[Desk], T], take: Callable[[T], None], failed: Failed | None = None) -> None:
        """Ask anew: whatever was asked before is not waited for any more."""
        self._ticket += 1
        self.ask_more(job, take, failed)

    def ask_more(
        self, job: Callable[[Desk], T], take: Callable[[T], None], failed: Failed | None = None
    ) -> None:
        """Ask for more of the same: taken unless something else is asked in the meantime."""
        ticket = self._ticket

        def read(desk: Desk) -> tuple[T] | None:
            return (job(desk),) if ticket == self._ticket else None

        def answered(answer: tuple[T] | None) -> None:
            if ticket == self._ticket and answer is not None:
                take(answer[0])

        def refused(error: FieldError) -> None:
            if ticket == self._ticket and failed is not None:
                failed(error)

        self._worker.submit(read, answered, refused)

    def forget(self) -> None:
        """Wait for nothing any more."""
        self._ticket += 1
