"""Sending photo files: asked for by hash, checked before they leave, resumed, receipted.

    offer a batch → mark what is held or refused → send what is needed, four at a time → offer that again

Files go in lanes (thumbnail → stamped → original). What fails for one file's own reason is marked on that
file and the rest goes on; what fails because of the link ends the round. A file on its way gives way: to a
rule of the person's, to records made meanwhile, and a large one to small ones that came after it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from sync.clock import Clock
from sync.contract.errors import FieldError, InputRefused
from sync.contract.records import Lane
from sync.contract.wire import FileAnswer, FileOffer
from sync.flight import CONNECTIONS as CONNECTIONS
from sync.flight import Flight, OpenPool, upload_threads
from sync.leash import GIVES_WAY
from sync.listener import Listener
from sync.plan import (
    RECORD_LOST,
    Fate,
    FileEffect,
    decide_file_failure,
    decide_files,
    ends_round,
    weightier,
)
from sync.remote.base import Remote
from sync.replica.uploads import Upload
from sync.replica.work import WorkStore
from sync.sending import FULL_SIZE, HELD_CODES, Sending

BATCH = 32
BATCH_BYTES = 8_000_000
BATCH_MOST = 4 * BATCH
BATCH_SECONDS = 1.5
"""A batch is as large as the link carried in about this time, so that asking for receipts costs little on a
fast one and "sent" does not come late on a slow one; and at least what is named above."""
WINDOW = 512
"""Files read from the store at once, in the order in which they go."""
_STOPPED = frozenset({GIVES_WAY, *HELD_CODES})

Meanwhile = Callable[[Flight], bool]
"""Called several times a second while files are on their way; whether records were sent. May raise."""


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
        self._window: deque[Upload] = deque()
        self._window_of = Sending()
        self._over = False
        self._batch = BATCH
        self._batch_bytes = BATCH_BYTES
        self.unfinished = ""
        """Why a file has to be tried again although the link was well, since ``begin``."""

    def begin(self) -> None:
        """A new round: every waiting file may be tried again."""
        self._tried = set()
        self._over = False
        self.unfinished = ""
        self.look_again()

    def look_again(self) -> None:
        """Records were sent: their files may go before those that were to be next."""
        self._window.clear()

    def send_some(self, sending: Callable[[], Sending], meanwhile: Meanwhile) -> tuple[int, int] | None:
        """Send the next batch; returns how many files got a receipt and the bytes that had to be sent for it,
        None when none is left to try."""
        batch = [] if self._over else self._next_batch(sending())
        if not batch:
            return None
        self._tried.update(_key(upload.file) for upload in batch)
        began = self._clock.monotonic()
        effects = self._offer([upload.file for upload in batch])
        done = self._settle(effects)
        moved: dict[str, int] = {}
        to_send = {effect.file: effect.answer for effect in effects if effect.answer is not None}
        if to_send:
            sent = self._send({upload.file: upload for upload in batch}, to_send, sending, meanwhile)
            self._learn(sent, self._clock.monotonic() - began)
            done += sent
            moved = {file.sha256: file.bytes for file in sent}
        self._tried.difference_update(_key(file) for file in done)
        return len(done), sum(moved.values())

    def _learn(self, sent: list[FileOffer], seconds: float) -> None:
        """How large the next batch may be, after what this one took; never more than four times this one."""
        share = min(BATCH_SECONDS / max(seconds, 0.001), 4.0)
        self._batch = min(max(BATCH, int(len(sent) * share)), BATCH_MOST)
        self._batch_bytes = max(BATCH_BYTES, int(sum(file.bytes for file in sent) * share))

    def _next_batch(self, sending: Sending) -> list[Upload]:
        """The next files that were not tried in this round and that no rule holds back."""
        if (sending.held, sending.upto) != (self._window_of.held, self._window_of.upto):
            self.look_again()
        if not self._window:
            self._window_of = sending
            most = WINDOW + len(self._tried)
            found = self._work.uploads.waiting(most, held=sending.held, upto_seq=sending.upto)
            self._window.extend(upload for upload in found if _key(upload.file) not in self._tried)
        batch: list[Upload] = []
        batch_bytes = 0
        while self._window and len(batch) < self._batch:
            if len(batch) >= CONNECTIONS and batch_bytes >= self._batch_bytes:
                break
            batch.append(self._window.popleft())
            batch_bytes += batch[-1].file.bytes
        return batch

    def _offer(self, files: list[FileOffer]) -> list[FileEffect]:
        """Ask for a batch; one that is refused as a whole is halved until the file to blame stands alone."""
        try:
            return decide_files(files, self._remote.offer(files))
        except InputRefused as refusal:
            if len(files) == 1:
                return [FileEffect(files[0], Fate.NEEDS_YOU, code=refusal.code)]
            middle = len(files) // 2
            return self._offer(files[:middle]) + self._offer(files[middle:])
        except FieldError as error:
            self._put_back(files, error.code)
            raise

    def _send(
        self,
        batch: dict[FileOffer, Upload],
        to_send: dict[FileOffer, FileAnswer],
        sending: Callable[[], Sending],
        meanwhile: Meanwhile,
    ) -> list[FileOffer]:
        """Send what is needed of a batch and ask for the receipts; returns what got one."""
        flight = Flight(self._remote, self._work.folder, self._clock, self._open_pool)
        ending: list[FieldError] = []

        def tick(running: list[FileOffer]) -> None:
            self._note_progress(flight)
            now = sending()
            for file in running:
                if code := now.reason(file.lane.value, batch[file].device_seq):
                    flight.leash.stop(file, code)
            if meanwhile(flight) and self._something_small_waits(now):
                for file in running:
                    if file.lane.value in FULL_SIZE:
                        flight.leash.stop(file, GIVES_WAY)

        def judge(file: FileOffer, error: FieldError) -> bool:
            if error.code in _STOPPED:
                return False
            verdict = decide_file_failure(error, batch[file].attempts + 1)
            if verdict.ends_round or verdict.ends_files:
                ending.append(error)
            return verdict.ends_round or verdict.ends_files

        landed = flight.send(_one_per_hash(to_send), tick=tick, judge=judge)
        self._note_progress(flight)
        own = {file: error for file, error in landed.failed.items() if error not in ending}
        if landed.broken is not None:
            own = {file: error for file, error in own.items() if error.code != "interrupted"}
        settled = self._note_failures(own, batch, list(to_send))
        rest = [file for file in to_send if file.sha256 not in settled]
        broken = landed.broken
        for error in filter(ends_round, ending):
            broken = weightier(broken, error)
        if broken is not None:
            self._put_back(rest, broken.code, tried=broken.code != "interrupted")
            raise broken
        if ending:
            self._over = True
            self.unfinished = ending[0].code
            self._put_back(rest, self.unfinished, tried="held" not in ending[0].facts)
            return []
        return self._settle(self._offer(rest), sent=True) if rest else []

    def _something_small_waits(self, now: Sending) -> bool:
        """Whether a thumbnail waits that was not tried yet."""
        if now.held.get(Lane.THUMBNAIL.value):
            return False
        found = self._work.uploads.waiting(1 + len(self._tried), held=FULL_SIZE)
        return any(_key(upload.file) not in self._tried for upload in found)

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

    def _note_failures(
        self, failed: dict[FileOffer, FieldError], batch: dict[FileOffer, Upload], named: list[FileOffer]
    ) -> set[str]:
        """Write down what failed for one file's own reason; returns the hashes of those files."""
        for file, error in failed.items():
            same = [other for other in named if other.sha256 == file.sha256]
            verdict = decide_file_failure(error, batch[file].attempts + 1)
            if error.code in _STOPPED:
                self._put_back(same, "", tried=False)
                self._tried.difference_update(_key(other) for other in same)
                self.look_again()
            elif verdict.fate is Fate.WAIT:
                self.unfinished = error.code
                self._put_back(same, error.code, tried="held" not in error.facts)
            else:
                with self._work.act():
                    for other in same:
                        self._work.uploads.mark_needs_you(other, error.code)
                self._listener.records({other.record_id for other in same})
        return {file.sha256 for file in failed}

    def _note_progress(self, flight: Flight) -> None:
        news = flight.news()
        if not news:
            return
        with self._work.noting():
            for file, sent in news.items():
                self._work.uploads.progress(file, sent)
        for file, sent in news.items():
            self._listener.progress(file.record_id, file.sha256, sent, file.bytes)

    def _put_back(self, files: list[FileOffer], code: str, *, tried: bool = True) -> None:
        with self._work.act():
            for file in files:
                self._work.uploads.put_back(file, code)
                if not tried:
                    self._work.uploads.forget_try(file)
        self._listener.records({file.record_id for file in files})


def _key(file: FileOffer) -> tuple[str, int, str]:
    return file.record_id, file.slot, file.lane.value


def _one_per_hash(to_send: dict[FileOffer, FileAnswer]) -> list[tuple[FileOffer, FileAnswer]]:
    """Identical files of several slots are sent once; each slot gets the receipt."""
    chosen = {file.sha256: (file, answer) for file, answer in to_send.items()}
    return list(chosen.values())
