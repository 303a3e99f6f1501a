"""The cuttable link in a thread of its own, so that a busy window never slows it down."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from typing import Any, TypeVar

from fieldapp.demo.link import CuttableLink

T = TypeVar("T")


class LinkThread:
    """What the player holds of the link: limit it, cut it, mend it."""

    def __init__(self, target_port: int) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="link", daemon=True)
        self._thread.start()
        self._link = CuttableLink(target_port)
        self.mend()

    @property
    def url(self) -> str:
        """The address the tablet is given."""
        return f"https://127.0.0.1:{self._link.port}"

    def limit(self, bytes_per_s: float, crawl_after: int = 0) -> None:
        """Let the tablet send no faster than this (0: as it likes); after so many bytes next to nothing."""
        self._link.limit(bytes_per_s, crawl_after)

    def cut(self) -> None:
        """Cut the link and every connection over it."""
        self._do(self._link.cut())

    def mend(self) -> None:
        """Let it work again."""
        self._do(self._link.mend())

    def close(self) -> None:
        """Cut for good and end the thread."""
        self._do(self._link.end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(60)

    def _do(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(60)
