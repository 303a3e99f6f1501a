"""What the daemon does for the store between two turns: good copies, and a weekly look at all originals.

In small pieces. A photo that is not what was saved is marked, logged in the device's own
journal of events and told to whoever listens; it is never sent, and holds up no other.
"""

from __future__ import annotations

from contextlib import suppress

from sync.clock import Clock
from sync.contract.errors import FieldError
from sync.listener import Listener
from sync.originals import state_of
from sync.replica.checks import Original
from sync.replica.copies import copies_in
from sync.replica.work import WorkStore

COPY_EVERY_S = 6 * 3600.0
COPY_FROM_BYTES = 16_000_000
"""A journal as long as this is reason enough for a copy."""
COPY_RETRY_S = 600.0
SLICE_S = 0.5
_AT_ONCE = 50
CODES = {"missing": "file_missing", "changed": "file_changed", "unreadable": "file_changed"}


class Caretaker:
    """Used by the daemon's one thread, like the store it looks after."""

    def __init__(self, work: WorkStore, clock: Clock, listener: Listener) -> None:
        self._work = work
        self._clock = clock
        self._listener = listener
        self._copied_bytes = -1
        """How long the journal was after the last copy: nobody has made anything while it stays that."""
        self._copy_again_at = 0.0
        self._look_again_at = 0.0

    def step(self) -> None:
        """A little of what is due."""
        self._copy_if_due()
        self._look_at_some()

    def _copy_if_due(self) -> None:
        now, length = self._clock.monotonic(), self._work.journal_bytes()
        if length == self._copied_bytes or now < self._copy_again_at:
            return
        if length < COPY_FROM_BYTES and self._newest_copy_s() < COPY_EVERY_S:
            self._copy_again_at = now + COPY_RETRY_S
            return
        self._copy_again_at = now + COPY_RETRY_S
        with suppress(FieldError):  # no room, say: what is not copied is in the journal
            if self._work.make_copy() is not None:
                self._copied_bytes = self._work.journal_bytes()

    def _newest_copy_s(self) -> float:
        """How old the newest copy is; one from a time that is still to come is as good as none."""
        copies = copies_in(self._work.folder)
        if not copies:
            return COPY_EVERY_S
        age_s = self._clock.now().timestamp() - copies[0].path.stat().st_mtime
        return age_s if age_s >= 0 else COPY_EVERY_S

    def _look_at_some(self) -> None:
        begun = self._clock.monotonic()
        if begun < self._look_again_at:
            return
        due = self._work.checks.due(self._clock.now(), _AT_ONCE)
        if not due:
            self._look_again_at = begun + 60.0
            return
        for original in due:
            self._look_at(original)
            if self._clock.monotonic() - begun >= SLICE_S:
                return

    def _look_at(self, original: Original) -> None:
        now = self._clock.now()
        what = state_of(self._work, original.sha256, original.media_type)
        if not what or (what == "missing" and self._work.uploads.is_at_central(original.sha256)):
            with self._work.noting():
                self._work.checks.note(original.sha256, now, "")
            return
        owners = self._work.checks.owners(original.sha256)
        with self._work.act():
            self._work.checks.note(original.sha256, now, what)
            self._work.uploads.hold_back(original.sha256, CODES[what])
            self._work.meta.log_event(
                now, "original_damaged", "", {"sha256": original.sha256, "what": what, "owners": owners}
            )
        self._listener.records(set(owners))
