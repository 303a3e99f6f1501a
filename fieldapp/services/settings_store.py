"""What the device's owner chose, in ``settings.json``: nothing personal, nothing secret.

A file that cannot be read counts as empty: a broken choice of theme must not keep anybody from work. Writing
happens in a thread of its own, the newest state wins.
"""

from __future__ import annotations

import queue
import threading
from typing import Literal

import msgspec
import structlog

from sync.contract.errors import FieldError
from sync.replica.files import durable_write
from sync.replica.folder import DataFolder

Language = Literal["zh", "en"]
ThemeName = Literal["day", "sunlight", "night"]
IDLE_CHOICES = (1, 2, 5, 10, 15)

log = structlog.get_logger(__name__)


class Settings(msgspec.Struct, frozen=True, omit_defaults=True):
    """The choices. ``position_source`` is "" (the device's own), ``gpsd``, or an NMEA address or file."""

    language: Language = "zh"
    theme: ThemeName = "day"
    text_scale: float = 1.0
    idle_minutes: int = 5
    position_source: str = ""
    sounds: bool = True
    map_left_out: tuple[str, ...] = ()
    """The map's layers that are not shown."""

    def checked(self) -> Settings:
        """The same with every number inside its bounds."""
        scale = min(2.0, max(1.0, self.text_scale))
        idle = min(max(IDLE_CHOICES), max(min(IDLE_CHOICES), self.idle_minutes))
        return msgspec.structs.replace(self, text_scale=scale, idle_minutes=idle)


class SettingsStore:
    """Reads at start, writes behind the window's back. ``current``: what is kept, under the run's options."""

    def __init__(self, folder: DataFolder, given: Settings | None = None) -> None:
        self._path = folder.settings
        self._kept = self.current = given or self._read()
        self._writes: queue.Queue[Settings | None] = queue.Queue()
        self._thread = threading.Thread(target=self._write_all, name="settings", daemon=True)
        self._thread.start()

    def change(self, **values: object) -> Settings:
        """Take a choice over at once, and keep it; what was asked for in this run alone is not kept."""
        self.current = msgspec.structs.replace(self.current, **values).checked()
        self._kept = msgspec.structs.replace(self._kept, **values).checked()
        self._writes.put(self._kept)
        return self.current

    def close(self) -> None:
        """Wait until the newest choice is on disk."""
        self._writes.put(None)
        self._thread.join()

    def _read(self) -> Settings:
        try:
            return msgspec.json.decode(self._path.read_bytes(), type=Settings).checked()
        except (OSError, msgspec.DecodeError):
            return Settings()

    def _write_all(self) -> None:
        while (settings := self._writes.get()) is not None:
            try:
                durable_write(self._path, msgspec.json.format(msgspec.json.encode(settings)) + b"\n")
            except FieldError as error:
                log.info("settings_not_kept", code=error.code)
