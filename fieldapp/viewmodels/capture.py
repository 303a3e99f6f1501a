"""The report in hand: typed, photographed, kept as a draft by itself, submitted, undone.

    keystroke, photo → draft (begun by the first of them) → submit → ``saved`` → undo for ten seconds

Nothing is submitted while a photo of it is still being saved, or is only in memory.
"""

from __future__ import annotations

from pathlib import Path

import msgspec
from PySide6.QtCore import Property, QObject, QTimer, QUrl, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from fieldapp.capture.already_reported import add_to_case
from fieldapp.capture.desk import Desk
from fieldapp.capture.drafts import DraftBody, OpenDraft, discard_draft, open_draft
from fieldapp.capture.overview import Seated, is_blank, sit_down
from fieldapp.capture.report import SavedRecord, submit_report
from fieldapp.capture.undo import Undone, undo
from fieldapp.services.camera_darkroom import Darkroom
from fieldapp.services.camera_shots import Shot, Shots
from fieldapp.services.events import DeskEvents
from fieldapp.services.worker import ReplicaWorker
from fieldapp.viewmodels.camera import CameraViewModel
from fieldapp.viewmodels.capture_draft import DraftInHand
from fieldapp.viewmodels.capture_form import CaptureFormViewModel
from fieldapp.viewmodels.capture_import import Imports
from fieldapp.viewmodels.capture_merging import CaptureMerging, versions_of
from fieldapp.viewmodels.capture_picker import PhotoPickerViewModel
from fieldapp.viewmodels.capture_place import CapturePlaceViewModel, Position
from fieldapp.viewmodels.capture_removal import PhotoRemoval
from fieldapp.viewmodels.capture_same import SameCaseViewModel
from fieldapp.viewmodels.capture_shelf import CaptureShelfViewModel
from fieldapp.viewmodels.capture_suggest import SuggestViewModel
from fieldapp.viewmodels.class_cascade import ClassCascadeViewModel
from fieldapp.viewmodels.photo_list import PhotoListModel
from fieldapp.viewmodels.two_versions import TwoVersionsViewModel
from sync.clock import Clock, SystemClock
from sync.contract.errors import FieldError, InputRefused, RetryLater
from sync.contract.ids import NewId, new_id
from sync.contract.records import NOWHERE, Place, PlaceSource, check_place
from sync.contract.wire import OfficerCard
from sync.replica.drafts import SavedPhoto

QML_IMPORT_NAME = "fieldapp.viewmodels"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlUncreatable("made by the app")
class CaptureViewModel(QObject):  # type: ignore[operator]
    """The page's one view model; form, place, classes, photos and shelf are its parts."""

    saved = Signal(str)
    """A record id: the report is durable."""
    failed = Signal(str, str)
    """Code and sentence of what did not work; the sentence also stands in the form."""
    photoSaved = Signal(str)
    """A photo id: durable."""
    undone = Signal(str, str)
    """A record id, and removed, withdrawn or already."""
    pinWanted = Signal(float, float, bool)
    """Longitude and latitude to begin with, and whether there are any: let the person pick on the map."""

    changed = Signal()
    stateChanged = Signal()

    def __init__(
        self,
        writer: ReplicaWorker,
        reader: ReplicaWorker,
        events: DeskEvents,
        camera: CameraViewModel,
        position: Position,
        darkroom: Darkroom,
        parent: QObject | None = None,
        *,
        clock: Clock | None = None,
        make_id: NewId = new_id,
    ) -> None:
        super().__init__(parent)
        self._writer, self._reader, self._events = writer, reader, events
        self._camera, self._darkroom, self._clock = camera, darkroom, clock or SystemClock()
        self._submitting = self._submit_asked = False
        self._shots = Shots(writer, darkroom, self)
        self._imports = Imports(writer, darkroom, self)
        self._classes = ClassCascadeViewModel(reader, events, self)
        self._form = CaptureFormViewModel(self._classes, self)
        self._place = CapturePlaceViewModel(reader, position, self)
        self._photos, self._picker = PhotoListModel(self), PhotoPickerViewModel(self)
        self._same = SameCaseViewModel(reader, events, self._form, self._place, self._photos, self)
        self._suggest = SuggestViewModel(reader, events, self._form, self._place, self)
        self._draft = DraftInHand(writer, self._form, make_id, self)
        self._merging = CaptureMerging(self._form, self._draft, self._photos, self)
        self._versions = versions_of(self._form, self._classes, self._clock, self)
        self._removal = PhotoRemoval(writer, self._photos, self)
        self._shelf = CaptureShelfViewModel(
            writer, self._classes, self._clock, lambda: self._draft.draft_id, self
        )
        self._connect(events)

    def _connect(self, events: DeskEvents) -> None:
        events.opened.connect(self._on_opened)
        events.closed.connect(self._on_closed)
        events.tablesChanged.connect(self._place.on_tables)
        events.languageChanged.connect(self._form.set_language)
        self._form.edited.connect(self._draft.touch)
        for edited in (self._form.edited, self._photos.countChanged, self._merging.merged):
            edited.connect(self.changed)
        self._form.bodyChanged.connect(self._show_place)
        self._shots.saved.connect(lambda _shot, saved: self._on_photo(saved))
        self._shots.failed.connect(self._on_shot_failed)
        self._imports.saved.connect(self._on_photo)
        self._imports.failed.connect(lambda error: self._fail(error, "photo"))
        self._darkroom.developed.connect(self._photos.put_developed)
        self._camera.stateChanged.connect(self.stateChanged)
        self._removal.changed.connect(self._show_place)
        self._removal.changed.connect(self.stateChanged)
        self._removal.failed.connect(self._fail)
        self._draft.failed.connect(self._fail_once)
        self._merging.merged.connect(self._shelf.say)
        for counted in (self._shots, self._imports):
            counted.countChanged.connect(self._on_count)

    @Property(CaptureFormViewModel, constant=True)
    def form(self) -> CaptureFormViewModel:
        """What is typed and chosen."""
        return self._form

    @Property(CapturePlaceViewModel, constant=True)
    def place(self) -> CapturePlaceViewModel:
        """Where it is."""
        return self._place

    @Property(ClassCascadeViewModel, constant=True)
    def classes(self) -> ClassCascadeViewModel:
        """The classes to choose from."""
        return self._classes

    @Property(PhotoListModel, constant=True)
    def photos(self) -> PhotoListModel:
        """The report's photos."""
        return self._photos

    @Property(SameCaseViewModel, constant=True)
    def same(self) -> SameCaseViewModel:
        """Open cases that may be what is being reported."""
        return self._same

    @Property(SuggestViewModel, constant=True)
    def suggest(self) -> SuggestViewModel:
        """Class and unit, as note and place suggest them."""
        return self._suggest

    @Property(TwoVersionsViewModel, constant=True)
    def versions(self) -> TwoVersionsViewModel:
        """Fields that somebody else wrote otherwise."""
        return self._versions

    @Property(PhotoPickerViewModel, constant=True)
    def picker(self) -> PhotoPickerViewModel:
        """Photo files to bring in."""
        return self._picker

    @Property(CaptureShelfViewModel, constant=True)
    def shelf(self) -> CaptureShelfViewModel:
        """What lies beside the form."""
        return self._shelf

    @Property(str, notify=changed)
    def draftId(self) -> str:
        """The draft in hand; it need not be begun."""
        return self._draft.draft_id

    @Property(bool, notify=changed)
    def empty(self) -> bool:
        """Whether there is nothing in the report yet."""
        return self._is_blank()

    @Property("QStringList", notify=changed)  # type: ignore[arg-type]
    def missing(self) -> list[str]:
        """What a report cannot go without and is not there: photo, class."""
        has_photo = bool(self._photos.photos()) or self._shots.in_hand > 0
        if self._form.body.joins:
            return [] if has_photo or self._form.body.note.strip() else ["photo"]
        lacks = {"photo": not has_photo, "class": not self._form.body.class_code}
        return [name for name, is_missing in lacks.items() if is_missing]

    @Property(bool, notify=stateChanged)
    def submitting(self) -> bool:
        """Whether the report is being saved."""
        return self._submitting

    @Property(bool, notify=stateChanged)
    def canShoot(self) -> bool:
        """Whether the shutter takes a photo now."""
        return self._at_work and self._shots.ready and self._camera.frame().isValid()

    @Property(int, notify=stateChanged)
    def photosInHand(self) -> int:
        """Photos on their way to the disk at this moment."""
        return self._shots.in_hand + self._imports.in_hand

    @Property(int, notify=stateChanged)
    def photosUnsaved(self) -> int:
        """Photos that could not be saved and are only in memory."""
        return len(self._shots.unsaved)

    @Property(bool, notify=stateChanged)
    def canPutBack(self) -> bool:
        """Whether a photo was taken out and can still be put back."""
        return self._removal.pending

    @Slot()
    def shutter(self) -> None:
        """Take a photo of what is seen now, where the tablet is now."""
        if not self._at_work or not self._shots.ready:
            return
        frame = self._camera.frame()
        if not frame.isValid():
            self._fail(RetryLater("camera_no_frame"))
            return
        self._form.clear_errors("general", "photo")
        draft = self._draft
        shot = Shot(draft.draft_id, self._place.fix(), self._clock.now(), draft.beginning())
        self._shots.take(frame, shot)

    @Slot()
    def saveAgain(self) -> None:
        """Try once more to save the photos that are only in memory."""
        self._form.clear_errors("general")
        self._shots.save_again()

    @Slot("QStringList")
    def importFiles(self, files: list[str]) -> None:
        """Bring photo files in, given as paths or file URLs."""
        if not self._at_work or not files:
            return
        self._form.clear_errors("photo")
        paths = [Path(QUrl(name).toLocalFile() if name.startswith("file:") else name) for name in files]
        self._imports.bring(self._draft.draft_id, paths, self._draft.beginning())

    @Slot(str)
    def removePhoto(self, photo_id: str) -> None:
        """Take a photo out; for ten seconds it can be put back."""
        self._removal.take_out(photo_id)

    @Slot()
    def putBackPhoto(self) -> None:
        """Put the photo back that was taken out last."""
        self._removal.put_back()

    @Slot()
    def dropUnsaved(self) -> None:
        """Give up the photos that are only in memory; the page has asked twice."""
        self._shots.unsaved.clear()
        self._form.clear_errors("general")
        self.stateChanged.emit()

    @Slot()
    def takeFix(self) -> None:
        """The report is where the tablet is now."""
        fix = self._place.fix()
        if fix.lon is None:
            self._fail(RetryLater("position_missing"))
        else:
            self._form.set_place(fix)

    @Slot()
    def takePhotoPlace(self) -> None:
        """The report is where its first photo with a position was taken."""
        self._form.set_place(NOWHERE)

    @Slot()
    def askPin(self) -> None:
        """Let the person pick on the map."""
        place = self._place.place if self._place.placed else self._place.fix()
        self.pinWanted.emit(place.lon or 0.0, place.lat or 0.0, place.lon is not None)

    @Slot(float, float)
    def pinAt(self, lon: float, lat: float) -> None:
        """The report is where the person says; nobody measured it."""
        try:
            self._form.set_place(check_place(Place(PlaceSource.PIN, lon, lat)))
        except InputRefused as refused:
            self._fail(refused)

    @Slot()
    def submit(self) -> None:
        """Make a report of it. Asked twice, it makes one."""
        self.joinCase(self._form.body.joins)

    @Slot(str)
    def joinCase(self, case_id: str) -> None:
        """Give a case that is there what this report holds, instead of filing it."""
        if not self._at_work:
            return
        self._same.joining = case_id
        self._removal.finish()
        if any(shot.draft_id == self._draft.draft_id for shot in self._shots.unsaved):
            self._fail(RetryLater("photos_unsaved"))
        elif self.photosInHand:
            self._submit_asked = True
        else:
            self._submit_now()

    @Slot(str)
    def undo(self, record_id: str) -> None:
        """Take a saved report back."""
        self._writer.submit(
            lambda desk: undo(desk, record_id), lambda how: self._on_undone(record_id, how), self._fail
        )

    @Slot(str)
    def resume(self, draft_id: str) -> None:
        """Go on with another draft; the one in hand is kept."""
        if draft_id != self._draft.draft_id and not self._submitting:
            self._leave()
            self._writer.submit(lambda desk: open_draft(desk, draft_id), self._show, self._fail)

    @Slot()
    def startNew(self) -> None:
        """Begin an empty report; the one in hand is kept."""
        if not self._submitting:
            self._leave()
            self._clear()
            self._shelf.begin_anew()
            self._refresh()

    def start_on(self, found: DraftBody) -> None:
        """Begin a report on what a look-up found."""
        if not self._is_blank():
            self.startNew()
        self._form.prefill(found)

    @Slot(str)
    def discard(self, draft_id: str) -> None:
        """Throw a draft away, photos and all; the page has asked twice."""
        if draft_id == self._draft.draft_id:
            self._removal.forget()
            self._clear()
        self._writer.submit(
            lambda desk: discard_draft(desk, draft_id), lambda _none: self._refresh(), self._fail
        )

    @Slot()
    def flush(self) -> None:
        """Keep at once whatever is not kept yet; before the writer stops."""
        self._removal.finish()
        self._draft.save()
        self._darkroom.finish_frames()

    @Slot()
    def followNotice(self) -> None:
        """Go to the draft the notice is about."""
        if draft_id := self._shelf.read():
            self.resume(draft_id)

    @property
    def _at_work(self) -> bool:
        return bool(self._draft.officer_id) and not self._submitting

    def _is_blank(self) -> bool:
        return is_blank(self._form.body, len(self._photos.photos()))

    def _submit_now(self) -> None:
        self._submit_asked = False
        self._draft.settle()
        self._submitting = True
        self._form.clear_errors()
        self.stateChanged.emit()
        body = self._form.body
        if not self._same.joining:
            address = body.address or self._place.address_guess()
            body = self._suggest.settled(msgspec.structs.replace(body, address=address))
        keep, draft_id, case_id = self._draft.keeping(body), self._draft.draft_id, self._same.joining

        def job(desk: Desk) -> SavedRecord:
            keep(desk)
            return add_to_case(desk, draft_id, case_id) if case_id else submit_report(desk, draft_id)

        self._writer.submit(job, self._on_submitted, self._on_refused)

    def _on_submitted(self, record: SavedRecord) -> None:
        self._submitting = False
        self._classes.used(self._form.body.class_code)
        self._shelf.say("")
        self._clear()
        self._refresh()
        self._events.recordsChanged.emit(frozenset({record.record_id}))
        self._events.nudge.emit()
        self.saved.emit(record.record_id)

    def _on_refused(self, error: FieldError) -> None:
        self._submitting = False
        self._draft.touch()
        self.stateChanged.emit()
        self._fail(error)

    def _on_undone(self, record_id: str, how: Undone) -> None:
        self._events.recordsChanged.emit(frozenset({record_id}))
        self._events.nudge.emit()
        if removed := how is Undone.REMOVED:
            self.resume(record_id)
        self._shelf.say("undone" if removed else "withdrawn")
        self.undone.emit(record_id, how.value)

    @Slot(object)
    def _on_photo(self, saved: SavedPhoto) -> None:
        if saved.owner_id == self._draft.draft_id:
            self._photos.put(saved)
            if self._form.code("photo") == "report_without_photo":
                self._form.clear_errors("photo")
            self._show_place()
        self._refresh()
        self.photoSaved.emit(saved.photo_id)

    @Slot(object, object)
    def _on_shot_failed(self, _shot: Shot, error: FieldError) -> None:
        self._submit_asked = False
        self._fail(error)

    @Slot()
    def _on_count(self) -> None:
        self.changed.emit()
        self.stateChanged.emit()
        if self._submit_asked and not self.photosInHand:
            QTimer.singleShot(0, self, self._submit_when_saved)

    def _submit_when_saved(self) -> None:
        if self._submit_asked and not self.photosInHand and not self._submitting:
            self._submit_now()

    @Slot(object)
    def _fail(self, error: FieldError, field: str = "") -> None:
        self.failed.emit(error.code, self._form.put_error(error, field))

    @Slot(object)
    def _fail_once(self, error: FieldError) -> None:
        """What is tried again by itself is said once."""
        if self._form.code("general") != error.code:
            self._fail(error)

    def _leave(self) -> None:
        """The draft in hand is put aside: kept, or dropped when there is nothing in it."""
        self._removal.finish()
        (self._draft.drop if self._is_blank() and not self.photosInHand else self._draft.save)()

    def _clear(self) -> None:
        self._draft.begin_anew()
        self._same.begin_anew()
        self._photos.show_photos([])
        self._form.load(DraftBody())
        self.changed.emit()
        self.stateChanged.emit()

    def _show(self, opened: OpenDraft) -> None:
        self._draft.take_up(opened.draft.draft_id, opened.body)
        self._same.begin_anew()
        self._photos.show_photos(list(opened.photos))
        self._form.load(opened.body)
        self._refresh()
        self.changed.emit()

    @Slot()
    def _show_place(self) -> None:
        if not self._draft.officer_id:
            return
        own = next((s.photo.place for s in self._photos.photos() if s.photo.place.lon is not None), NOWHERE)
        body = self._form.body
        self._place.show(body.place, own, body.grid_cell)

    def _refresh(self) -> None:
        if self._draft.officer_id:
            self._shelf.refresh()

    @Slot(object)
    def _on_opened(self, card: OfficerCard) -> None:
        self._draft.officer_id = card.officer_id
        self._clear()
        self._writer.submit(sit_down, self._on_seated, self._fail)

    def _on_seated(self, seated: Seated) -> None:
        self._photos.folder = seated.folder
        resumes = seated.newest is not None and self._is_blank()
        if seated.newest is not None and resumes:
            self._show(seated.newest)
        self._shelf.welcome(seated, resumes)

    @Slot()
    def _on_closed(self) -> None:
        self._draft.officer_id = ""
        self._removal.forget()
        self._submitting = self._submit_asked = False
        self._clear()
        self._place.clear()
        self._shelf.clear()
