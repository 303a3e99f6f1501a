"""Where central keeps its files, and the few numbers a city may set."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import msgspec

DEFAULT_HOSTS = ("localhost", "127.0.0.1", "::1")


class Settings(msgspec.Struct, frozen=True):
    """``data`` is the folder that holds everything central must not lose."""

    data: Path
    hosts: tuple[str, ...] = DEFAULT_HOSTS
    token_life: timedelta = timedelta(days=30)
    upload_life: timedelta = timedelta(days=7)
    uploads_per_device: int = 256
    snapshot_lag: int = 20_000
    """Reference changes after which the snapshot is built anew; until then tablets pull them."""
    poll_s: float = 0.2
    """How often a long poll looks for changes committed by another process."""
    crowd: int = 64
    """How many pieces of work may wait for a thread before further requests are turned away."""
    reserve_bytes: int = 256 << 20
    """Free space below which central calls itself not ready."""
    upkeep_s: float = 3600.0
    """How often it looks whether all files are there and sweeps out what is old."""
    stall_s: float = 30.0
    """How long an upload may send nothing before central lets go of it."""

    @property
    def database(self) -> Path:
        """The one SQLite file."""
        return self.data / "central.db"

    @property
    def objects(self) -> Path:
        """Complete files by SHA-256: ``objects/ab/cdef…``."""
        return self.data / "objects"

    @property
    def uploads(self) -> Path:
        """Files that are still arriving."""
        return self.data / "uploads"

    @property
    def snapshots(self) -> Path:
        """Ready-built reference databases."""
        return self.data / "snapshots"

    @property
    def maps(self) -> Path:
        """The base map that tablets are offered."""
        return self.data / "maps"
