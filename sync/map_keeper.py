"""The base map that central offers, brought in beside the rounds: asked for now and then, fetched on wish.

    a round went through, nothing left to send → free → look: what is offered? → fetch what a person wished
    a round begins → held: the next chunk waits, after a moment the connection is let go of

Records and photos always go first: nothing of a map moves while a round runs, failed, or has left something.
The wish is on the disk, so is what has come: a kill or a cut is followed by going on. There are no timers
here; what failed is tried after the next good round, which ``again`` asks for.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import msgspec

from sync.clock import Clock
from sync.contract.errors import FieldError, InputRefused, NeedsPerson, RetryLater
from sync.contract.map_offer import MapOffer
from sync.control import Message
from sync.link_state import plain
from sync.map_state import (
    FAILED,
    FETCHING,
    HERE,
    READY,
    WAITING,
    WAITS_SENDING,
    MapState,
    state_of,
    waits_for,
)
from sync.remote.base import Remote
from sync.replica.folder import DataFolder
from sync.replica.map_note import MapNote, is_in_force, read_note, with_held, write_note
from sync.replica.map_part import MapPart, part_bytes, remove_parts, require_trusted
from sync.sending import Sending

LOOK_EVERY_S = 3600.0
HOLD_S = 5.0
"""How long a connection waits for a round to end before it is let go of."""
JOIN_S = 5.0
STEP_BYTES = 256 << 10
"""Progress is told, and counts as such, from so many bytes on."""
ALTERED_MAX = 3
"""So many wrong pieces in a row, and nobody waits for the right one any more."""
_GAVE_WAY = "gives_way"
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
        self._tell = tell
        self._again = again
        self._news = threading.Condition(threading.RLock())
        self._telling = threading.Lock()  # taken before the other, so that the last told is how it stands
        self._note = read_note(folder)
        self._thread: threading.Thread | None = None
        self._looked_at: float | None = None
        self._look_wanted = self._free = self._tried = self._moving = self._stopped = False
        self._error: FieldError | None = None
        self._trouble: FieldError | None = None
        self._failed = False
        self._altered = 0
        self._done = 0 if self._note.offer is None else part_bytes(folder, self._note.offer)
        self._told = self.state

    @property
    def state(self) -> MapState:
        """How it stands at this moment; from any thread."""
        with self._news:
            offer, error = self._note.offer, self._error
            code, facts = (error.code, plain(error.facts)) if error is not None else ("", {})
            if is_in_force(self._folder, self._note):
                return state_of(offer, HERE, 0 if offer is None else offer.bytes)
            if self._moving:
                return state_of(offer, FETCHING, self._done)
            if self._note.wanted:
                rule = waits_for(self._sending(), any_link=self._note.any_link)
                return state_of(
                    offer, WAITING, self._done, rule or code or WAITS_SENDING, {} if rule else facts
                )
            return state_of(offer, FAILED if self._failed else READY, self._done, code, facts)

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
        self._retell()
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
            if self._note.offer is None:
                raise RetryLater("base_map_none")
            self._keep(msgspec.structs.replace(self._note, wanted=True, any_link=any_link))
            self._free = True
        self._fetch(source)
        self._retell()
        if self._error is not None:
            raise self._error
        return self.state

    def fetch(self, *, any_link: bool) -> None:
        """A person wants what is offered; ``any_link`` also over one that costs."""
        with self._news:
            if self._note.offer is None:
                raise RetryLater("base_map_none")
            self._keep(msgspec.structs.replace(self._note, wanted=True, any_link=any_link))
            self._error, self._failed, self._tried, self._altered = None, False, False, 0
        self._wake()

    def give_up(self) -> None:
        """A person does not want it after all: what has come goes."""
        with self._news:
            self._keep(msgspec.structs.replace(self._note, wanted=False, any_link=False))
            self._error, self._failed = None, False
            if not self._moving:
                self._drop_parts()
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
            wanted = self._note.wanted
        if wanted:
            self._retell()

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
        self._retell()

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
            self._retell()

    @property
    def _can_look(self) -> bool:
        return self._look_wanted and self._source() is not None

    @property
    def _can_fetch(self) -> bool:
        note = self._note
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
                self._take_offer(None, error)
        except FieldError as error:
            self._trouble = error
        else:
            self._take_offer(offer, None)
        self._looked_at = self._clock.monotonic()

    def _take_offer(self, offer: MapOffer | None, error: FieldError | None) -> None:
        with self._news:
            note = self._note
        wanted = note.wanted and offer is not None
        fresh = with_held(self._folder, msgspec.structs.replace(note, offer=offer, wanted=wanted))
        if is_in_force(self._folder, fresh):
            fresh = msgspec.structs.replace(fresh, wanted=False, any_link=False)
        with self._news:
            other = _sha256(note.offer) != _sha256(offer)
            if other:
                self._drop_parts()
                self._error, self._failed = None, False
            self._error = error or self._error
            self._keep(msgspec.structs.replace(fresh, wanted=fresh.wanted and self._note.wanted))

    def _fetch(self, source: MapSource) -> None:
        if self._settled():
            return
        with self._news:
            offer, started = self._note.offer, self._done
            if offer is None:
                return
            self._moving, self._error = True, None
        try:
            require_trusted(offer, source.signing_key)
            self._bring(source.remote, offer)
        except FieldError as error:
            self._broke_off(error, offer, moved=self._done - started)
        else:
            self._arrived()

    def _settled(self) -> bool:
        """Whether what is wished lies here already: a kill may have come between the swap and its note."""
        with self._news:
            note = self._note
        fresh = with_held(self._folder, note)
        if not is_in_force(self._folder, fresh):
            return False
        with self._news:
            self._keep(msgspec.structs.replace(fresh, wanted=False, any_link=False))
        return True

    def _bring(self, remote: Remote, offer: MapOffer) -> None:
        part = MapPart(self._folder, offer)
        started = self._done = told = part.have
        self._retell()
        if not part.is_whole:
            self._folder.require_room(offer.bytes - part.have)
            with _ending(remote.base_map_bytes(offer, part.have)) as chunks:
                for have in part.take(chunks):
                    self._done = have
                    if have - told >= max(STEP_BYTES, offer.bytes // 200):
                        told = have
                        self._retell()
                    if have - started >= offer.piece_bytes:
                        self._altered = 0
                    self._go_on()
        part.finish()

    def _go_on(self) -> None:
        """Between two chunks: give way to a round, to the person, and to the rules."""
        with self._news:
            self._news.wait_for(lambda: self._free or self._stopped, HOLD_S)
            if self._stopped:
                raise RetryLater("interrupted")
            note = self._note
            rule = waits_for(self._sending(), any_link=note.any_link)
            if not self._free or not note.wanted or rule:
                raise RetryLater(_GAVE_WAY)

    def _broke_off(self, error: FieldError, offer: MapOffer, *, moved: int) -> None:
        """Wait for the next good round, or for a person."""
        with self._news:
            self._moving = False
            gone = not self._note.wanted
            if error.code == "base_map_altered":
                self._altered += 1
                moved = 0
            if error.code == "disk_full":
                facts = {"megabytes": -(-offer.bytes // 1_000_000)}
                error = NeedsPerson("map_no_room", **facts)
            lost = isinstance(error, InputRefused) or error.code in ("map_no_room", "base_map_forged")
            if gone or lost or self._altered >= ALTERED_MAX:
                self._drop_parts()
                self._altered = 0
                self._keep(msgspec.structs.replace(self._note, wanted=False, any_link=False))
                self._error, self._failed = (None, False) if gone else (error, True)
                return
            if error.code == _GAVE_WAY:
                self._tried = False
                return
            self._error = error
            self._look_wanted = self._look_wanted or error.code == "base_map_replaced"
            free = self._free
        if free:
            self._again(moved >= min(STEP_BYTES, offer.piece_bytes))

    def _arrived(self) -> None:
        with self._news:
            self._moving, self._altered = False, 0
            self._done = 0
            note = with_held(self._folder, msgspec.structs.replace(self._note, held=None))
            self._keep(msgspec.structs.replace(note, wanted=False, any_link=False))

    def _drop_parts(self) -> None:
        remove_parts(self._folder)
        self._done = 0

    def _keep(self, note: MapNote) -> None:
        """In memory in any case: a disk that is full must not undo what is known."""
        if note != self._note:
            self._note = note
            with suppress(NeedsPerson):
                write_note(self._folder, note)

    def _retell(self) -> None:
        with self._telling:
            state = self.state
            if state != self._told:
                self._told = state
                self._tell({"event": "base_map", **msgspec.structs.asdict(state)})


@contextmanager
def _ending(chunks: Iterator[bytes]) -> Iterator[Iterator[bytes]]:
    """An iteration that is left early lets go of its connection at once."""
    try:
        yield chunks
    finally:
        close = getattr(chunks, "close", None)
        if close is not None:
            close()


def _sha256(offer: MapOffer | None) -> str:
    return "" if offer is None else offer.sha256
