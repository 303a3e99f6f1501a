"""Whether central can do its work now: for whoever watches over it, and for what stands in front of it.

Asked often and by anybody, so the answer is kept for some seconds.
"""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from sync.central.settings import Settings
from sync.central.store.missing import Missing
from sync.central.store.store import Store
from sync.replica.database import DatabaseError

KEPT_S = 5.0

FOLDER_UNWRITABLE = "folder_unwritable"
DISK_NEARLY_FULL = "disk_nearly_full"
STORE_UNWRITABLE = "store_unwritable"
FILES_LOST = "files_lost"


class Readiness:
    """The troubles there are; none means ready."""

    def __init__(
        self,
        store: Store,
        settings: Settings,
        missing: Missing,
        timer: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store = store
        self._settings = settings
        self._missing = missing
        self._timer = timer
        self._lock = threading.Lock()
        self._kept: tuple[float, list[str]] | None = None

    def troubles(self) -> list[str]:
        """Codes of what is wrong, at most some seconds old."""
        with self._lock:
            now = self._timer()
            if self._kept is None or now - self._kept[0] >= KEPT_S:
                self._kept = now, list(self._look())
            return self._kept[1]

    def _look(self) -> Iterator[str]:
        settings = self._settings
        if not all(_is_writable(folder) for folder in (settings.objects, settings.uploads)):
            yield FOLDER_UNWRITABLE
        if shutil.disk_usage(settings.data).free < settings.reserve_bytes:
            yield DISK_NEARLY_FULL
        try:
            with self._store.writing(durable=False) as db:
                db.execute("UPDATE counter SET value = value")
            if self._missing.count():
                yield FILES_LOST
        except DatabaseError:
            yield STORE_UNWRITABLE


def _is_writable(folder: Path) -> bool:
    probe = folder / ".ready"
    try:
        probe.write_bytes(b"1")
        probe.unlink()
    except OSError:
        return False
    return True
