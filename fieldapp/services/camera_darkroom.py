"""Where pictures are worked on: frames become JPEG files, and originals get their thumbnail and stamp.

Two threads: a frame never waits behind a stamp, and stamps are made at low priority once the shutter has
rested a moment. Neither thread is the GUI's nor the writer's; what is made goes on to the writer as a job.
"""

from __future__ import annotations

import os
import sys
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor

import structlog
from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from fieldapp.capture.developing import Developed, DevelopPlan, attach, develop
from fieldapp.services.camera_frame import STRIPS
from fieldapp.services.worker import ReplicaWorker
from sync.contract.errors import FieldError
from sync.replica.drafts import SavedPhoto

log = structlog.get_logger(__name__)

REST_MS = 300
_NICER = 10


class Darkroom(QObject):
    """``developed`` tells each photo whose row names its derivatives now."""

    developed = Signal(object)
    _attached = Signal(object)

    def __init__(self, writer: ReplicaWorker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._writer = writer
        self._encoding = ThreadPoolExecutor(1, "encode")
        self._strips = ThreadPoolExecutor(STRIPS, "strips")
        self._developing = ThreadPoolExecutor(1, "develop", initializer=_step_back)
        self._waiting: deque[DevelopPlan] = deque()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._develop_next)
        self._closed = False
        self._attached.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def encode(
        self,
        work: Callable[[Executor], bytes],
        done: Callable[[bytes], None],
        failed: Callable[[FieldError], None],
    ) -> None:
        """Make a frame's file by ``work``, which gets threads to share. The callbacks come in this thread."""

        def answer(future: Future[bytes]) -> None:
            error = future.exception()
            if isinstance(error, FieldError):
                failed(error)
            elif error is not None:
                log.error("frame_not_encoded", kind=type(error).__name__)
                failed(FieldError("bug", kind=type(error).__name__))
            else:
                done(future.result())

        self._encoding.submit(work, self._strips).add_done_callback(answer)

    def develop(self, plan: DevelopPlan) -> None:
        """Make a saved photo's derivatives when there is time, and have its row name them."""
        if plan.lanes and not self._closed:
            self._waiting.append(plan)
            self._rest.start()

    def finish_frames(self, timeout_s: float = 5.0) -> None:
        """Wait until every frame that was taken has gone on to the writer; before the writer is stopped."""
        if not self._closed:
            self._encoding.submit(int).result(timeout_s)

    def close(self) -> None:
        """Finish frames, leave stamps that are not begun: they are made when the report is submitted."""
        self.finish_frames()
        self._closed = True
        self._encoding.shutdown(wait=True)
        self._strips.shutdown(wait=True)
        self._developing.shutdown(wait=True, cancel_futures=True)

    @Slot()
    def _develop_next(self) -> None:
        while self._waiting and not self._closed:
            self._developing.submit(develop, self._waiting.popleft()).add_done_callback(self._attach)

    def _attach(self, future: Future[Developed]) -> None:
        if future.cancelled():
            return
        error = future.exception()
        if error is not None:
            log.error("photo_not_developed", kind=type(error).__name__)
            return
        made = future.result()
        self._writer.submit(lambda desk: attach(desk, made), self._attached.emit)

    @Slot(object)
    def _tell(self, saved: SavedPhoto | None) -> None:
        if saved is not None:
            self.developed.emit(saved)


def _step_back() -> None:
    """Let this thread have what the others leave, where a thread has a priority of its own."""
    if sys.platform.startswith("linux"):
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICER)
