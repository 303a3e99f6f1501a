"""Time as a parameter: wall clock, monotonic clock and boot id behind one small protocol."""

from __future__ import annotations

import time
import uuid
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

BOOT_ID_FILE = Path("/proc/sys/kernel/random/boot_id")
_SINCE_BOOT: int | None = getattr(time, "CLOCK_BOOTTIME", None)


class Clock(Protocol):
    """What a device knows of time."""

    boot_id: str

    def now(self) -> datetime:
        """Wall time, UTC. May be wrong; never used for order."""
        ...

    def monotonic(self) -> float:
        """Seconds since some moment of this boot; never goes back."""
        ...


class SystemClock:
    """The machine's own clocks. Where the kernel names no boot, a fresh id per process stands for it."""

    def __init__(self) -> None:
        try:
            self.boot_id = BOOT_ID_FILE.read_text().strip()
        except OSError:
            self.boot_id = str(uuid.uuid4())

    def now(self) -> datetime:
        """Wall time, UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Seconds since the start, those asleep among them where the system counts them."""
        return time.monotonic() if _SINCE_BOOT is None else time.clock_gettime(_SINCE_BOOT)
