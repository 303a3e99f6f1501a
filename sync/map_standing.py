"""How it stands with the base map that central offers: what is known, wished, under way, and what went wrong.

    offered → wished → begun → came on … → arrived
                     ↖ broken off (tried again) ↘ lost (the wish is gone, a person is told why)

Every change is made under one lock, kept on the disk at once where it must outlive a kill, and told when it
shows. What moves a map, and when, is the keeper's.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress

import msgspec

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
from sync.replica.folder import DataFolder
from sync.replica.map_note import MapNote, is_in_force, read_note, with_held, write_note
from sync.replica.map_part import part_bytes, remove_parts
from sync.sending import Sending

ALTERED_MAX = 3
"""So many wrong pieces in a row, and nobody waits for the right one any more."""
GIVES_WAY = "gives_way"
"""The code of a fetch that let a round, a person or the rules go first: nothing went wrong."""


class MapStanding:
    """From any thread. ``news`` is the lock, and wakes whoever waits for a change."""

    def __init__(
        self, folder: DataFolder, sending: Callable[[], Sending], tell: Callable[[Message], None]
    ) -> None:
        self._folder = folder
        self._sending = sending
        self._tell = tell
        self.news = threading.Condition(threading.RLock())
        self._telling = threading.Lock()  # taken before the other, so that the last told is how it stands
        self._note = read_note(folder)
        self._error: FieldError | None = None
        self._moving = self._failed = False
        self._altered = 0
        self._done = 0 if self._note.offer is None else part_bytes(folder, self._note.offer)
        self._told = self.state

    @property
    def note(self) -> MapNote:
        """What is offered and wished."""
        return self._note

    @property
    def done(self) -> int:
        """So many bytes have come."""
        return self._done

    @property
    def error(self) -> FieldError | None:
        """Why it does not go on, or went wrong."""
        return self._error

    @property
    def state(self) -> MapState:
        """How it stands at this moment, as a person should see it."""
        with self.news:
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

    def retell(self) -> None:
        """Tell how it stands, if that is not what was told."""
        with self._telling:
            state = self.state
            if state != self._told:
                self._told = state
                self._tell({"event": "base_map", **msgspec.structs.asdict(state)})

    def offered(self, offer: MapOffer | None, error: FieldError | None) -> None:
        """Central answered; what had come of another map goes, and so does the wish for it."""
        with self.news:
            note = self._note
        wanted = note.wanted and offer is not None
        fresh = with_held(self._folder, msgspec.structs.replace(note, offer=offer, wanted=wanted))
        if is_in_force(self._folder, fresh):
            fresh = msgspec.structs.replace(fresh, wanted=False, any_link=False)
        with self.news:
            other = _sha256(note.offer) != _sha256(offer)
            if other:
                self._drop_parts()
                self._error, self._failed = None, False
            self._error = error or self._error
            self._keep(msgspec.structs.replace(fresh, wanted=fresh.wanted and self._note.wanted))

    def wish(self, *, any_link: bool) -> None:
        """A person wants it; what went wrong before counts no more."""
        with self.news:
            if self._note.offer is None:
                raise RetryLater("base_map_none")
            self._keep(msgspec.structs.replace(self._note, wanted=True, any_link=any_link))
            self._error, self._failed, self._altered = None, False, 0

    def give_up(self) -> None:
        """A person does not want it after all; what is under way ends by itself, and clears up then."""
        with self.news:
            self._keep(msgspec.structs.replace(self._note, wanted=False, any_link=False))
            self._error, self._failed = None, False
            if not self._moving:
                self._drop_parts()

    def settled(self) -> bool:
        """Whether what is wished lies here already: a kill may have come between the swap and its note."""
        with self.news:
            note = self._note
        fresh = with_held(self._folder, note)
        if not is_in_force(self._folder, fresh):
            return False
        with self.news:
            self._keep(msgspec.structs.replace(fresh, wanted=False, any_link=False))
        return True

    def begin(self) -> MapOffer | None:
        """It is being fetched from now on; None where nothing is offered any more."""
        with self.news:
            offer = self._note.offer
            if offer is not None:
                self._moving, self._error = True, None
            return offer

    def came(self, done: int) -> None:
        """So much has come."""
        self._done = done

    def piece_was_sound(self) -> None:
        """A whole piece came and was the right one."""
        self._altered = 0

    def broke_off(self, error: FieldError, offer: MapOffer) -> bool:
        """It stopped; whether it goes on when the next good round has gone through."""
        with self.news:
            self._moving = False
            gone = not self._note.wanted
            if error.code == "base_map_altered":
                self._altered += 1
            if error.code == "disk_full":
                facts = {"megabytes": -(-offer.bytes // 1_000_000)}
                error = NeedsPerson("map_no_room", **facts)
            lost = isinstance(error, InputRefused) or error.code in ("map_no_room", "base_map_forged")
            if gone or lost or self._altered >= ALTERED_MAX:
                self._drop_parts()
                self._altered = 0
                self._keep(msgspec.structs.replace(self._note, wanted=False, any_link=False))
                self._error, self._failed = (None, False) if gone else (error, True)
                return False
            if error.code != GIVES_WAY:
                self._error = error
            return True

    def arrived(self) -> None:
        """It is here and in force."""
        with self.news:
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


def _sha256(offer: MapOffer | None) -> str:
    return "" if offer is None else offer.sha256
