"""What central does for itself from time to time: look for lost files, sweep out what is old."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from sync.replica.database import DatabaseError

LOG = logging.getLogger(__name__)

Task = Callable[[], object]


class Upkeep:
    """Runs its tasks one after the other, at once and then every ``every_s``, until cancelled."""

    def __init__(
        self, tasks: tuple[Task, ...], work: Callable[[Task], Awaitable[object]], every_s: float
    ) -> None:
        self._tasks = tasks
        self._work = work
        self._every_s = every_s

    async def run(self) -> None:
        """Go on for as long as central serves. A disk in trouble is told and tried again the next time."""
        while True:
            for task in self._tasks:
                try:
                    await self._work(task)
                except (OSError, DatabaseError) as error:
                    LOG.warning("upkeep: %s: %s", getattr(task, "__qualname__", task), error)
            await asyncio.sleep(self._every_s)
