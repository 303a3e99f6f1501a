"""The time of a played day: the machine's clock, and jumps ahead for everybody at once."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path


class DayTime:
    """``file`` holds the seconds it is ahead: central, a process of its own, reads them there."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._ahead = 0.0
        self._write()

    def now(self) -> datetime:
        """The moment of the day, in UTC."""
        return datetime.now(UTC) + timedelta(seconds=self._ahead)

    def monotonic(self) -> float:
        """Seconds that only grow, jumps included."""
        return time.monotonic() + self._ahead

    def advance(self, seconds: float) -> None:
        """Let so much time pass at once."""
        self._ahead += seconds
        self._write()

    def _write(self) -> None:
        new = self.file.with_suffix(".new")
        new.write_text(str(self._ahead), encoding="ascii")
        os.replace(new, self.file)


class TabletClock:
    """A tablet's clock: the time of the day, its wall clock off by so much."""

    boot_id = "0190a0a0-0000-7000-8000-00000000b007"

    def __init__(self, day: DayTime, wrong_by: timedelta) -> None:
        self._day = day
        self._wrong_by = wrong_by

    def now(self) -> datetime:
        """The wall clock."""
        return self._day.now() + self._wrong_by

    def monotonic(self) -> float:
        """Seconds since some moment."""
        return self._day.monotonic()
