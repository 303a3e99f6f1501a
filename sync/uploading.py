"""Sending photo files: asked for by hash, checked before they leave, resumed, receipted.

Files go in lanes (thumbnail → stamped → original), several at a time. What fails for one file's own reason
is marked on that file and the rest goes on; what fails because of the link ends the round.
"""

from __future__ import annotations

import threading
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait

from sync.clock import Clock
from sync.contract.errors import FieldError, InputRefused, NeedsPerson
from sync.contract.wire import FileAnswer, FileOffer
from sync.listener import Listener
from sync.plan import Fate, FileEffect, decide_files
from sync.remote.base import Remote
from sync.replica.files import sha256_file
from sync.replica.work import WorkStore

CONNECTIONS = 4
BATCH = 32
PROGRESS_EVERY_S = 0.25
_OWN_FAULT = frozenset({"file_missing", "file_damaged", "hash_mismatch", "photo_too_large"})


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

    def __init__(self, work: WorkStore, remote: Remote, clock: Clock, listener: Listener) -> None:
        self._work = work
        self._remote = remote
        self._clock = clock
        self._listener = listener
        self._tried: set[tuple[str, int, str]] = set()

    def begin(self) -> None:
        """A new round: every waiting file may be tried again."""
        self._tried = set()

    def send_some(self) -> tuple[int, int] | None:
        """Send the next batch; returns (files, bytes) that got a receipt, None when none is left to try."""
        waiting = [u.file for u in self._work.uploads.waiting(BATCH + len(self._tried))]
        batch = [file for file in waiting if _key(file) not in self._tried][:BATCH]
        if not batch:
            return None
        self._tried.update(_key(file) for file in batch)
        effects = decide_files(batch, self._remote.offer(batch))
        done = self._settle(effects)
        to_send = _one_per_hash(effects)
        if to_send:
            self._send(to_send)
            asked = [effect.file for effect in effects if effect.fate is Fate.SEND]
            still = [file for file in asked if self._is_sending(file)]
            if still:
                done += self._settle(decide_files(still, self._remote.offer(still)))
        return len(done), sum(file.bytes for file in done)

    def _settle(self, effects: list[FileEffect]) -> list[FileOffer]:
        done = []
        with self._work.act():
            for effect in effects:
                if effect.fate is Fate.SENT and effect.receipt is not None:
                    self._work.uploads.mark_sent(effect.file.sha256, effect.receipt)
                    done.append(effect.file)
                elif effect.fate is Fate.NEEDS_YOU:
                    self._work.uploads.mark_needs_you(effect.file, effect.code)
                elif effect.fate is Fate.WAIT:
                    self._work.uploads.put_back(effect.file, effect.code)
                elif self._is_sending(effect.file):
                    self._work.uploads.put_back(effect.file, "not_complete")
                else:
                    self._work.uploads.start(effect.file, self._clock.now())
        self._listener.records({effect.file.record_id for effect in effects})
        return done

    def _is_sending(self, file: FileOffer) -> bool:
        states = {
            u.state.value for u in self._work.uploads.of_record(file.record_id) if _key(u.file) == _key(file)
        }
        return "sending" in states

    def _send(self, to_send: list[tuple[FileOffer, FileAnswer]]) -> None:
        progress = _Progress()
        failures: list[FieldError] = []
        with ThreadPoolExecutor(CONNECTIONS, thread_name_prefix="upload") as pool:
            running: dict[Future[None], FileOffer] = {
                pool.submit(self._send_one, file, answer, progress): file for file, answer in to_send
            }
            while running:
                finished, _ = wait(running, timeout=PROGRESS_EVERY_S, return_when=FIRST_COMPLETED)
                self._note_progress(progress)
                for future in finished:
                    file = running.pop(future)
                    error = future.exception()
                    if isinstance(error, FieldError):
                        self._note_failure(file, error)
                        if error.code not in _OWN_FAULT:
                            failures.append(error)
                            for other in running:
                                other.cancel()
                    elif error is not None and not future.cancelled():
                        raise error
                running = {f: file for f, file in running.items() if not f.cancelled()}
        self._note_progress(progress)
        if failures:
            raise failures[0]

    def _send_one(self, file: FileOffer, answer: FileAnswer, progress: _Progress) -> None:
        path = self._work.folder.file(file.sha256, file.media_type, file.lane)
        if not path.exists():
            raise NeedsPerson("file_missing", sha256=file.sha256)
        if sha256_file(path) != file.sha256:
            raise NeedsPerson("file_damaged", sha256=file.sha256)
        with path.open("rb") as source:
            self._remote.upload(file, answer, source, lambda sent: progress.tell(file, sent))

    def _note_progress(self, progress: _Progress) -> None:
        news = progress.take()
        if not news:
            return
        with self._work.act():
            for file, sent in news.items():
                self._work.uploads.progress(file, sent)
        for file, sent in news.items():
            self._listener.progress(file.record_id, file.sha256, sent, file.bytes)

    def _note_failure(self, file: FileOffer, error: FieldError) -> None:
        with self._work.act():
            if error.code in _OWN_FAULT or isinstance(error, InputRefused):
                self._work.uploads.mark_needs_you(file, error.code)
            else:
                self._work.uploads.put_back(file, error.code)
        self._listener.records([file.record_id])


def _key(file: FileOffer) -> tuple[str, int, str]:
    return file.record_id, file.slot, file.lane.value


def _one_per_hash(effects: list[FileEffect]) -> list[tuple[FileOffer, FileAnswer]]:
    """Identical files of several slots are sent once; each slot gets the receipt."""
    chosen = {
        effect.file.sha256: (effect.file, effect.answer)
        for effect in effects
        if effect.fate is Fate.SEND and effect.answer is not None
    }
    return list(chosen.values())
