"""The replica worker: one thread that owns its database connections and runs jobs in order.

The GUI thread never touches SQLite or files: it submits a job and gets the answer by a queued signal.
The app has two: ``writer`` for use cases (one writer thread), ``reader`` for look-ups, so that typing into
the search field never waits behind a photo being saved.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from typing import Any, TypeVar

import structlog
from PySide6.QtCore import QObject, Qt, Signal, Slot

from fieldapp.capture.desk import Desk
from sync.contract.errors import FieldError, NeedsPerson
from sync.replica.database import DatabaseError
from sync.replica.storage_errors import of_anything

T = TypeVar("T")
Job = Callable[[Desk], Any]
Done = Callable[[Any], None]
Failed = Callable[[FieldError], None]
MakeDesk = Callable[[], Desk]

log = structlog.get_logger(__name__)


def _ignore(_error: FieldError) -> None:
    return None


class ReplicaWorker(QObject):
    """Runs jobs against a desk in its own thread; callbacks come back in the GUI thread, in order."""

    idleChanged = Signal(bool)
    bug = Signal(str)
    _finished = Signal(object, object)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._jobs: queue.Queue[tuple[Job, Done, Failed] | threading.Thread] = queue.Queue()
        self._thread: threading.Thread | None = None
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def running(self) -> bool:
        """Whether a desk is open."""
        return self._thread is not None

    def start(self, make_desk: MakeDesk, ready: Done, failed: Failed) -> None:
        """Open a desk in the worker's own thread; ``ready`` gets the desk's officer card."""
        if self._thread is not None:
            raise RuntimeError(f"worker {self._name} is running already")
        self._thread = threading.Thread(
            target=self._run, args=(make_desk, ready, failed), name=self._name, daemon=True
        )
        self._thread.start()

    def submit(self, job: Job, done: Done = lambda _result: None, failed: Failed = _ignore) -> None:
        """Run ``job(desk)`` after all earlier ones; exactly one of the callbacks follows."""
        self._jobs.put((job, done, failed))

    def stop(self, timeout_s: float = 5.0) -> None:
        """Finish what was submitted, close the desk, end the thread."""
        thread = self._thread
        if thread is None:
            return
        self._jobs.put(thread)
        thread.join(timeout_s)
        if self._thread is thread:  # two may wait for the same end, and one of them have begun anew since
            self._thread = None

    def _run(self, make_desk: MakeDesk, ready: Done, failed: Failed) -> None:
        try:
            desk = make_desk()
        except FieldError as error:
            self._finished.emit(failed, error)
            return
        except Exception as error:  # this thread's excepthook: whoever waits for the desk must hear of it
            log.exception("desk_not_opened", worker=self._name)
            self._finished.emit(failed, FieldError("bug", kind=type(error).__name__))
            return
        self._finished.emit(ready, desk.officer)
        while (item := self._jobs.get()) is not threading.current_thread():
            if isinstance(item, threading.Thread):  # the end of an earlier one that never got to it
                continue
            job, done, job_failed = item
            try:
                desk.work.refresh()
                self._finished.emit(done, job(desk))
            except (FieldError, DatabaseError) as error:
                self._finished.emit(job_failed, self._mended(desk, error))
            except Exception as error:  # likewise: one job's bug must not end those behind it, nor be silent
                log.exception("worker_job_failed", worker=self._name)
                self.bug.emit(f"{type(error).__name__}: {error}")
                self._finished.emit(job_failed, FieldError("bug", kind=type(error).__name__))
        desk.work.close()
        desk.reference.close()

    def _mended(self, desk: Desk, error: FieldError | DatabaseError) -> FieldError:
        """What to say of a failure; a damaged store is made anew first: the next try finds it whole."""
        folder = desk.work.folder
        plain = of_anything(error, folder.root) if isinstance(error, DatabaseError) else error
        if plain is None:
            log.error("worker_job_failed", worker=self._name, error=str(error))
            return FieldError("bug", kind=type(error).__name__)
        if plain.code != "folder_broken" or plain.facts.get("file") != folder.work_db.name:
            return plain
        try:
            return NeedsPerson("store_mended") if desk.work.mend() else plain
        except FieldError as again:
            return again

    @Slot(object, object)
    def _deliver(self, callback: Callable[[object], None], value: object) -> None:
        callback(value)
