"""Photos of a visit, each beside the question it was taken for: taken or copied in, durable at once.

Signatures stand for what was there when they were given, so they go before a photo comes or goes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Property, QObject, QUrl, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from fieldapp.capture.desk import Desk
from fieldapp.capture.developing import DevelopPlan, plan_photo
from fieldapp.capture.photos import import_photo
from fieldapp.capture.visit_draft import OpenVisit, assign_photo, clear_signatures, drop_photo, open_visit
from fieldapp.services.camera_darkroom import Darkroom
from fieldapp.services.camera_shots import Shot, Shots
from fieldapp.services.position import PositionSource
from fieldapp.services.worker import ReplicaWorker
from fieldapp.viewmodels.camera import CameraViewModel
from fieldapp.viewmodels.photo_list import PhotoListModel
from sync.clock import Clock
from sync.contract.errors import FieldError
from sync.contract.records import NOWHERE
from sync.replica.drafts import SavedPhoto
from sync.replica.folder import DataFolder

QML_IMPORT_NAME = "fieldapp.viewmodels"
QML_IMPORT_MAJOR_VERSION = 1

NO_QUESTION = -1
"""Photos of the visit as a whole."""


@QmlElement
@QmlUncreatable("made by VisitViewModel")
class VisitPhotosViewModel(QObject):  # type: ignore[operator]
    """One list for each question. A photo that arrives for a visit no longer shown is saved all the same."""

    changed = Signal()
    shotTaken = Signal(str)
    kept = Signal(object)
    """The ``OpenVisit`` as it is now."""
    failed = Signal(object)
    maskAsked = Signal(str, str)
    """A draft and a photo of it that is to be masked."""

    def __init__(
        self,
        writer: ReplicaWorker,
        position: PositionSource,
        camera: CameraViewModel | None,
        darkroom: Darkroom,
        clock: Clock,
        before: Callable[[], None],
        parent: QObject | None = None,
    ) -> None:
        """``before`` keeps what is typed, before a photo changes the visit."""
        super().__init__(parent)
        self._writer, self._position, self._camera = writer, position, camera
        self._darkroom, self._clock, self._before = darkroom, clock, before
        self._visit: OpenVisit | None = None
        self._folder: DataFolder | None = None
        self._copying = 0
        self._lists: dict[int, PhotoListModel] = {}
        self._shots = Shots(writer, darkroom, self)
        self._shots.saved.connect(self._on_shot)
        self._shots.failed.connect(lambda _shot, error: self.failed.emit(error))
        self._shots.countChanged.connect(self.changed)
        self._questions: dict[str, int] = {}
        darkroom.developed.connect(self._on_developed)

    @Property(int, notify=changed)
    def count(self) -> int:
        """Photos of the whole visit."""
        return len(self._visit.scenes) if self._visit else 0

    @Property(int, notify=changed)
    def inHand(self) -> int:
        """Photos that are being saved."""
        return self._in_hand()

    @Property(bool, constant=True)
    def hasCamera(self) -> bool:
        """Whether photos can be taken here, or only imported."""
        return self._camera is not None

    @Slot(int, result=PhotoListModel)
    def of(self, question: int) -> PhotoListModel:
        """The photos of a question; of the visit as a whole for -1."""
        model = self._lists.get(question)
        if model is None:
            model = self._lists[question] = PhotoListModel(self)
            self._fill(question, model)
        return model

    @Slot(str)
    def mask(self, photo_id: str) -> None:
        """Mask a photo; what was signed stays signed, for the sheet names originals."""
        if self._visit is not None and photo_id:
            self.maskAsked.emit(self._visit.draft.draft_id, photo_id)

    @Slot(int)
    def shoot(self, question: int) -> None:
        """Take what the camera sees for a question."""
        frame = self._camera.frame() if self._camera is not None else None
        if self._visit is None or frame is None or not frame.isValid():
            return
        draft_id = self._visit.draft.draft_id
        self._before()
        taken = self._clock.now()

        def prepare(desk: Desk) -> None:
            clear_signatures(desk, draft_id)

        shot = Shot(draft_id, self._position.current() or NOWHERE, taken, prepare)
        self._questions[f"{draft_id} {taken.isoformat()}"] = question
        self._shots.take(frame, shot)

    @Slot("QVariantList", int)
    def importPhotos(self, files: Sequence[QUrl | str], question: int) -> None:
        """Copy files in, each on its own: one that cannot be taken keeps no other back."""
        visit = self._visit
        if visit is None or not files:
            return
        draft_id = visit.draft.draft_id
        paths = [Path(QUrl(file).toLocalFile() or str(file)) for file in files]
        self._before()
        self._copying += 1
        self.changed.emit()

        def job(desk: Desk) -> tuple[OpenVisit, list[DevelopPlan], FieldError | None]:
            clear_signatures(desk, draft_id)
            plans, refused = [], None
            for path in paths:
                try:
                    saved = import_photo(desk, draft_id, path)
                except FieldError as error:
                    refused = refused or error
                else:
                    if question != NO_QUESTION:
                        assign_photo(desk, draft_id, saved.photo_id, question)
                    plans.append(plan_photo(desk, saved))
            return open_visit(desk, draft_id), plans, refused

        self._writer.submit(job, self._on_imported, self._on_refused)

    @Slot(str)
    def remove(self, photo_id: str) -> None:
        """Take a photo out; the page has asked."""
        visit = self._visit
        if visit is not None:
            draft_id = visit.draft.draft_id
            self._before()
            self._writer.submit(
                lambda desk: drop_photo(desk, draft_id, photo_id), self.kept.emit, self.failed.emit
            )

    def show(self, visit: OpenVisit | None, folder: DataFolder | None) -> None:
        """This is the visit in hand."""
        self._visit, self._folder = visit, folder
        for question, model in self._lists.items():
            self._fill(question, model)
        self.changed.emit()

    def _in_hand(self) -> int:
        return self._shots.in_hand + self._copying

    def _fill(self, question: int, model: PhotoListModel) -> None:
        model.folder = self._folder
        wanted = None if question == NO_QUESTION else question
        model.show_photos(list(self._visit.scenes_of(wanted)) if self._visit else [])

    @Slot(object, object)
    def _on_shot(self, shot: Shot, saved: SavedPhoto) -> None:
        question = self._questions.pop(f"{shot.draft_id} {shot.taken_at.isoformat()}", NO_QUESTION)

        def job(desk: Desk) -> OpenVisit:
            if question == NO_QUESTION:
                return open_visit(desk, shot.draft_id)
            return assign_photo(desk, shot.draft_id, saved.photo_id, question)

        self._writer.submit(job, self.kept.emit, self.failed.emit)
        self.shotTaken.emit(saved.photo_id)

    @Slot(object)
    def _on_developed(self, saved: SavedPhoto) -> None:
        visit = self._visit
        if visit is not None and saved.owner_id == visit.draft.draft_id:
            self._writer.submit(lambda desk: open_visit(desk, saved.owner_id), self.kept.emit)

    def _on_imported(self, came: tuple[OpenVisit, list[DevelopPlan], FieldError | None]) -> None:
        self._copying -= 1
        visit, plans, refused = came
        self.kept.emit(visit)
        for plan in plans:
            self._darkroom.develop(plan)
        if refused is not None:
            self.failed.emit(refused)
        self.changed.emit()

    def _on_refused(self, error: FieldError) -> None:
        self._copying -= 1
        self.changed.emit()
        self.failed.emit(error)
