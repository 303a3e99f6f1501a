"""One batch of files in the air: a thread for each connection, progress told to one, all of them on a leash.

Sending threads only read files and talk to central. The thread that started the flight looks after it: it is
called back (``tick``) several times a second, and may write, stop files, or break the flight off by raising.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import CancelledError, Executor, Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import BinaryIO

import msgspec

from sync.clock import Clock
from sync.contract.errors import FieldError, InputRefused, NeedsPerson
from sync.contract.wire import FileAnswer, FileOffer
from sync.leash import Leash
from sync.remote.base import Remote
from sync.replica.files import sha256_file
from sync.replica.folder import DataFolder

CONNECTIONS = 4
TICK_S = 0.25

OpenPool = Callable[[], Executor]
"""Opens the threads of one batch; a simulation has its own, to do one thing after the other."""


def upload_threads() -> Executor:
    """A thread for each connection."""
    return ThreadPoolExecutor(CONNECTIONS, thread_name_prefix="upload")


class Landed(msgspec.Struct, frozen=True):
    """How a flight ended: the files that failed, each with its error, and what broke it off."""

    failed: dict[FileOffer, FieldError]
    broken: FieldError | None


class Flight:
    """One batch. ``judge`` is told each failure and says whether no other file need be begun."""

    def __init__(self, remote: Remote, folder: DataFolder, clock: Clock, open_pool: OpenPool) -> None:
        self._remote = remote
        self._folder = folder
        self._clock = clock
        self._open_pool = open_pool
        self._lock = threading.Lock()
        self._news: dict[FileOffer, int] = {}
        self.leash = Leash()

    def send(
        self,
        files: list[tuple[FileOffer, FileAnswer]],
        *,
        tick: Callable[[list[FileOffer]], None],
        judge: Callable[[FileOffer, FieldError], bool],
    ) -> Landed:
        """Send them all; ``tick`` is given what is still on its way."""
        failed: dict[FileOffer, FieldError] = {}
        broken: FieldError | None = None
        looked_at = self._clock.monotonic()
        with self._open_pool() as pool:
            running: dict[Future[None], FileOffer] = {
                pool.submit(self._send_one, file, answer): file for file, answer in files
            }
            ended: SimpleQueue[Future[None]] = SimpleQueue()
            for future in list(running):
                future.add_done_callback(ended.put)
            while running:
                finished = _ended(ended)
                now = self._clock.monotonic()
                if broken is None and (not finished or now - looked_at >= TICK_S):
                    looked_at = now
                    try:
                        tick(list(running.values()))
                    except FieldError as error:
                        broken = error
                        self.leash.stop_all("interrupted")
                        pool.shutdown(wait=False, cancel_futures=True)
                for future in finished:
                    file = running.pop(future)
                    failure = _failure_of(future)
                    if failure is None:
                        continue
                    failed[file] = failure
                    if judge(file, failure):
                        pool.shutdown(wait=False, cancel_futures=True)
        return Landed(failed, broken)

    def news(self) -> dict[FileOffer, int]:
        """Bytes that central has of each file, as told since the last time."""
        with self._lock:
            news, self._news = self._news, {}
        return news

    def _send_one(self, file: FileOffer, answer: FileAnswer) -> None:
        path = self._folder.file(file.sha256, file.media_type, file.lane)
        with _open(path, file) as source:
            self.leash.require_free(file)
            if sha256_file(path) != file.sha256:
                raise NeedsPerson("file_changed", sha256=file.sha256)
            self._remote.upload(
                file, answer, self.leash.put_on(file, source), lambda sent: self._tell(file, sent)
            )

    def _tell(self, file: FileOffer, sent: int) -> None:
        with self._lock:
            self._news[file] = sent


def _ended(queue: SimpleQueue[Future[None]]) -> list[Future[None]]:
    """Those that have ended, called off ones included; waits a moment for the first."""
    ended: list[Future[None]] = []
    with suppress(Empty):
        ended.append(queue.get(timeout=TICK_S))
        while True:
            ended.append(queue.get_nowait())
    return ended


def _open(path: Path, file: FileOffer) -> BinaryIO:
    try:
        return path.open("rb")
    except FileNotFoundError:
        raise NeedsPerson("file_missing", sha256=file.sha256) from None
    except OSError as error:
        raise InputRefused("photo_unreadable", path=str(path)) from error


def _failure_of(future: Future[None]) -> FieldError | None:
    """The expected error a send ended with; one that never began ended with none. Bugs are raised."""
    try:
        future.result()
    except FieldError as error:
        return error
    except CancelledError:
        return None
    return None
