"""The replica worker: one thread that owns its database connections and runs jobs in order.

The GUI thread never touches SQLite or files: it submits a job and gets the answer by a queued signal.
The app has two: ``writer`` for use cases (one writer thread), ``reader`` for look-ups, so that typing into
the search field never waits behind a photo being saved.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from itertools import count
from typing import Any, TypeVar

import structlog
from PySide6.QtCore import QObject, Qt, Signal, Slot

from fieldapp.capture.desk import Desk
from sync.contract.errors import FieldError, NeedsPerson, RetryLater
from sync.replica.database import DatabaseError
from sync.replica.reference import damage_in
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
    _finished = Signal(object, object, bool)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._jobs: queue.Queue[int | threading.Thread] = queue.Queue()
        self._tickets = count()
        self._asked: dict[int, tuple[Callable[..., Any], Done, Failed]] = {}
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
        opening = self._keep(make_desk, ready, failed)
        self._thread = threading.Thread(target=self._run, args=(opening,), name=self._name, daemon=True)
        self._thread.start()

    def submit(self, job: Job, done: Done = lambda _result: None, failed: Failed = _ignore) -> None:
        """Run ``job(desk)`` after all earlier ones; exactly one of the callbacks follows."""
        self._jobs.put(self._keep(job, done, failed))

    def stop(self, timeout_s: float = 5.0) -> None:
        """Finish what was submitted, close the desk, end the thread."""
        thread = self._thread
        if thread is None:
            return
        self._jobs.put(thread)
        thread.join(timeout_s)
        if self._thread is thread:  # two may wait for the same end, and one of them have begun anew since
            self._thread = None

    def _keep(self, job: Callable[..., Any], done: Done, failed: Failed) -> int:
        """Kept here until answered: a thread that held them could be the last to let go of a Qt object."""
        ticket = next(self._tickets)
        self._asked[ticket] = job, done, failed
        return ticket

    def _run(self, opening: int) -> None:
        try:
            desk: Desk = self._asked[opening][0]()
        except FieldError as error:
            self._refuse(opening, error)
            return
        except Exception as error:  # this thread's excepthook: whoever waits for the desk must hear of it
            log.exception("desk_not_opened", worker=self._name)
            self._refuse(opening, FieldError("bug", kind=type(error).__name__))
            return
        self._finished.emit(opening, desk.officer, True)
        while (item := self._jobs.get()) is not threading.current_thread():
            if isinstance(item, threading.Thread):  # the end of an earlier one that never got to it
                continue
            if item < opening:  # asked after the last officer had left: it is not this one's act
                self._refuse(item, RetryLater("desk_closed"))
                continue
            try:
                desk.work.refresh()
                self._finished.emit(item, self._asked[item][0](desk), True)
            except (FieldError, DatabaseError) as error:
                self._refuse(item, self._mended(desk, error))
            except Exception as error:  # likewise: one job's bug must not end those behind it, nor be silent
                log.exception("worker_job_failed", worker=self._name)
                self.bug.emit(f"{type(error).__name__}: {error}")
                self._refuse(item, FieldError("bug", kind=type(error).__name__))
        desk.work.close()
        desk.reference.close()

    def _refuse(self, ticket: int, error: FieldError) -> None:
        self._finished.emit(ticket, error.with_traceback(None), False)

    def _mended(self, desk: Desk, error: FieldError | DatabaseError) -> FieldError:
        """What to say of a failure; a damaged store is made anew first: the next try finds it whole."""
        folder = desk.work.folder
        plain = of_anything(error, folder.root) if isinstance(error, DatabaseError) else error
        if plain is None:
            log.error("worker_job_failed", worker=self._name, error=str(error))
            return FieldError("bug", kind=type(error).__name__)
        if isinstance(error, DatabaseError):  # which of the two files it was, it does not say
            plain = damage_in(folder.root, plain)
        if plain.code != "folder_broken" or plain.facts.get("file") != folder.work_db.name:
            return plain
        try:
            return NeedsPerson("store_mended") if desk.work.mend() else plain
        except FieldError as again:
            return again

    @Slot(object, object, bool)
    def _deliver(self, ticket: int, answer: Any, well: bool) -> None:
        _job, done, failed = self._asked.pop(ticket)
        (done if well else failed)(answer)
