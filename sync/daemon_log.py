"""The daemon's log: JSON lines in the data folder, a file a week, half a year of them.

It says what happened, in codes and counts, never what was in it: no notes, names, plates, places or keys. A
fault of ours is told by its kind and where it happened; its message could quote somebody's text.
"""

from __future__ import annotations

import logging
import os
import traceback
from contextlib import suppress
from logging.handlers import TimedRotatingFileHandler

import structlog

from sync.replica.folder import DataFolder

WEEKS_KEPT = 27


class _Patient(TimedRotatingFileHandler):
    """A log that could not be written (the disk is full, say) must not stop what it tells of."""

    def handleError(self, record: logging.LogRecord) -> None:
        """Let the line go."""

    def close(self) -> None:
        """Close, whatever could not be written any more."""
        with suppress(OSError):
            super().close()


class DaemonLog:
    """Writes events; ``close`` at the end."""

    def __init__(self, folder: DataFolder) -> None:
        logs = folder.root / "logs"
        with suppress(OSError):
            logs.mkdir(mode=0o700, exist_ok=True)
        self._handler = _Patient(
            logs / "sync.log", when="W0", backupCount=WEEKS_KEPT, encoding="utf-8", utc=True, delay=True
        )
        plain = logging.Logger("fieldapp-sync", logging.INFO)  # not registered: nobody else's settings apply
        plain.addHandler(self._handler)
        self._log = structlog.wrap_logger(
            plain,
            processors=[
                structlog.processors.add_log_level,
                structlog.processors.TimeStamper(fmt="iso", utc=True),
                structlog.processors.JSONRenderer(),
            ],
            wrapper_class=structlog.BoundLogger,
            cache_logger_on_first_use=True,
            pid=os.getpid(),
        )

    def info(self, event: str, **facts: str | int | float | bool) -> None:
        """Something that is as it should be."""
        self._log.info(event, **facts)

    def warning(self, event: str, **facts: str | int | float | bool) -> None:
        """Something that passes or that a person must see to."""
        self._log.warning(event, **facts)

    def fault(self, event: str, error: BaseException) -> None:
        """Our own mistake: its kind and its path through the code, without its message."""
        steps = [
            f"{os.path.basename(f.filename)}:{f.lineno} {f.name}"
            for f in traceback.extract_tb(error.__traceback__)
        ]
        self._log.error(event, kind=type(error).__name__, steps=steps[-12:])

    def close(self) -> None:
        """Close the file."""
        self._handler.close()
