"""Whose turn it is to write an upload: the newest request, as soon as the one before has let go.

A tablet whose link broke comes back on a new connection while the old one still looks alive here; the old
one must give way, or the tablet would wait for a time-out.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Turn:
    """One request's hold on an upload. ``stirred`` wakes whoever has it: to let go, or to look after it."""

    def __init__(self) -> None:
        self.is_superseded = False
        self.stirred = asyncio.Event()
        self.over = asyncio.Event()

    def supersede(self) -> None:
        """Somebody newer waits for it."""
        self.is_superseded = True
        self.stirred.set()


class Turns:
    """The turns of all uploads, on one event loop."""

    def __init__(self) -> None:
        self._newest: dict[str, Turn] = {}

    @asynccontextmanager
    async def take(self, key: str) -> AsyncIterator[Turn]:
        """Hold ``key`` alone, after asking whoever holds it to let go."""
        before = self._newest.get(key)
        mine = self._newest[key] = Turn()
        try:
            if before is not None:
                before.supersede()
                await before.over.wait()
            yield mine
        finally:
            mine.over.set()
            if self._newest.get(key) is mine:
                del self._newest[key]
