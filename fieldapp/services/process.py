"""What the window's process needs around Qt: logs, a way to be told to end, a renderer that works here."""

from __future__ import annotations

import ctypes
import logging
import logging.handlers
import os
import signal
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import structlog
from PySide6.QtCore import (
    QMessageLogContext,
    QObject,
    QSocketNotifier,
    QtMsgType,
    Slot,
    qInstallMessageHandler,
)
from PySide6.QtGui import QOpenGLContext
from PySide6.QtQuick import QQuickWindow, QSGRendererInterface

GRAPHICS_DEVICES = ("dri/renderD*", "dri/card*", "nvidia[0-9]*", "mali*", "kgsl*", "galcore*", "pvr*")
ALLOCATOR = {-8: 2, -3: 1 << 20, -1: 1 << 20}
"""Of glibc's ``mallopt``: M_ARENA_MAX, M_MMAP_THRESHOLD, M_TRIM_THRESHOLD."""
LOG_BYTES, LOG_FILES = 1_000_000, 5
LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


class _Patient(logging.handlers.RotatingFileHandler):
    """A line that could not be written (the disk is full, say) is let go, without a word on the terminal."""

    def handleError(self, record: logging.LogRecord) -> None:
        """Let the line go."""


def keep_logs(folder: Path) -> None:
    """Everything from information up goes to a rotating file; errors go to the terminal too."""
    handlers: list[logging.Handler] = [logging.StreamHandler(sys.stderr)]
    handlers[0].setLevel(logging.ERROR)
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        handlers.append(log_file(folder))
    except OSError:
        pass
    logging.basicConfig(level=logging.INFO, handlers=handlers, format="%(asctime)s %(levelname)s %(message)s")
    structlog.configure(
        processors=[
            structlog.stdlib.add_log_level,
            structlog.processors.format_exc_info,
            structlog.processors.KeyValueRenderer(key_order=["event"]),
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    qInstallMessageHandler(_log_qt)


def log_file(folder: Path) -> logging.Handler:
    """The rotating file in this folder."""
    return _Patient(
        folder / "app.log", maxBytes=LOG_BYTES, backupCount=LOG_FILES, encoding="utf-8", delay=True
    )


def _log_qt(kind: QtMsgType, context: QMessageLogContext, message: str | None) -> None:
    logging.getLogger(context.category or "qt").log(LEVELS.get(kind, logging.INFO), "%s", message or "")


def choose_renderer() -> None:
    """Draw in software where no device draws. Call after the application, before the first window.

    Without a graphics device OpenGL is Mesa's own software, which takes a hundred megabytes more than Qt's.
    """
    if os.environ.get("QT_QUICK_BACKEND"):
        return
    if not has_graphics_device() or not QOpenGLContext().create():
        QQuickWindow.setGraphicsApi(QSGRendererInterface.GraphicsApi.Software)


def has_graphics_device(devices: Path = Path("/dev")) -> bool:
    """Whether something but the processor can draw; elsewhere than on Linux that is not asked."""
    if not sys.platform.startswith("linux"):
        return True
    return any(True for pattern in GRAPHICS_DEVICES for _ in devices.glob(pattern))


def return_memory() -> None:
    """Have the allocator give large pieces back when they are freed, and keep few pools for threads.

    A photo of 12 megapixels is 48 MB while it is worked on; left alone, the pools keep some of that for good.
    """
    if not sys.platform.startswith("linux"):
        return
    with suppress(OSError, AttributeError):  # another C library does as it does
        mallopt = ctypes.CDLL(None).mallopt
        for option, value in ALLOCATOR.items():
            mallopt(option, value)


class EndSignals(QObject):
    """Tells the window's loop of SIGINT and SIGTERM, which Python alone would hear only at its next step."""

    def __init__(self, end: Callable[[], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._end = end
        self._ours, self._pythons = socket.socketpair()
        self._ours.setblocking(False)
        self._pythons.setblocking(False)
        self._before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
        self._wakeup = signal.set_wakeup_fd(self._pythons.fileno(), warn_on_full_buffer=False)
        for number in self._before:
            signal.signal(number, lambda *_: None)
        self._notifier = QSocketNotifier(self._ours.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_signal)

    def close(self) -> None:
        """Give the signals back."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._wakeup)
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._ours.close()
        self._pythons.close()

    @Slot()
    def _on_signal(self) -> None:
        self._ours.recv(64)
        self._end()
