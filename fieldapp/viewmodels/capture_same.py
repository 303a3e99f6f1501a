"""Open cases that may be what is about to be reported: looked for while the report is filled in."""

from __future__ import annotations

from datetime import tzinfo

import msgspec
from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from fieldapp.capture.already_reported import Reported, already_reported
from fieldapp.capture.city_time import city_zone
from fieldapp.capture.desk import Desk
from fieldapp.services.events import DeskEvents
from fieldapp.services.latest import LatestAnswer
from fieldapp.services.wording import moment_text
from fieldapp.services.worker import ReplicaWorker
from fieldapp.viewmodels.capture_form import CaptureFormViewModel
from fieldapp.viewmodels.capture_place import CapturePlaceViewModel
from fieldapp.viewmodels.lookup_rows import ValueListModel
from fieldapp.viewmodels.photo_list import PhotoListModel

QML_IMPORT_NAME = "fieldapp.viewmodels"
QML_IMPORT_MAJOR_VERSION = 1

SETTLE_MS = 250
"""So long nothing changes before it is looked again: typing a note costs one search, not fifty."""

Answer = tuple[tuple[Reported, ...], tzinfo]


class SameCaseRow(msgspec.Struct, frozen=True):
    """One case. ``metres`` is negative where it is not known; ``picture``: the photos look alike."""

    case_id: str
    short_id: str
    title: str
    stage: str
    when: str
    note: str
    metres: int
    picture: bool
    own: bool


@QmlElement
@QmlUncreatable("made by SameCaseViewModel")
class SameCaseListModel(ValueListModel):  # type: ignore[operator]
    """Rows: ``SameCaseRow``, the likeliest first."""

    names = ("case_id", "short_id", "title", "stage", "when", "note", "metres", "picture", "own")
    key = ("case_id",)


@QmlElement
@QmlUncreatable("made by CaptureViewModel")
class SameCaseViewModel(QObject):  # type: ignore[operator]
    """What was found, less what the person said is something else."""

    changed = Signal()
    searched = Signal()
    """A search was answered, whatever it found."""

    def __init__(
        self,
        reader: ReplicaWorker,
        events: DeskEvents,
        form: CaptureFormViewModel,
        place: CapturePlaceViewModel,
        photos: PhotoListModel,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._form, self._place, self._photos = form, place, photos
        self._language = "zh"
        self._asked = LatestAnswer(reader)
        self._at_desk = False
        self._answer: Answer | None = None
        self._dismissed: set[str] = set()
        self._cases = SameCaseListModel(self)
        self.joining = ""
        """The case that gets what the report holds, "" while it is to be filed as its own."""
        self._timer = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._timer.timeout.connect(self._search)
        for told in (form.bodyChanged, place.gridChanged, place.placeChanged, photos.countChanged):
            told.connect(self._timer.start)
        photos.dataChanged.connect(self._timer.start)
        events.opened.connect(self._on_opened)
        events.closed.connect(self._on_closed)
        events.tablesChanged.connect(self._on_tables)
        events.languageChanged.connect(self._on_language)

    @Property(SameCaseListModel, constant=True)
    def cases(self) -> SameCaseListModel:
        """The cases that may be the same thing."""
        return self._cases

    @Property(bool, notify=changed)
    def shown(self) -> bool:
        """Whether there is any."""
        return bool(self._cases.rows())

    @Slot()
    def dismiss(self) -> None:
        """None of them is it: they are not shown again with this report."""
        self._dismissed |= {str(row.case_id) for row in self._cases.rows() if isinstance(row, SameCaseRow)}
        self._show()

    def begin_anew(self) -> None:
        """Another report is in hand now."""
        self._dismissed.clear()
        self._answer = None
        self._show()
        self._timer.start()

    @Slot()
    def _search(self) -> None:
        body, place = self._form.body, self._place.place
        cell = self._place.grid.grid_cell
        looks = tuple(saved.photo.look for saved in self._photos.photos() if saved.photo.look)
        if not self._at_desk or body.joins or not (body.class_code or self._photos.photos()):
            self._asked.forget()
            self._take(None)
            return

        def job(desk: Desk) -> Answer:
            return already_reported(desk, body, place, cell, looks), city_zone(desk)

        self._asked.ask(job, self._take)

    def _take(self, answer: Answer | None) -> None:
        self._answer = answer
        self._show()
        self.searched.emit()

    def _show(self) -> None:
        found, zone = self._answer or ((), None)
        self._cases.show([self._row(one, zone) for one in found if one.case_id not in self._dismissed])
        self.changed.emit()

    def _row(self, one: Reported, zone: tzinfo | None) -> SameCaseRow:
        metres = one.likeness.metres
        return SameCaseRow(
            case_id=one.case_id,
            short_id=one.short_id,
            title=one.title_en if self._language == "en" else one.title_zh,
            stage=one.state,
            when=moment_text(one.reported_at, zone) if zone else "",
            note=" ".join(one.note.split()),
            metres=-1 if metres is None else round(metres),
            picture=bool(one.likeness.picture),
            own=one.own,
        )

    @Slot(object)
    def _on_opened(self, _card: object) -> None:
        self._at_desk = True
        self.begin_anew()

    @Slot()
    def _on_closed(self) -> None:
        self._at_desk = False
        self.joining = ""
        self._timer.stop()
        self._asked.forget()
        self._take(None)

    @Slot(object)
    def _on_tables(self, names: frozenset[str]) -> None:
        if "city_case" in names:
            self._timer.start()

    @Slot(str)
    def _on_language(self, language: str) -> None:
        self._language = language
        self._show()
