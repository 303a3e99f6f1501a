"""The photos of an act in hand, before and after: taken or copied in, each durable at once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject, Signal, Slot

from fieldapp.capture.act_drafts import ActDraft, ensure_act
from fieldapp.capture.desk import Desk
from fieldapp.capture.developing import DevelopPlan, plan_photo
from fieldapp.capture.drafts import remove_photo
from fieldapp.capture.photos import import_photo
from fieldapp.capture.voices import save_voice
from fieldapp.services.camera_darkroom import Darkroom
from fieldapp.services.camera_shots import Shot, Shots
from fieldapp.services.position import PositionSource
from fieldapp.services.worker import ReplicaWorker
from fieldapp.viewmodels.camera import CameraViewModel
from fieldapp.viewmodels.photo_list import PhotoListModel
from sync.clock import Clock
from sync.contract.errors import FieldError
from sync.contract.records import NOWHERE, PhotoRole
from sync.replica.drafts import SavedPhoto
from sync.replica.folder import DataFolder


class BroughtIn(msgspec.Struct, frozen=True):
    """What came of copying files in: the photos, and the first reason why one could not be taken."""

    saved: tuple[tuple[SavedPhoto, DevelopPlan], ...]
    refused: FieldError | None


class ActPhotos(QObject):
    """Two lists of one draft. A photo that arrives for a draft no longer shown is saved all the same."""

    changed = Signal()
    saved = Signal(str)
    failed = Signal(object)

    def __init__(
        self,
        writer: ReplicaWorker,
        position: PositionSource,
        camera: CameraViewModel | None,
        darkroom: Darkroom,
        clock: Clock,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._writer = writer
        self._position = position
        self._camera = camera
        self._darkroom = darkroom
        self._clock = clock
        self._draft_id = ""
        self._copying = 0
        self._taken_out: set[str] = set()
        self._shots = Shots(writer, darkroom, self)
        self.before = PhotoListModel(self)
        self.after = PhotoListModel(self)
        self.voices = PhotoListModel(self)
        self._shots.saved.connect(self._on_shot)
        self._shots.failed.connect(lambda _shot, error: self.failed.emit(error))
        self._shots.countChanged.connect(self.changed)
        darkroom.developed.connect(self._put)
        if camera is not None:
            camera.stateChanged.connect(self.changed)

    @property
    def count(self) -> int:
        """Photos shown."""
        return len(self.before.rows()) + len(self.after.rows())

    @property
    def _lists(self) -> tuple[PhotoListModel, ...]:
        return self.before, self.after, self.voices

    @property
    def in_hand(self) -> int:
        """Photos that are being saved."""
        return self._shots.in_hand + self._copying

    @property
    def missing(self) -> str:
        """Which side has no photo: both, before, after or ""."""
        sides = (bool(self.before.rows()), bool(self.after.rows()))
        return {(False, False): "both", (False, True): "before", (True, False): "after"}.get(sides, "")

    @property
    def has_camera(self) -> bool:
        """Whether there is a camera to try."""
        return self._camera is not None

    def show(self, draft_id: str, photos: Sequence[SavedPhoto]) -> None:
        """Show a draft's photos."""
        self._draft_id = draft_id
        for model in self._lists:
            model.show_photos([saved for saved in photos if self._list_of(saved) is model])
        self.changed.emit()

    def settle(self, folder: DataFolder) -> None:
        """Where photos lie."""
        self.before.folder = self.after.folder = self.voices.folder = folder

    def shoot(self, draft: ActDraft, role: PhotoRole) -> bool:
        """Take what the camera sees; False where it sees nothing or too much is in hand."""
        frame = self._camera.frame() if self._camera is not None else None
        if frame is None or not frame.isValid():
            return False
        place = self._position.current() or NOWHERE
        shot = Shot(draft.draft_id, place, self._clock.now(), lambda desk: ensure_act(desk, draft), role)
        return self._shots.take(frame, shot)

    def bring_in(self, draft: ActDraft, paths: Sequence[str], role: PhotoRole) -> None:
        """Copy files in, each on its own: one that cannot be taken keeps no other back."""
        if not paths:
            return

        def job(desk: Desk) -> BroughtIn:
            ensure_act(desk, draft)
            saved, refused = [], None
            for path in paths:
                try:
                    one = import_photo(desk, draft.draft_id, Path(path), role=role)
                except FieldError as error:
                    refused = refused or error
                else:
                    saved.append((one, plan_photo(desk, one)))
            return BroughtIn(tuple(saved), refused)

        self._count(+1)
        self._writer.submit(job, self._on_brought_in, self._on_refused)

    def keep_voice(self, draft: ActDraft, data: bytes) -> None:
        """Keep a recorded voice note."""

        def job(desk: Desk) -> SavedPhoto:
            ensure_act(desk, draft)
            return save_voice(desk, draft.draft_id, data)

        def kept(saved: SavedPhoto) -> None:
            self._count(-1)
            self._put(saved)
            self.saved.emit(saved.photo_id)

        self._count(+1)
        self._writer.submit(job, kept, self._on_refused)

    def take_out(self, photo_id: str) -> None:
        """Take a photo out of the draft, file and all."""
        for model in self._lists:
            found = model.take_out(photo_id)
            if found is not None:
                self._taken_out.add(photo_id)
                self._remove(found)
                self.changed.emit()

    def _remove(self, saved: SavedPhoto) -> None:
        def job(desk: Desk) -> None:
            remove_photo(desk, saved)

        self._writer.submit(job, failed=self._on_failed)

    @Slot(object, object)
    def _on_shot(self, _shot: Shot, saved: SavedPhoto) -> None:
        self._put(saved)
        self.saved.emit(saved.photo_id)

    def _on_brought_in(self, came: BroughtIn) -> None:
        self._count(-1)
        for saved, plan in came.saved:
            self._put(saved)
            self._darkroom.develop(plan)
            self.saved.emit(saved.photo_id)
        if came.refused is not None:
            self.failed.emit(came.refused)

    def _on_refused(self, error: FieldError) -> None:
        self._count(-1)
        self._on_failed(error)

    def _on_failed(self, error: FieldError) -> None:
        self.failed.emit(error)

    @Slot(object)
    def _put(self, saved: SavedPhoto) -> None:
        if saved.owner_id == self._draft_id and saved.photo_id not in self._taken_out:
            self._list_of(saved).put(saved)
            self.changed.emit()

    def _count(self, change: int) -> None:
        self._copying += change
        self.changed.emit()

    def _list_of(self, saved: SavedPhoto) -> PhotoListModel:
        if saved.photo.role is PhotoRole.VOICE:
            return self.voices
        return self.before if saved.photo.role is PhotoRole.BEFORE else self.after
