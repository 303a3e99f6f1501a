"""Everything a round needs, put together for one open data folder: stores, remote, engine.

The daemon keeps one as long as it is unlocked; ``once`` makes one for a single round.
"""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from contextlib import suppress

from sync.caring import Caretaker
from sync.clock import Clock
from sync.contract.errors import NeedsPerson, RetryLater
from sync.contract.tables import Stream
from sync.engine import Engine, RoundResult
from sync.listener import Listener
from sync.notices import Standing
from sync.remote.address import parse_address
from sync.remote.base import Remote
from sync.remote.http import HttpRemote
from sync.remote.patience import Patient
from sync.remote.probe import is_reachable
from sync.replica.database import DatabaseError
from sync.replica.folder import DataFolder
from sync.replica.meta import Identity
from sync.replica.reference import ReferenceStore
from sync.replica.storage_errors import of_database
from sync.replica.work import WorkStore
from sync.retention import sweep
from sync.sending import EVERYTHING, Sending

SWEEP_EVERY_S = 3600.0
OpenRemote = Callable[[Identity, DataFolder, Callable[[str], None]], Remote]


def open_http(identity: Identity, folder: DataFolder, on_token: Callable[[str], None]) -> Remote:
    """Central over HTTP, with the authority that was pinned at enrolment."""
    return HttpRemote(identity, folder.authority, on_token=on_token)


class Link:
    """One tablet's link to its central. Used by one thread, but for ``remote`` and ``break_off``."""

    def __init__(
        self,
        folder: DataFolder,
        key: bytes,
        clock: Clock,
        listener: Listener,
        *,
        open_remote: OpenRemote = open_http,
    ) -> None:
        """Open the stores; ``store_key_wrong`` or ``not_enrolled`` where that cannot be."""
        self._clock = clock
        self._swept_at = -SWEEP_EVERY_S
        self._token_lock = threading.Lock()
        self._new_token = ""
        self._work = WorkStore(folder, key, checkpoints=True)
        try:
            identity = self._work.meta.require_identity()
            self._reference = ReferenceStore(folder)
        except DatabaseError as error:
            self._work.close()
            raise of_database(error, folder.work_db) or error from error
        except BaseException:
            self._work.close()
            raise
        self.device_id = identity.device_id
        self.signing_key = identity.signing_key
        self._address = parse_address(identity.server)
        remote = open_remote(identity, folder, self._note_token)
        self.remote = Patient(remote, clock.monotonic, random.random)
        self._engine = Engine(self._work, self._reference, self.remote, clock, listener)
        self._caretaker = Caretaker(self._work, clock, listener)

    def round(
        self,
        between: Callable[[], None],
        *,
        deletes_agreed: bool = False,
        refill: bool = False,
        sending: Callable[[], Sending] = lambda: EVERYTHING,
    ) -> RoundResult:
        """One round; a token that was renewed on the way is kept, whatever the round came to."""
        try:
            return self._engine.round(
                between=between, deletes_agreed=deletes_agreed, refill=refill, sending=sending
            )
        except (DatabaseError, NeedsPerson) as error:
            self._mend(error)
            raise
        finally:
            self._keep_token()

    def _mend(self, error: DatabaseError | NeedsPerson) -> None:
        """Damage met in the work store: have it made anew, and go on at the next round."""
        plain = of_database(error, self._work.folder.work_db) if isinstance(error, DatabaseError) else error
        if plain is None:
            return
        if plain.code != "folder_broken" or plain.facts.get("file") != self._work.folder.work_db.name:
            if plain is not error:
                raise plain from error
            return
        if self._work.mend():
            raise RetryLater("store_mended") from error

    def tidy(self, keep_days: int | None = None) -> None:
        """After a round: empty both write-ahead logs into their databases.

        Now and then, let photo files leave that central has had for ``keep_days``.
        """
        now = self._clock.monotonic()
        if keep_days is not None and not 0 <= now - self._swept_at < SWEEP_EVERY_S:
            self._swept_at = now
            with suppress(OSError):  # a folder that is not there now is looked through the next time
                sweep(self._work, self._clock, keep_days)
        self._work.checkpoint()
        self._reference.checkpoint()

    def care(self) -> None:
        """Between two turns: a little of what keeps the store safe."""
        try:
            self._caretaker.step()
        except (DatabaseError, NeedsPerson) as error:
            self._mend(error)
            raise

    def work_cursor(self) -> str:
        """How far the work stream has been applied."""
        at = self._work.meta.cursor(Stream.WORK)
        return "" if at is None else at.cursor

    def newest_seq(self) -> int:
        """The number of the newest operation on this tablet."""
        return self._work.meta.newest_device_seq()

    def has_unsent(self, upto_seq: int) -> bool:
        """Whether anything up to this number still has to go."""
        return self._work.outbox.has_unsent(upto_seq=upto_seq) or self._work.uploads.has_unsent(upto_seq)

    def standing(self, officers: tuple[str, ...], trouble: str) -> Standing:
        """What a person might have to be told; tasks are those of the officers who use this tablet."""
        return Standing(
            needs_you=self._work.outbox.needing_you(),
            pending=self._work.outbox.pending()[0] + self._work.uploads.pending().photos,
            tasks=self._work.city.newly_dispatched(officers),
            alerts=self._work.alerts.open_for(officers),
            trouble=trouble,
        )

    def try_now(self) -> None:
        """A person asks: also what has answered errors lately is tried at once."""
        self.remote.now()

    @property
    def answers(self) -> int:
        """How often central has answered well so far."""
        return self.remote.answers

    def is_reachable(self) -> bool:
        """A cheap look whether central's port answers."""
        return is_reachable(self._address)

    def break_off(self) -> None:
        """Break off what is under way on the network; from any thread. Only ``close`` may follow."""
        self.remote.close()

    def close(self) -> None:
        """Let go of network and stores."""
        self.remote.close()
        self._reference.close()
        self._work.close()

    def _note_token(self, token: str) -> None:
        with self._token_lock:
            self._new_token = token

    def _keep_token(self) -> None:
        with self._token_lock:
            token, self._new_token = self._new_token, ""
        if not token:
            return
        with self._work.act():
            self._work.meta.set_token(token)
