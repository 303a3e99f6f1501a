"""Sending photo files: asked for by hash, checked before they leave, resumed, receipted.

    offer a batch → mark what is held or refused → send what is needed, four at a time → offer that again

Files go in lanes (thumbnail → stamped → original). What fails for one file's own reason is marked on that
file and the rest goes on; what fails because of the link ends the round. Sending threads only read files and
talk to central: the store belongs to the calling thread.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, CancelledError, Executor, Future, ThreadPoolExecutor, wait
from pathlib import Path
from typing import BinaryIO

from sync.clock import Clock
from sync.contract.errors import FieldError, InputRefused, NeedsPerson
from sync.contract.wire import FileAnswer, FileOffer
from sync.listener import Listener
from sync.plan import RECORD_LOST, Fate, FileEffect, decide_file_failure, decide_files, weightier
from sync.remote.base import Remote
from sync.replica.files import sha256_file
from sync.replica.uploads import Upload
from sync.replica.work import WorkStore
from sync.sending import Sending

CONNECTIONS = 4
BATCH = 32
BATCH_BYTES = 8_000_000
"""A record made meanwhile waits for no more than this, or than one file for each connection."""
PROGRESS_EVERY_S = 0.25

OpenPool = Callable[[], Executor]
"""Opens the threads of one batch; a simulation has its own, to do one thing after the other."""


def upload_threads() -> Executor:
    """A thread for each connection."""
    return ThreadPoolExecutor(CONNECTIONS, thread_name_prefix="upload")


class _Progress:
    """Bytes told by sending threads, collected for the one thread that may write."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._news: dict[FileOffer, int] = {}

    def tell(self, file: FileOffer, sent: int) -> None:
        with self._lock:
            self._news[file] = sent

    def take(self) -> dict[FileOffer, int]:
        with self._lock:
            news, self._news = self._news, {}
        return news


class Uploader:
    """Sends the files of records that central already has."""

    def __init__(
        self,
        work: WorkStore,
        remote: Remote,
        clock: Clock,
        listener: Listener,
        open_pool: OpenPool = upload_threads,
    ) -> None:
        self._work = work
        self._remote = remote
        self._clock = clock
        self._listener = listener
        self._open_pool = open_pool
        self._tried: set[tuple[str, int, str]] = set()
        self.unfinished = ""
        """Why a file has to be tried again although the link was well, since ``begin``."""

    def begin(self) -> None:
        """A new round: every waiting file may be tried again."""
        self._tried = set()
        self.unfinished = ""

    def send_some(self, sending: Callable[[], Sending]) -> tuple[int, int] | None:
        """Send the next batch; returns (files, bytes) that got a receipt, None when none is left to try."""
        batch = self._next_batch(sending())
        if not batch:
            return None
        self._tried.update(_key(upload.file) for upload in batch)
        effects = self._offer([upload.file for upload in batch])
        done = self._settle(effects)
        to_send = {effect.file: effect.answer for effect in effects if effect.answer is not None}
        if to_send:
            attempts = {upload.file: upload.attempts + 1 for upload in batch}
            astray = self._send(_one_per_hash(to_send), list(to_send), attempts)
            asked = [file for file in to_send if file.sha256 not in astray]
            if asked:
                done += self._settle(self._offer(asked), sent=True)
        return len(done), sum(file.bytes for file in done)

    def _next_batch(self, sending: Sending) -> list[Upload]:
        batch: list[Upload] = []
        batch_bytes = 0
        most = BATCH + len(self._tried)
        for upload in self._work.uploads.waiting(most, held=sending.held, upto_seq=sending.upto):
            if _key(upload.file) in self._tried:
                continue
            if len(batch) == BATCH or (len(batch) >= CONNECTIONS and batch_bytes >= BATCH_BYTES):
                break
            batch.append(upload)
            batch_bytes += upload.file.bytes
        return batch

    def _offer(self, files: list[FileOffer]) -> list[FileEffect]:
        try:
            return decide_files(files, self._remote.offer(files))
        except FieldError as error:
            self._put_back(files, error.code)
            raise

    def _settle(self, effects: list[FileEffect], *, sent: bool = False) -> list[FileOffer]:
        """Write down what central answered; ``sent`` when the bytes have just been sent."""
        done = []
        uploads = self._work.uploads
        only_begun = not sent and all(effect.fate is Fate.SEND for effect in effects)
        with self._work.noting() if only_begun else self._work.act():
            self._work.meta.note_receipts(effect.receipt for effect in effects if effect.receipt)
            for effect in effects:
                if effect.fate is Fate.SENT and effect.receipt is not None:
                    uploads.mark_sent(effect.file.sha256, effect.receipt)
                    done.append(effect.file)
                elif effect.fate is Fate.NEEDS_YOU:
                    uploads.mark_needs_you(effect.file, effect.code)
                elif effect.fate is Fate.SEND and not sent:
                    uploads.start(effect.file, self._clock.now())
                else:
                    self.unfinished = effect.code or "not_complete"
                    uploads.put_back(effect.file, self.unfinished)
                    if effect.code == RECORD_LOST:
                        self._work.outbox.offer_once_more(effect.file.record_id)
        self._listener.records({effect.file.record_id for effect in effects})
        return done

    def _send(
        self,
        to_send: list[tuple[FileOffer, FileAnswer]],
        named: list[FileOffer],
        attempts: dict[FileOffer, int],
    ) -> set[str]:
        """Send each file; returns the hashes that failed for their own reason."""
        progress = _Progress()
        astray: set[str] = set()
        broken: FieldError | None = None
        told_at = self._clock.monotonic()
        with self._open_pool() as pool:
            running: dict[Future[None], FileOffer] = {
                pool.submit(self._send_one, file, answer, progress): file for file, answer in to_send
            }
            while running:
                finished, _ = wait(running, timeout=PROGRESS_EVERY_S, return_when=FIRST_COMPLETED)
                if self._clock.monotonic() - told_at >= PROGRESS_EVERY_S:
                    self._note_progress(progress)
                    told_at = self._clock.monotonic()
                for future in [one for one in running if one in finished]:
                    file = running.pop(future)
                    error = _failure_of(future)
                    if error is None:
                        continue
                    verdict = decide_file_failure(error, attempts[file])
                    if verdict.ends_round:
                        broken = weightier(broken, error)
                        pool.shutdown(wait=False, cancel_futures=True)
                    else:
                        astray.add(file.sha256)
                        same = [other for other in named if other.sha256 == file.sha256]
                        self._note_failure(same, verdict.fate, error.code)
                running = {future: file for future, file in running.items() if not future.cancelled()}
        self._note_progress(progress)
        if broken is not None:
            self._put_back([file for file in named if file.sha256 not in astray], broken.code)
            raise broken
        return astray

    def _send_one(self, file: FileOffer, answer: FileAnswer, progress: _Progress) -> None:
        path = self._work.folder.file(file.sha256, file.media_type, file.lane)
        with _open(path, file) as source:
            if sha256_file(path) != file.sha256:
                raise NeedsPerson("file_changed", sha256=file.sha256)
            self._remote.upload(file, answer, source, lambda sent: progress.tell(file, sent))

    def _note_progress(self, progress: _Progress) -> None:
        news = progress.take()
        if not news:
            return
        with self._work.noting():
            for file, sent in news.items():
                self._work.uploads.progress(file, sent)
        for file, sent in news.items():
            self._listener.progress(file.record_id, file.sha256, sent, file.bytes)

    def _note_failure(self, files: list[FileOffer], fate: Fate, code: str) -> None:
        if fate is Fate.WAIT:
            self.unfinished = code
            self._put_back(files, code)
            return
        with self._work.act():
            for file in files:
                self._work.uploads.mark_needs_you(file, code)
        self._listener.records({file.record_id for file in files})

    def _put_back(self, files: list[FileOffer], code: str) -> None:
        with self._work.act():
            for file in files:
                self._work.uploads.put_back(file, code)
        self._listener.records({file.record_id for file in files})


def _key(file: FileOffer) -> tuple[str, int, str]:
    return file.record_id, file.slot, file.lane.value


def _one_per_hash(to_send: dict[FileOffer, FileAnswer]) -> list[tuple[FileOffer, FileAnswer]]:
    """Identical files of several slots are sent once; each slot gets the receipt."""
    chosen = {file.sha256: (file, answer) for file, answer in to_send.items()}
    return list(chosen.values())


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
