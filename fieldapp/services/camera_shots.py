"""From the shutter to the durable photo.

    frame → JPEG (darkroom) → writer: draft, file, row → ``saved`` → thumbnail and stamp when there is time

A photo that could not be saved (disk full, folder not writable) is kept in memory with the time and place of
its shutter, and can be saved again.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import msgspec
from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtMultimedia import QVideoFrame

from fieldapp.capture.desk import Desk
from fieldapp.capture.developing import DevelopPlan, plan_photo
from fieldapp.capture.photos import take_photo
from fieldapp.services.camera_darkroom import Darkroom
from fieldapp.services.camera_frame import frame_jpeg
from fieldapp.services.worker import ReplicaWorker
from sync.contract.errors import FieldError
from sync.contract.records import PhotoRole, Place
from sync.replica.drafts import SavedPhoto

IN_HAND_MOST = 3
"""Frames being encoded at once: each holds up to 50 MB."""

UNSAVED_MOST = 12


class Shot(msgspec.Struct, frozen=True):
    """One press of the shutter. ``prepare`` runs at the desk first and sees to it that the draft is there."""

    draft_id: str
    place: Place
    taken_at: datetime
    prepare: Callable[[Desk], None]
    role: PhotoRole = PhotoRole.SCENE
    data: bytes = b""


class Shots(QObject):
    """Takes photos into drafts. All signals come in the GUI thread."""

    saved = Signal(object, object)
    """The ``Shot`` and its ``SavedPhoto``: durable."""

    failed = Signal(object, object)
    """The ``Shot`` and the ``FieldError``."""

    countChanged = Signal()
    _answered = Signal(object, object)

    def __init__(self, writer: ReplicaWorker, darkroom: Darkroom, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._writer = writer
        self._darkroom = darkroom
        self.in_hand = 0
        self.unsaved: list[Shot] = []
        self._answered.connect(self._on_answer, Qt.ConnectionType.QueuedConnection)

    @property
    def ready(self) -> bool:
        """Whether another photo can be taken now."""
        return self.in_hand < IN_HAND_MOST and len(self.unsaved) < UNSAVED_MOST

    def take(self, frame: QVideoFrame, shot: Shot) -> bool:
        """Take this frame as a photo; False when too many are in hand."""
        if not self.ready:
            return False
        self._count(+1)
        self._darkroom.encode(
            lambda run: frame_jpeg(frame, run),
            lambda data: self._save(msgspec.structs.replace(shot, data=data)),
            lambda error: self._answered.emit(shot, error),
        )
        return True

    def save_again(self) -> None:
        """Try once more with every photo that is only in memory."""
        again, self.unsaved = self.unsaved, []
        for shot in again:
            self.in_hand += 1
            self._save(shot)
        self.countChanged.emit()

    def _save(self, shot: Shot) -> None:
        def job(desk: Desk) -> tuple[SavedPhoto, DevelopPlan]:
            shot.prepare(desk)
            saved = take_photo(
                desk, shot.draft_id, shot.data, shot.place, role=shot.role, taken_at=shot.taken_at
            )
            return saved, plan_photo(desk, saved)

        self._writer.submit(
            job,
            lambda answer: self._answered.emit(shot, answer),
            lambda error: self._answered.emit(shot, error),
        )

    @Slot(object, object)
    def _on_answer(self, shot: Shot, answer: FieldError | tuple[SavedPhoto, DevelopPlan]) -> None:
        if isinstance(answer, FieldError):
            if shot.data:
                self.unsaved.append(shot)
            self._count(-1)
            self.failed.emit(shot, answer)
            return
        saved, plan = answer
        self._count(-1)
        self.saved.emit(shot, saved)
        self._darkroom.develop(plan)

    def _count(self, change: int) -> None:
        self.in_hand += change
        self.countChanged.emit()
