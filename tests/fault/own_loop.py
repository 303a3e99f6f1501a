"""An asyncio loop in a thread of its own, for proxies that stand beside a test."""

from __future__ import annotations

import asyncio
import gc
import threading
import warnings
from collections.abc import Coroutine
from typing import Any


class OwnLoop:
    """Starts with ``start`` and ends with ``stop``, which cancels whatever still runs in it."""

    def __init__(self, name: str) -> None:
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self.loop.run_forever, name=name)

    def start(self) -> None:
        """Begin to run."""
        self._thread.start()

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        """Run something in the loop and wait for it."""
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(60)

    def stop(self) -> None:
        """Cancel everything, then end."""
        self.run(_cancel_all())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join(20)
        self.loop.close()
        with warnings.catch_warnings():  # what was broken on purpose is collected here, not in another test
            warnings.simplefilter("ignore", ResourceWarning)
            gc.collect()


async def _cancel_all() -> None:
    me = asyncio.current_task()
    await asyncio.sleep(0.05)  # a task that never began would leave its connection behind
    while tasks := [task for task in asyncio.all_tasks() if task is not me]:
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks, timeout=5)
    await asyncio.sleep(0.05)  # connections that were given up are let go in the loop's next turns
