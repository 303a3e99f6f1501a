"""The base map that central offers, brought in beside the rounds: asked for now and then, fetched on wish.

    a round went through, nothing left to send → free → look: what is offered? → fetch what a person wished
    a round begins → held: the next chunk waits, after a moment the connection is let go of

Records and photos always go first: nothing of a map moves while a round runs, failed, or has left something.
How it stands, and what of that lies on the disk, is the business of ``MapStanding``; here is when something
moves. There are no timers; what failed is tried after the next good round, which ``again`` asks for.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import msgspec

from sync.clock import Clock
from sync.contract.errors import FieldError, NeedsPerson, RetryLater
from sync.contract.map_offer import MapOffer
from sync.control import Message
from sync.map_standing import GIVES_WAY, MapStanding
from sync.map_state import HERE, MapState, waits_for
from sync.remote.base import Remote
from sync.replica.folder import DataFolder
from sync.replica.map_part import MapPart, require_trusted
from sync.sending import Sending

LOOK_EVERY_S = 3600.0
HOLD_S = 5.0
"""How long a connection waits for a round to end before it is let go of."""
JOIN_S = 5.0
STEP_BYTES = 256 << 10
"""Progress is told, and counts as such, from so many bytes on."""
_LINKS_OWN = frozenset({"token_expired", "token_invalid", "device_refused", "server_identity", "clock_wrong"})
"""What a person must see to for the rounds' sake: told there, and the map goes on once they go through."""


class MapSource(msgspec.Struct, frozen=True):
    """Central, and the key that it signs with."""

    remote: Remote
    signing_key: str


class MapKeeper:
    """One for the daemon's life. ``source`` answers None while there is no link."""

    def __init__(
        self,
        folder: DataFolder,
        clock: Clock,
        source: Callable[[], MapSource | None],
        sending: Callable[[], Sending],
        *,
        tell: Callable[[Message], None],
        again: Callable[[bool], None],
    ) -> None:
        self._folder = folder
        self._clock = clock
        self._source = source
        self._sending = sending
        self._again = again
        self._standing = MapStanding(folder, sending, tell)
        self._news = self._standing.news
        self._thread: threading.Thread | None = None
        self._looked_at: float | None = None
        self._look_wanted = self._free = self._tried = self._stopped = False
        self._trouble: FieldError | None = None

    @property
    def state(self) -> MapState:
        """How it stands at this moment; from any thread."""
        return self._standing.state

    def opened(self) -> None:
        """A link is open, perhaps to another central."""
        self._looked_at = None

    def look(self) -> None:
        """A person looks: ask central what it offers, in the background."""
        self._wake(look=True)

    def ask(self) -> MapState:
        """The same, and wait for the answer; raises why there is none."""
        source = self._source()
        if source is None:
            raise NeedsPerson("locked")
        self._look(source)
        if self._trouble is not None:
            raise self._trouble
        self._standing.retell()
        return self.state

    def bring_now(self, *, any_link: bool) -> MapState:
        """Fetch what is offered here and now, for a command that nothing else runs beside; raises why not."""
        source = self._source()
        if source is None:
            raise NeedsPerson("locked")
        if self.ask().state == HERE:
            return self.state
        rule = waits_for(self._sending(), any_link=any_link)
        if rule:
            raise NeedsPerson(rule)
        with self._news:
            self._standing.wish(any_link=any_link)
            self._free = True
        self._fetch(source)
        self._standing.retell()
        if self._standing.error is not None:
            raise self._standing.error
        return self.state

    def fetch(self, *, any_link: bool) -> None:
        """A person wants what is offered; ``any_link`` also over one that costs."""
        with self._news:
            self._standing.wish(any_link=any_link)
            self._tried = False
        self._wake()

    def give_up(self) -> None:
        """A person does not want it after all: what has come goes."""
        self._standing.give_up()
        self._wake()

    def hold(self) -> None:
        """A round begins, or there is no link: nothing moves."""
        with self._news:
            self._free = False

    def release(self) -> None:
        """A round went through and left nothing that may go."""
        with self._news:
            self._free, self._tried = True, False
        now = self._clock.monotonic()
        due = self._looked_at is None or not 0 <= now - self._looked_at < LOOK_EVERY_S
        self._wake(look=due)

    def rules_changed(self) -> None:
        """Another link, or other rules."""
        with self._news:
            self._news.notify_all()
            wanted = self._standing.note.wanted
        if wanted:
            self._standing.retell()

    def stop(self) -> None:
        """Let go; what is under way ends with the link."""
        with self._news:
            self._stopped = True
            self._news.notify_all()
            thread = self._thread
        if thread is not None:
            thread.join(JOIN_S)

    def _wake(self, *, look: bool = False) -> None:
        with self._news:
            self._look_wanted = self._look_wanted or look
            if self._thread is None and not self._stopped:
                self._thread = threading.Thread(target=self._run, name="base map", daemon=True)
                self._thread.start()
            self._news.notify_all()
        self._standing.retell()

    # From here on: the thread's.

    def _run(self) -> None:
        while True:
            with self._news:
                self._news.wait_for(lambda: self._stopped or self._can_look or self._can_fetch)
                if self._stopped:
                    return
                looks = self._can_look
                self._look_wanted = False if looks else self._look_wanted
                self._tried = self._tried or not looks
                source = self._source()
            if source is None:
                self.hold()
            elif looks:
                self._look(source)
            else:
                self._fetch(source)
            self._standing.retell()

    @property
    def _can_look(self) -> bool:
        return self._look_wanted and self._source() is not None

    @property
    def _can_fetch(self) -> bool:
        note = self._standing.note
        wanted = note.wanted and note.offer is not None and self._free and not self._tried
        return wanted and not waits_for(self._sending(), any_link=note.any_link)

    def _look(self, source: MapSource) -> None:
        """What is offered; where nobody answers, what was known stays."""
        self._trouble = None
        try:
            offer = source.remote.base_map()
            if offer is not None:
                require_trusted(offer, source.signing_key)
        except NeedsPerson as error:
            if error.code not in _LINKS_OWN:
                self._standing.offered(None, error)
        except FieldError as error:
            self._trouble = error
        else:
            self._standing.offered(offer, None)
        self._looked_at = self._clock.monotonic()

    def _fetch(self, source: MapSource) -> None:
        if self._standing.settled():
            return
        started = self._standing.done
        offer = self._standing.begin()
        if offer is None:
            return
        try:
            require_trusted(offer, source.signing_key)
            self._bring(source.remote, offer)
        except FieldError as error:
            self._broke_off(error, offer, moved=self._standing.done - started)
        else:
            self._standing.arrived()

    def _bring(self, remote: Remote, offer: MapOffer) -> None:
        part = MapPart(self._folder, offer)
        started = told = part.have
        self._standing.came(started)
        self._standing.retell()
        if not part.is_whole:
            self._folder.require_room(offer.bytes - part.have)
            with _ending(remote.base_map_bytes(offer, part.have)) as chunks:
                for have in part.take(chunks):
                    self._standing.came(have)
                    if have - told >= max(STEP_BYTES, offer.bytes // 200):
                        told = have
                        self._standing.retell()
                    if have - started >= offer.piece_bytes:
                        self._standing.piece_was_sound()
                    self._go_on()
        part.finish()

    def _go_on(self) -> None:
        """Between two chunks: give way to a round, to the person, and to the rules."""
        with self._news:
            self._news.wait_for(lambda: self._free or self._stopped, HOLD_S)
            if self._stopped:
                raise RetryLater("interrupted")
            note = self._standing.note
            rule = waits_for(self._sending(), any_link=note.any_link)
            if not self._free or not note.wanted or rule:
                raise RetryLater(GIVES_WAY)

    def _broke_off(self, error: FieldError, offer: MapOffer, *, moved: int) -> None:
        """Wait for the next good round, or for a person."""
        with self._news:
            if not self._standing.broke_off(error, offer):
                return
            if error.code == GIVES_WAY:
                self._tried = False
                return
            self._look_wanted = self._look_wanted or error.code == "base_map_replaced"
            free = self._free
        if free:
            counts = error.code != "base_map_altered"
            self._again(counts and moved >= min(STEP_BYTES, offer.piece_bytes))


@contextmanager
def _ending(chunks: Iterator[bytes]) -> Iterator[Iterator[bytes]]:
    """An iteration that is left early lets go of its connection at once."""
    try:
        yield chunks
    finally:
        close = getattr(chunks, "close", None)
        if close is not None:
            close()
