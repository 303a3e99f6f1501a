"""Reading with the camera: a truck's plate, a permit's QR, the QR that enrols this tablet.

    plate: shutter or file → read in a thread → crop and text shown → a person confirms
    QR:    every frame, one at a time → the first code of ours → a permit is checked at the desk

``mode`` is what is looked for: plate, permit or invitation; "" while nobody looks.
"""

from __future__ import annotations

import base64
import io
from pathlib import Path

from PIL import Image
from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtMultimedia import QVideoFrame
from PySide6.QtQml import QmlElement, QmlUncreatable

from fieldapp.plates.found import PlateFound
from fieldapp.plates.models import are_installed
from fieldapp.qr.meaning import Meaning, meaning_of
from fieldapp.qr.permit_check import check_permit
from fieldapp.services.events import DeskEvents
from fieldapp.services.picture_reading import PictureReading
from fieldapp.services.worker import ReplicaWorker
from fieldapp.viewmodels.camera import CameraViewModel
from fieldapp.viewmodels.capture_picker import PhotoPickerViewModel
from fieldapp.viewmodels.read_permit import PermitReadViewModel
from sync.contract.enrol_qr import read_invitation
from sync.contract.errors import FieldError, InputRefused, NeedsPerson, RetryLater
from sync.messages import sentence

QML_IMPORT_NAME = "fieldapp.viewmodels"
QML_IMPORT_MAJOR_VERSION = 1

PLATE, PERMIT, INVITATION = "plate", "permit", "invitation"
SURE = 0.8
"""Above this a reading is offered without a warning. A person confirms either way."""
PAUSE_MS = 120


@QmlElement
@QmlUncreatable("made by the app")
class ReadViewModel(QObject):  # type: ignore[operator]
    """``found`` is the plate's text once read; ``permit`` holds a permit's check."""

    changed = Signal()
    busyChanged = Signal()
    invitationRead = Signal(str, str)
    """Server address and one-time code."""

    def __init__(
        self,
        camera: CameraViewModel,
        reader: ReplicaWorker,
        events: DeskEvents,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._camera = camera
        self._reader = reader
        self._reading = PictureReading(self)
        self._reading.answered.connect(self._on_answer)
        self._picker = PhotoPickerViewModel(self)
        self._permit = PermitReadViewModel(self)
        self._mode = ""
        self._ticket = 0
        self._busy = False
        self._from_file = False
        self._plate: PlateFound | None = None
        self._crop = ""
        self._error: FieldError | None = None
        self._language = "zh"
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._scan)
        events.languageChanged.connect(self._on_language)

    @Property(str, notify=changed)
    def mode(self) -> str:
        """What is looked for."""
        return self._mode

    @Property(bool, notify=busyChanged)
    def busy(self) -> bool:
        """Whether a picture that a person chose is being read."""
        return self._busy

    @Property(str, notify=changed)
    def plate(self) -> str:
        """The plate that was read, to be confirmed; "" while there is none."""
        return "" if self._plate is None else self._plate.text

    @Property(bool, notify=changed)
    def possible(self) -> bool:
        """Whether a plate can be that."""
        return self._plate is not None and self._plate.possible

    @Property(bool, notify=changed)
    def sure(self) -> bool:
        """Whether every character was plain."""
        return self._plate is not None and self._plate.possible and self._plate.sure >= SURE

    @Property(str, notify=changed)
    def crop(self) -> str:
        """The plate's own picture, straightened, as an image source."""
        return self._crop

    @Property(str, notify=changed)
    def errorText(self) -> str:
        """Why nothing was read, in plain words; of a file that was tapped its name is enough."""
        if self._error is None:
            return ""
        facts = self._error.facts
        if isinstance(path := facts.get("path"), str):
            facts = {**facts, "path": Path(path).name}
        return sentence(self._error.code, facts, self._language)

    @Property(PermitReadViewModel, constant=True)
    def permit(self) -> PermitReadViewModel:
        """The permit whose QR was read."""
        return self._permit

    @Property(PhotoPickerViewModel, constant=True)
    def picker(self) -> PhotoPickerViewModel:
        """For reading a picture file instead."""
        return self._picker

    @Slot(str)
    def start(self, mode: str) -> None:
        """Look for a plate, a permit or an invitation; the camera runs until ``stop``."""
        if not self._mode:
            self._camera.start()
        self._mode = mode
        self.again()

    @Slot()
    def stop(self) -> None:
        """Look no more."""
        if self._mode:
            self._mode = ""
            self._camera.stop()
        self._clear()

    @Slot()
    def again(self) -> None:
        """Forget what was read and look anew."""
        self._clear()
        if self._mode == PLATE and not are_installed():
            self._fail(NeedsPerson("plates_not_installed"))
        elif self._mode in (PERMIT, INVITATION):
            self._scan()

    @Slot()
    def shoot(self) -> None:
        """Read the plate in what the camera sees now."""
        frame = self._camera.frame()
        if frame.isValid():
            self._ask(frame)
        else:
            self._fail(RetryLater("camera_no_frame"))

    @Slot("QStringList")
    def take(self, files: list[str]) -> None:
        """Read a picture file."""
        if files:
            self._clear()
            self._ask(Path(files[0]))

    def close(self) -> None:
        """Let go of the thread, after the camera was stopped."""
        self._pause.stop()
        self._reading.close()

    def _ask(self, source: QVideoFrame | Path) -> None:
        self._ticket += 1
        self._error = None
        self._from_file = isinstance(source, Path)
        self._set_busy(self._from_file or self._mode == PLATE)
        if self._mode == PLATE:
            self._reading.read_plate(self._ticket, source)
        else:
            self._reading.read_code(self._ticket, source)
        self.changed.emit()

    @Slot()
    def _scan(self) -> None:
        """Read the newest frame for a code; without one, look again soon."""
        if self._mode not in (PERMIT, INVITATION) or self._busy or self._permit.shown:
            return
        frame = self._camera.frame()
        if frame.isValid():
            self._ticket += 1
            self._from_file = False
            self._reading.read_code(self._ticket, frame)
        else:
            self._pause.start()

    @Slot(int, object)
    def _on_answer(self, ticket: int, answer: list[PlateFound] | str | FieldError) -> None:
        if ticket != self._ticket or not self._mode:
            return
        self._set_busy(False)
        if isinstance(answer, FieldError):
            self._fail(answer)
        elif isinstance(answer, str):
            self._on_code(answer)
        else:
            self._plate, self._crop = answer[0], _source(answer[0].crop)
            self.changed.emit()

    def _on_code(self, text: str) -> None:
        meaning = meaning_of(text)
        if meaning.value != self._mode:
            if self._from_file:
                self._fail(InputRefused("qr_not_ours"))
            else:
                self._pause.start()
        elif meaning is Meaning.PERMIT:
            self._ticket += 1
            asked = self._ticket
            self._reader.submit(
                lambda desk: check_permit(desk, text),
                lambda check: self._permit.show(check) if asked == self._ticket else None,
                lambda error: self._fail(error) if asked == self._ticket else None,
            )
        else:
            self._on_invitation(text)

    def _on_invitation(self, text: str) -> None:
        try:
            invitation = read_invitation(text)
        except InputRefused as error:
            self._fail(error)
        else:
            self.invitationRead.emit(invitation.server, invitation.code)

    def _fail(self, error: FieldError) -> None:
        self._error = error
        self._set_busy(False)
        self.changed.emit()

    def _clear(self) -> None:
        self._ticket += 1
        self._pause.stop()
        self._plate, self._crop, self._error = None, "", None
        self._permit.clear()
        self._set_busy(False)
        self.changed.emit()

    def _set_busy(self, busy: bool) -> None:
        if busy != self._busy:
            self._busy = busy
            self.busyChanged.emit()

    @Slot(str)
    def _on_language(self, language: str) -> None:
        self._language = language
        self.changed.emit()


def _source(crop: Image.Image) -> str:
    out = io.BytesIO()
    crop.save(out, "PNG")
    return "data:image/png;base64," + base64.b64encode(out.getvalue()).decode()
