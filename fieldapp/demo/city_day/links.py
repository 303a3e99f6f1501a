"""A link of its own for every tablet, all in one thread, so that any of them can be cut at any moment."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from typing import Any, TypeVar

from fieldapp.demo.link import CuttableLink

T = TypeVar("T")


class Links:
    """Links to one port, by officer."""

    def __init__(self, target_port: int) -> None:
        self._target_port = target_port
        self._links: dict[str, CuttableLink] = {}
        self._soon: dict[str, asyncio.TimerHandle] = {}
        self._cutting: set[asyncio.Future[None]] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="links", daemon=True)
        self._thread.start()

    def open(self, officer: str) -> str:
        """A link for an officer's tablet; answers the address the tablet is given."""
        link = self._links[officer] = CuttableLink(self._target_port)
        self._do(link.mend())
        return f"https://127.0.0.1:{link.port}"

    def cut(self, officer: str) -> None:
        """Cut it, with whatever is on its way."""
        self._do(self._links[officer].cut())

    def cut_soon(self, officer: str, after_s: float) -> None:
        """Cut it in a moment, most likely in the middle of something."""

        def cut() -> None:
            cutting = asyncio.ensure_future(self._links[officer].cut())
            self._cutting.add(cutting)
            cutting.add_done_callback(self._cutting.discard)

        async def later() -> None:
            self._soon[officer] = self._loop.call_later(after_s, cut)

        self._do(later())

    def mend(self, officer: str) -> None:
        """Let it work again."""

        async def mend() -> None:
            soon = self._soon.pop(officer, None)
            if soon is not None:
                soon.cancel()
            await asyncio.gather(*self._cutting)
            await self._links[officer].mend()

        self._do(mend())

    @property
    def sent_bytes(self) -> int:
        """What all tablets have sent."""
        return sum(link.sent_bytes for link in self._links.values())

    def close(self) -> None:
        """Cut everything and end the thread."""
        for link in self._links.values():
            self._do(link.end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    def _do(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(60)
