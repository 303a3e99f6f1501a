"""Wakes long polls: at once for commits of this process, within a poll interval for those of another.

One task looks at the head of the sequence for all of them, and only while somebody waits.
"""

from __future__ import annotations

import asyncio

from sync.central.store.store import Store


class Pulse:
    """Lives on one event loop; ``beat`` may be called from any thread."""

    def __init__(self, store: Store, poll_s: float) -> None:
        self._store = store
        self._poll_s = poll_s
        self._loop: asyncio.AbstractEventLoop | None = None
        self._seen = 0
        self._closed = False
        self._look_now = asyncio.Event()
        self._news = asyncio.Event()
        self._looking: asyncio.Task[None] | None = None
        self.waiting = 0
        store.on_commit(self.beat)

    def start(self) -> None:
        """Take the running loop as the one to wake."""
        self._loop = asyncio.get_running_loop()

    def beat(self) -> None:
        """Something was committed here."""
        loop = self._loop
        if loop is not None and not loop.is_closed():
            loop.call_soon_threadsafe(self._look_now.set)

    def close(self) -> None:
        """Send every waiting poll home."""
        self._closed = True
        self._look_now.set()
        self._tell()

    async def wait(self, head: int, seconds: float) -> bool:
        """Wait until something is newer than ``head``; False when the time is over or central stops."""
        self.waiting += 1
        try:
            if self._looking is None or self._looking.done():
                self._looking = asyncio.create_task(self._look())
            async with asyncio.timeout(seconds):
                while self._seen <= head and not self._closed:
                    await self._news.wait()
        except TimeoutError:
            return False
        finally:
            self.waiting -= 1
        return not self._closed

    async def _look(self) -> None:
        while self.waiting and not self._closed:
            self._look_now.clear()
            seen = await asyncio.to_thread(self._store.head)
            if seen > self._seen:
                self._seen = seen
                self._tell()
            try:
                await asyncio.wait_for(self._look_now.wait(), self._poll_s)
            except TimeoutError:
                continue

    def _tell(self) -> None:
        news, self._news = self._news, asyncio.Event()
        news.set()
