"""What is being done on a case before it is sent: note, photos of before and after, kept as it is typed.

    open → edit / photos (each durable at once) → submit → the parent shows what came of it

The note is kept within a second. Closing leaves a draft that holds anything, and forgets an empty one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import msgspec
from PySide6.QtCore import Property, QObject, QTimer, QUrl, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from fieldapp.capture.act_drafts import ActDraft, begin_act, drop_if_empty, keep_act
from fieldapp.capture.desk import Desk
from fieldapp.capture.drafts import DraftBody, OpenDraft, discard_draft, merge_bodies
from fieldapp.capture.duties import PAIRED, PICTURED
from fieldapp.services.camera_darkroom import Darkroom
from fieldapp.services.position import PositionSource
from fieldapp.services.worker import ReplicaWorker
from fieldapp.viewmodels.act_photos import ActPhotos
from fieldapp.viewmodels.camera import CameraViewModel
from fieldapp.viewmodels.capture_draft import KnownBody
from fieldapp.viewmodels.photo_list import PhotoListModel
from fieldapp.viewmodels.two_versions import TwoVersionsViewModel
from sync.clock import Clock
from sync.contract.errors import FieldError
from sync.contract.lifecycle import LIFE_CYCLE, ActKind
from sync.contract.records import PhotoRole
from sync.replica.folder import DataFolder

QML_IMPORT_NAME = "fieldapp.viewmodels"
QML_IMPORT_MAJOR_VERSION = 1

KEEP_MS = 400
"""How long after a keystroke the note is kept."""

DELAY_MIN = 480
"""One working day: what is asked for when nothing else is chosen."""

IN_FIELD = frozenset({"text_nul", "text_surrogate", "note_too_long"})
"""Refusals that belong under the note's field."""

Say = Callable[[FieldError], str]


@QmlElement
@QmlUncreatable("made by TasksViewModel")
class ActDraftViewModel(QObject):  # type: ignore[operator]
    """One act in hand; ``kind`` is "" while there is none."""

    changed = Signal()
    noteChanged = Signal()
    minutesChanged = Signal()
    photosChanged = Signal()
    shotTaken = Signal(str)
    """A photo is durably saved: its id."""
    draftChanged = Signal(str, str)
    """The draft was made, kept or dropped: its id, and its case, which nothing else tells of a gone one."""
    failed = Signal(str, str)
    maskAsked = Signal(str, str)
    """A draft and a photo of it that is to be masked."""

    def __init__(
        self,
        writer: ReplicaWorker,
        position: PositionSource,
        camera: CameraViewModel | None,
        darkroom: Darkroom,
        clock: Clock,
        say: Say,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._writer = writer
        self._say = say
        self._draft: ActDraft | None = None
        self._reserving = ""
        self._body = self._kept = DraftBody()
        self._known = KnownBody(self._body)
        self._versions = TwoVersionsViewModel(lambda: self._body, self._set_body, str, clock, self)
        self.noteChanged.connect(self._versions.look)
        self._error = ""
        self._busy = False
        self._minutes = DELAY_MIN
        self._timer = QTimer(self, singleShot=True, interval=KEEP_MS)
        self._timer.timeout.connect(self.flush)
        self._photos = ActPhotos(writer, position, camera, darkroom, clock, self)
        self._photos.changed.connect(self.photosChanged)
        self._photos.saved.connect(self._on_photo)
        self._photos.failed.connect(self._on_failed)

    @Property(str, notify=changed)
    def kind(self) -> str:
        """The act in hand, or ""."""
        return self._draft.kind.value if self._draft else ""

    @Property(str, notify=changed)
    def caseId(self) -> str:
        """Its case."""
        return self._draft.case_id if self._draft else ""

    @Property(bool, notify=changed)
    def busy(self) -> bool:
        """While it is being submitted."""
        return self._busy

    @Property(bool, notify=changed)
    def takesPhotos(self) -> bool:
        """Whether photos may belong to this act."""
        return self._draft is not None and self._draft.kind in PICTURED

    @Property(bool, notify=changed)
    def paired(self) -> bool:
        """Whether its photos are of before and of after."""
        return self._draft is not None and self._draft.kind in PAIRED

    @Property(int, notify=minutesChanged)
    def minutes(self) -> int:
        """How much more time is asked for."""
        return self._asked_minutes()

    def _asked_minutes(self) -> int:
        return self._minutes if self._draft is not None and self._draft.kind is ActKind.ASK_DELAY else 0

    @Slot(int)
    def askMinutes(self, minutes: int) -> None:
        """Ask for so much more time."""
        self._minutes = max(0, minutes)
        self.minutesChanged.emit()

    @Property(str, notify=noteChanged)
    def note(self) -> str:
        """What is typed so far."""
        return self._body.note

    @Property(TwoVersionsViewModel, constant=True)
    def versions(self) -> TwoVersionsViewModel:
        """The note, where somebody else wrote another."""
        return self._versions

    @Property(str, notify=changed)
    def noteError(self) -> str:
        """Why the note cannot be taken as it is."""
        return self._error

    @Property(PhotoListModel, constant=True)
    def before(self) -> PhotoListModel:
        """Photos of before."""
        return self._photos.before

    @Property(PhotoListModel, constant=True)
    def after(self) -> PhotoListModel:
        """Photos of after."""
        return self._photos.after

    @Property(PhotoListModel, constant=True)
    def voices(self) -> PhotoListModel:
        """Voice notes."""
        return self._photos.voices

    @Property(int, notify=photosChanged)
    def photoCount(self) -> int:
        """Photos that are saved."""
        return self._photos.count

    @Property(int, notify=photosChanged)
    def inHand(self) -> int:
        """Photos that are being saved."""
        return self._photos.in_hand

    @Property(str, notify=photosChanged)
    def missing(self) -> str:
        """What photos are missing: both, before, after or ""."""
        return self._photos.missing if self._draft is not None and self._draft.kind in PAIRED else ""

    @Property(bool, notify=photosChanged)
    def hasCamera(self) -> bool:
        """Whether photos can be taken here, or only imported."""
        return self._photos.has_camera

    @Property(bool, notify=noteChanged)
    def hasNote(self) -> bool:
        """Whether something was typed."""
        return bool(self._body.note.strip())

    @Property(bool, notify=changed)
    def needsNote(self) -> bool:
        """Whether the act says nothing without a note."""
        return self._draft is not None and LIFE_CYCLE[self._draft.kind].needs_note

    @Slot(str)
    def edit(self, text: str) -> None:
        """The note as it is now, uncommitted text too."""
        self._set_body(msgspec.structs.replace(self._body, note=text))

    def _set_body(self, body: DraftBody) -> None:
        if self._draft is None or body == self._body:
            return
        self._body = body
        self.noteChanged.emit()
        self._say_error("")
        if not self._timer.isActive():
            self._timer.start()

    @Slot(str)
    def shoot(self, role: str) -> None:
        """Take what the camera sees as a photo of before or after."""
        if self._draft is not None and not self._busy:
            self._photos.shoot(self._draft, PhotoRole(role))

    @Slot("QVariantList", str)
    def importPhotos(self, urls: Sequence[QUrl | str], role: str) -> None:
        """Copy files in as photos of before or after."""
        if self._draft is not None and not self._busy:
            paths = [QUrl(url).toLocalFile() or str(url) for url in urls]
            self._photos.bring_in(self._draft, paths, PhotoRole(role))

    @Slot(str)
    def mask(self, photo_id: str) -> None:
        """Mask a photo of it."""
        if self._draft is not None and not self._busy:
            self.maskAsked.emit(self._draft.draft_id, photo_id)

    @Slot(str)
    def removePhoto(self, photo_id: str) -> None:
        """Take a photo out; the page has asked."""
        if not self._busy:
            self._photos.take_out(photo_id)

    @Slot(object)
    def keep_voice(self, data: bytes) -> None:
        """Keep a recorded voice note in the draft."""
        if self._draft is not None and not self._busy:
            self._photos.keep_voice(self._draft, data)

    @Slot()
    def flush(self) -> None:
        """Keep the note now."""
        self._timer.stop()
        if self._draft is None or self._body == self._kept:
            return
        draft, body, known = self._draft, self._body, self._known
        self._kept = body

        def keep(desk: Desk) -> OpenDraft | None:
            kept = keep_act(desk, draft, body.note, aside=body.aside, seen=known.body)
            known.body = body
            return kept

        def done(kept: OpenDraft | None) -> None:
            if kept is not None and self._draft is not None and self._draft.draft_id == draft.draft_id:
                self._take_in(body, kept)
            self.draftChanged.emit(draft.draft_id, draft.case_id)

        self._writer.submit(keep, done, self._on_failed)

    def _take_in(self, sent: DraftBody, kept: OpenDraft) -> None:
        """Somebody else wrote the note too: what both sides made of it."""
        stands = DraftBody(note=kept.body.note, aside=kept.body.aside)
        if stands != sent:
            self._set_body(merge_bodies(sent, self._body, stands, kept.draft.changed_at))
            self.flush()

    @Slot()
    def close(self) -> None:
        """Leave the act for now; what was typed or photographed stays as a draft."""
        draft = self._draft
        self._reserving = ""
        if draft is None or self._busy:
            return
        self.flush()
        self.forget()
        self._writer.submit(
            lambda desk: drop_if_empty(desk, draft.draft_id),
            lambda _dropped: self.draftChanged.emit(draft.draft_id, draft.case_id),
            self._on_failed,
        )

    @Slot()
    def throwAway(self) -> None:
        """Throw the draft away with its photos; the page has asked."""
        draft = self._draft
        if draft is None or self._busy or self._photos.in_hand:
            return
        self.forget()
        self._writer.submit(
            lambda desk: discard_draft(desk, draft.draft_id),
            lambda _none: self.draftChanged.emit(draft.draft_id, draft.case_id),
            self._on_failed,
        )

    def is_of(self, case_id: str) -> bool:
        """Whether the act in hand is one on this case."""
        return self._draft is not None and self._draft.case_id == case_id

    @property
    def typed(self) -> str:
        """What is typed so far."""
        return self._body.note

    @property
    def attached(self) -> int:
        """Photos and voice notes that are saved."""
        return self._photos.count + len(self._photos.voices.rows())

    @property
    def is_saving(self) -> bool:
        """Whether photos or voice notes are being saved."""
        return self._photos.in_hand > 0

    def settle(self, folder: DataFolder) -> None:
        """Where photos lie."""
        self._photos.settle(folder)

    def open(self, case_id: str, kind: ActKind) -> None:
        """Go on with the act's draft, or begin one."""
        self.close()
        wish = self._reserving = f"{case_id} {kind.value}"

        def show(draft: ActDraft) -> None:
            if self._reserving == wish:
                self.show(draft)

        self._writer.submit(lambda desk: begin_act(desk, case_id, kind), show, self._on_failed)

    def show(self, draft: ActDraft) -> None:
        """This is the draft in hand."""
        self._draft, self._reserving = draft, ""
        self._minutes = DELAY_MIN
        self._body = self._kept = draft.body
        self._known = KnownBody(draft.body)
        self._error = ""
        self._photos.show(draft.draft_id, draft.photos)
        self.changed.emit()
        self.minutesChanged.emit()
        self.noteChanged.emit()
        self.photosChanged.emit()

    def forget(self) -> None:
        """No act is in hand."""
        self._timer.stop()
        self._draft, self._reserving, self._busy = None, "", False
        self._body = self._kept = DraftBody()
        self._error = ""
        self._photos.show("", ())
        self.changed.emit()
        self.noteChanged.emit()
        self.photosChanged.emit()

    def begin_submit(self) -> tuple[ActDraft, str, int] | None:
        """What to submit, or None when there is nothing or it is on its way already."""
        if self._draft is None or self._busy or self._photos.in_hand:
            return None
        self.flush()
        self._busy = True
        self.changed.emit()
        return self._draft, self._body.note, self._asked_minutes()

    def submitted(self, case_id: str, kind: ActKind) -> None:
        """An act is saved: if it is the one in hand, it is out of hand now."""
        draft = self._draft
        if draft is not None and (draft.case_id, draft.kind) == (case_id, kind):
            self.forget()

    def submit_failed(self, error: FieldError) -> None:
        """It was not taken; everything is still there."""
        self._busy = False
        if error.code in IN_FIELD:
            self._error = self._say(error)
        self.changed.emit()

    def _say_error(self, text: str) -> None:
        if text != self._error:
            self._error = text
            self.changed.emit()

    @Slot(str)
    def _on_photo(self, photo_id: str) -> None:
        self.shotTaken.emit(photo_id)
        if self._draft is not None:
            self.draftChanged.emit(self._draft.draft_id, self._draft.case_id)

    @Slot(object)
    def _on_failed(self, error: Any) -> None:
        self.failed.emit(error.code, self._say(error))
