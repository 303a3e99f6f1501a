"""Reading plates and codes out of frames and files, in a thread of its own: the GUI thread only asks.

One question at a time; the models are loaded with the first plate that is asked for and then kept.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import structlog
from PIL import Image
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage
from PySide6.QtMultimedia import QVideoFrame

from fieldapp.plates.found import PlateFound, PlateReading, open_reader
from fieldapp.qr.meaning import first_ours
from fieldapp.qr.reading import codes_in, codes_in_file
from fieldapp.services.camera_frame import frame_upright
from fieldapp.services.courier import Address
from sync.contract.errors import FieldError, InputRefused, RetryLater

log = structlog.get_logger(__name__)


class PictureReading(QObject):
    """``answered`` tells the ticket, and plates, a code's text ("" for none) or a ``FieldError``."""

    answered = Signal(int, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread = ThreadPoolExecutor(1, "reading")
        self._plates: PlateReading | None = None

    def read_plate(self, ticket: int, source: QVideoFrame | Path) -> None:
        """Plates in a frame or a file; ``plate_not_found`` for none."""
        self._ask(ticket, lambda: self._plates_in(source))

    def read_code(self, ticket: int, source: QVideoFrame | Path) -> None:
        """Our code in a frame ("" for none) or in a file (``qr_not_found`` for none)."""
        self._ask(ticket, lambda: _code_in(source))

    def close(self) -> None:
        """Finish what is being read, leave the rest."""
        self._thread.shutdown(wait=True, cancel_futures=True)
        self._plates = None

    def _ask(self, ticket: int, work: Callable[[], Any]) -> None:
        tell = Address(self._tell)

        def heard(future: Future[Any]) -> None:
            if future.cancelled():
                return
            error = future.exception()
            if error is not None and not isinstance(error, FieldError):
                log.error("picture_not_read", kind=type(error).__name__)
                error = FieldError("plate_reading_failed", kind=type(error).__name__)
            tell(ticket, error or future.result())

        self._thread.submit(work).add_done_callback(heard)

    def _plates_in(self, source: QVideoFrame | Path) -> list[PlateFound]:
        if self._plates is None:
            self._plates = open_reader()
        if isinstance(source, Path):
            return self._plates.read_file(source)
        found = self._plates.read(_picture(source, QImage.Format.Format_RGB888, "RGB"))
        if not found:
            raise InputRefused("plate_not_found")
        return found

    def _tell(self, ticket: int, answer: object) -> None:
        self.answered.emit(ticket, answer)


def _code_in(source: QVideoFrame | Path) -> str:
    if isinstance(source, Path):
        return first_ours(codes_in_file(source))
    return first_ours(codes_in(_picture(source, QImage.Format.Format_Grayscale8, "L")))


def _picture(frame: QVideoFrame, form: QImage.Format, mode: str) -> Image.Image:
    """A frame as Pillow has pictures; ``camera_no_frame`` where there is none."""
    image = frame_upright(frame).convertToFormat(form)
    if image.isNull():
        raise RetryLater("camera_no_frame")
    size = image.width(), image.height()
    return Image.frombytes(mode, size, bytes(image.constBits()), "raw", mode, image.bytesPerLine(), 1)
