"""Tells a person by the desktop what came about since the last look, unless a window is there to tell it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from sync.contract.errors import NeedsPerson
from sync.link import Link
from sync.link_state import LinkState
from sync.notices import Notice, Standing, notices
from sync.replica.database import DatabaseError


class Announcer:
    """Used by the daemon's loop. The first look after the store was opened tells nothing."""

    def __init__(
        self,
        tell: Callable[[Notice], None],
        *,
        watched: Callable[[], bool],
        officers: Callable[[], tuple[str, ...]],
    ) -> None:
        self._tell = tell
        self._watched = watched
        self._officers = officers
        self._before: Standing | None = None

    def look(self, link: Link, state: LinkState) -> None:
        """Compare with the look before; a store that cannot be read is met by whoever needs it."""
        with suppress(DatabaseError, NeedsPerson):
            trouble = state.code if state.link == "needs_you" else ""
            now = link.standing(self._officers(), trouble)
            before, self._before = self._before, now
            if before is None or self._watched():
                return
            for notice in notices(before, now):
                self._tell(notice)

    def forget(self) -> None:
        """The store was shut."""
        self._before = None
