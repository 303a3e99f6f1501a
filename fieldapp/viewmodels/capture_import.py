"""Bringing photo files into a draft, one job a file, so that nothing waits behind a whole folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from fieldapp.capture.desk import Desk
from fieldapp.capture.developing import DevelopPlan, plan_photo
from fieldapp.capture.photos import import_photo
from fieldapp.services.camera_darkroom import Darkroom
from fieldapp.services.worker import ReplicaWorker
from sync.contract.errors import FieldError
from sync.replica.drafts import SavedPhoto


class Imports(QObject):
    """``saved`` and ``failed`` come once for each file."""

    saved = Signal(object)
    """The ``SavedPhoto``."""

    failed = Signal(object)
    """The ``FieldError``; its facts name the file."""

    countChanged = Signal()

    def __init__(self, writer: ReplicaWorker, darkroom: Darkroom, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._writer = writer
        self._darkroom = darkroom
        self.in_hand = 0

    def bring(self, draft_id: str, files: list[Path], prepare: Callable[[Desk], None]) -> None:
        """Import files into a draft; ``prepare`` sees to it that the draft is there."""
        for file in files:
            self._bring(draft_id, file, prepare)
        self.countChanged.emit()

    def _bring(self, draft_id: str, file: Path, prepare: Callable[[Desk], None]) -> None:
        def job(desk: Desk) -> tuple[SavedPhoto, DevelopPlan]:
            prepare(desk)
            saved = import_photo(desk, draft_id, file)
            return saved, plan_photo(desk, saved)

        def done(answer: tuple[SavedPhoto, DevelopPlan]) -> None:
            self._count_down()
            self.saved.emit(answer[0])
            self._darkroom.develop(answer[1])

        def failed(error: FieldError) -> None:
            error.facts["file"] = file.name
            self._count_down()
            self.failed.emit(error)

        self.in_hand += 1
        self._writer.submit(job, done, failed)

    def _count_down(self) -> None:
        self.in_hand -= 1
        self.countChanged.emit()
