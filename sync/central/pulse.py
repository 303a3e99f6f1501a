"""Wakes long polls: at once for commits of this process, within a poll interval for those of another."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

from sync.central.store.store import Store


class Pulse:
    """Lives on one event loop; ``beat`` may be called from any thread."""

    def __init__(self, store: Store, poll_s: float) -> None:
        self._store = store
        self._poll_s = poll_s
        self._loop: asyncio.AbstractEventLoop | None = None
        self._news = asyncio.Event()
        self._closed = False
        self.waiting = 0
        store.on_commit(self.beat)

    def start(self) -> None:
        """Take the running loop as the one to wake."""
        self._loop = asyncio.get_running_loop()

    def beat(self) -> None:
        """Something was committed."""
        loop = self._loop
        if loop is not None and not loop.is_closed():
            loop.call_soon_threadsafe(self._wake)

    def close(self) -> None:
        """Send every waiting poll home."""
        self._closed = True
        self._wake()

    def _wake(self) -> None:
        news, self._news = self._news, asyncio.Event()
        news.set()

    async def wait(self, head: int, seconds: float, clock: Callable[[], float] = time.monotonic) -> bool:
        """Wait until something is newer than ``head``; False when the time is over or central stops."""
        self.waiting += 1
        try:
            return await self._wait(head, clock() + seconds, clock)
        finally:
            self.waiting -= 1

    async def _wait(self, head: int, until: float, clock: Callable[[], float]) -> bool:
        while not self._closed:
            news = self._news
            if await asyncio.to_thread(self._store.head) > head:
                return True
            left = until - clock()
            if left <= 0:
                return False
            try:
                await asyncio.wait_for(news.wait(), min(left, self._poll_s))
            except TimeoutError:
                continue
        return False
