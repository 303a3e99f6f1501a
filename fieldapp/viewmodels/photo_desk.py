"""What can be done with a photo that is shown, wherever it is shown: ask central for it, and mask it.

mask_draft / maskFiled → the original, upright, with its boxes → boxes set → save → lists show it masked
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from fieldapp.capture.desk import Desk
from fieldapp.capture.images.encode import encode_jpeg
from fieldapp.capture.images.masking import Frame
from fieldapp.capture.images.scaled import load_scaled
from fieldapp.capture.masking import mask_draft_photo, mask_filed_photo, open_photo, photo_of_case
from fieldapp.capture.report import SavedRecord
from fieldapp.plates.found import READ_AT, Corners, PlateFound
from fieldapp.plates.models import are_installed
from fieldapp.services.camera_darkroom import Darkroom
from fieldapp.services.events import DeskEvents
from fieldapp.services.picture_reading import PictureReading
from fieldapp.services.worker import ReplicaWorker
from fieldapp.viewmodels.mask_boxes import MaskBoxModel
from fieldapp.viewmodels.message_rows import fetch_text
from sync.contract.errors import FieldError, InputRefused
from sync.contract.masks import Mask
from sync.contract.records import Photo
from sync.messages import sentence
from sync.replica.drafts import SavedPhoto

QML_IMPORT_NAME = "fieldapp.viewmodels"
QML_IMPORT_MAJOR_VERSION = 1

SHOWN_SIDE = 1600
_LET_OUT = 0.12
_LARGEST_SHARE = 0.1


class Opened(msgspec.Struct, frozen=True):
    """A photo on the table: of a draft (``photo_id``) or of a case."""

    owner_id: str
    photo_id: str
    photo: Photo
    path: str
    frame: Frame
    boxes: tuple[Mask, ...]
    shown: str


@QmlElement
@QmlUncreatable("made by the app")
class PhotoDeskViewModel(QObject):  # type: ignore[operator]
    """``masking``: a photo is on the table."""

    changed = Signal()
    selectedChanged = Signal()
    masked = Signal()
    """The masks are set and durable."""
    failed = Signal(str, str)

    def __init__(
        self,
        writer: ReplicaWorker,
        reader: ReplicaWorker,
        events: DeskEvents,
        darkroom: Darkroom,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._writer, self._reader, self._events, self._darkroom = writer, reader, events, darkroom
        self._language = "zh"
        self._opened: Opened | None = None
        self._boxes = MaskBoxModel(self)
        self._selected = self._ticket = 0
        self._busy = False
        self._say: Callable[[], str] = str
        self._wanted: set[str] = set()
        self._reading: PictureReading | None = None
        events.closed.connect(self._on_closed)
        events.fetched.connect(self._on_fetched)
        events.languageChanged.connect(self._on_language)

    @Property(bool, notify=changed)
    def masking(self) -> bool:
        """Whether a photo is on the table."""
        return self._opened is not None

    @Property(bool, notify=changed)
    def busy(self) -> bool:
        """While it is opened, searched or saved."""
        return self._busy

    @Property(str, notify=changed)
    def source(self) -> str:
        """The picture to draw boxes on."""
        return self._opened.shown if self._opened else ""

    @Property(int, notify=changed)
    def pictureWidth(self) -> int:
        """How wide the upright original is."""
        return self._opened.frame.upright[0] if self._opened else 1

    @Property(int, notify=changed)
    def pictureHeight(self) -> int:
        """How high it is."""
        return self._opened.frame.upright[1] if self._opened else 1

    @Property(bool, notify=changed)
    def filed(self) -> bool:
        """Whether it was filed: then masking it is an act of its own."""
        return self._opened is not None and not self._opened.photo_id

    @Property(MaskBoxModel, constant=True)
    def boxes(self) -> MaskBoxModel:
        """What is to be masked."""
        return self._boxes

    @Property(int, notify=selectedChanged)
    def selected(self) -> int:
        """The box the buttons are about; 0 for none."""
        return self._selected

    @Property(bool, constant=True)
    def canSuggest(self) -> bool:
        """Whether plates can be searched for here."""
        return are_installed()

    @Property(str, notify=changed)
    def said(self) -> str:
        """What came of searching for plates, or why something cannot be."""
        return self._say()

    @Slot("QStringList")
    def fetch(self, hashes: list[str]) -> None:
        """Somebody wants to see photos of others: ask central for them."""
        for sha256 in filter(None, hashes):
            self._wanted.add(sha256)
            self._events.fetchWanted.emit(sha256)

    @Slot(str, str)
    def maskDraft(self, draft_id: str, photo_id: str) -> None:
        """Put a photo that is still at the desk on the table."""

        def job(desk: Desk) -> Opened:
            photos = desk.work.drafts.photos(draft_id)
            saved = next((one for one in photos if one.photo_id == photo_id), None)
            if saved is None:
                raise InputRefused("draft_unknown", draft=draft_id)
            return _on_table(desk, draft_id, photo_id, saved.photo)

        self._put_on_table(job)

    @Slot(str, str)
    def maskFiled(self, case_id: str, sha256: str) -> None:
        """Put a photo of a case on the table, by its original."""

        def job(desk: Desk) -> Opened:
            return _on_table(desk, case_id, "", photo_of_case(desk, case_id, sha256))

        self._put_on_table(job)

    @Slot(float, float)
    def tap(self, x: float, y: float) -> None:
        """A box around this point."""
        self._select(self._boxes.put_around(x, y))

    @Slot(float, float, float, float)
    def draw(self, x: float, y: float, to_x: float, to_y: float) -> None:
        """The box that was drawn."""
        self._select(self._boxes.put_between(x, y, to_x, to_y))

    @Slot(int)
    def select(self, box_id: int) -> None:
        """The buttons are about this box."""
        self._select(box_id)

    @Slot(int, float, float)
    def move(self, box_id: int, dx: float, dy: float) -> None:
        """Move a box."""
        self._boxes.move(box_id, dx, dy)

    @Slot(int, int)
    def stretch(self, wider: int, taller: int) -> None:
        """Make the chosen box larger or smaller by a step."""
        self._boxes.stretch(self._selected, wider, taller)

    @Slot()
    def remove(self) -> None:
        """Take the chosen box away."""
        self._boxes.take_out(self._selected)
        self._select(0)

    @Slot()
    def suggest(self) -> None:
        """Search for plates; a box for each that is found."""
        if self._opened is None or self._busy:
            return
        if self._reading is None:
            self._reading = PictureReading(self)
            self._reading.answered.connect(self._on_plates)
        self._working(True)
        self._ticket += 1
        self._reading.read_plate(self._ticket, Path(self._opened.path))

    @Slot()
    def save(self) -> None:
        """Set the masks. Asked twice, it is done once."""
        opened, boxes = self._opened, self._boxes.boxes()
        if opened is None or self._busy:
            return
        self._working(True)
        if opened.photo_id:
            self._writer.submit(
                lambda desk: mask_draft_photo(desk, opened.owner_id, opened.photo_id, boxes),
                self._on_draft_masked,
                self._on_failed,
            )
        else:
            self._writer.submit(
                lambda desk: mask_filed_photo(desk, opened.owner_id, opened.photo, boxes),
                self._on_filed_masked,
                self._on_failed,
            )

    @Slot()
    def close(self) -> None:
        """Leave the photo as it is."""
        self._ticket += 1
        self._opened = None
        self._boxes.begin((1, 1), ())
        self._say = str
        self._select(0)
        self._working(False)

    def stop(self) -> None:
        """Let go of the thread that searches, if there is one; the app ends."""
        if self._reading is not None:
            self._reading.close()
            self._reading = None

    def _put_on_table(self, job: Any) -> None:
        self.close()
        ticket = self._ticket

        def take(opened: Opened) -> None:
            if ticket == self._ticket:
                self._opened = opened
                self._boxes.begin(opened.frame.upright, opened.boxes)
                self._working(False)

        self._reader.submit(job, take, self._on_failed)

    def _on_draft_masked(self, saved: SavedPhoto) -> None:
        self.close()
        self._darkroom.developed.emit(saved)
        self.masked.emit()

    def _on_filed_masked(self, saved: SavedRecord) -> None:
        self.close()
        self._events.recordsChanged.emit(frozenset({saved.record_id}))
        self._events.tablesChanged.emit(frozenset({"case_act"}))
        self._events.nudge.emit()
        self.masked.emit()

    @Slot(int, object)
    def _on_plates(self, ticket: int, answer: object) -> None:
        opened = self._opened
        if ticket != self._ticket or opened is None:
            return
        found = [one for one in answer if isinstance(one, PlateFound)] if isinstance(answer, list) else []
        boxes = [box for plate in found if (box := box_of_plate(plate.corners, opened.frame)) is not None]
        for box in boxes:
            self._boxes.suggest(box)
        if isinstance(answer, FieldError):
            self._say = lambda: sentence(answer.code, answer.facts, self._language)
        else:
            self._say = lambda: self.tr("找到 %1 处车牌，请核对").replace("%1", str(len(boxes)))
        self._working(False)

    @Slot(str, str)
    def _on_fetched(self, sha256: str, code: str) -> None:
        if sha256 not in self._wanted:
            return
        self._wanted.discard(sha256)
        if code:
            self.failed.emit(code, fetch_text(code, self._language))
        if not self._wanted or code:
            self._events.tablesChanged.emit(frozenset({"case_act"}))

    def _on_failed(self, error: FieldError) -> None:
        self._working(False)
        self.failed.emit(error.code, sentence(error.code, error.facts, self._language))

    @Slot()
    def _on_closed(self) -> None:
        self._wanted.clear()
        self.close()

    @Slot(str)
    def _on_language(self, language: str) -> None:
        self._language = language
        self.changed.emit()

    def _select(self, box_id: int) -> None:
        self._selected = box_id
        self.selectedChanged.emit()

    def _working(self, busy: bool) -> None:
        self._busy = busy
        self.changed.emit()


def _on_table(desk: Desk, owner_id: str, photo_id: str, photo: Photo) -> Opened:
    found = open_photo(desk.folder, photo)
    picture = encode_jpeg(load_scaled(Path(found.path), SHOWN_SIDE), 85, b"")
    shown = "data:image/jpeg;base64," + base64.b64encode(picture).decode()
    return Opened(owner_id, photo_id, photo, found.path, found.frame, found.boxes, shown)


def box_of_plate(corners: Corners, frame: Frame) -> Mask | None:
    """A plate's corners, in the pixels of the decoded picture, as a box of the upright original.

    None for what is too large to be a bystander's plate: the detector takes a wall for one now and then.
    """
    up = max(1.0, max(frame.upright) / READ_AT)
    xs, ys = [x * up for x, _ in corners], [y * up for _, y in corners]
    wide, high = max(xs) - min(xs), max(ys) - min(ys)
    if wide * high > frame.upright[0] * frame.upright[1] * _LARGEST_SHARE:
        return None
    left, top = round(min(xs) - wide * _LET_OUT), round(min(ys) - high * _LET_OUT)
    return Mask(left, top, round(wide * (1 + 2 * _LET_OUT)), round(high * (1 + 2 * _LET_OUT)))
