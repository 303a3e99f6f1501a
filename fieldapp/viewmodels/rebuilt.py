"""The work data was damaged and made anew: the person is told what came back, until it was read."""

from __future__ import annotations

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from fieldapp.capture.desk import Desk
from fieldapp.services.events import DeskEvents
from fieldapp.services.wording import Wording, moment_text
from fieldapp.services.worker import ReplicaWorker
from fieldapp.services.zones import zone_of
from sync.replica.recovery import Rebuilt

QML_IMPORT_NAME = "fieldapp.viewmodels"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlUncreatable("made by the app")
class RebuiltViewModel(QObject):  # type: ignore[operator]
    """Looks when an officer sits down and whenever records change; never silent about a damage."""

    changed = Signal()

    def __init__(
        self,
        writer: ReplicaWorker,
        reader: ReplicaWorker,
        events: DeskEvents,
        wording: Wording,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._writer = writer
        self._reader = reader
        self._wording = wording
        self._found: Rebuilt | None = None
        self._zone = "UTC"
        events.opened.connect(self._look)
        events.recordsChanged.connect(self._look)
        events.closed.connect(lambda: self._take((None, "UTC")))
        wording.changed.connect(lambda _language: self.changed.emit())

    @Property(bool, notify=changed)
    def shown(self) -> bool:
        """Whether there is a rebuild that nobody was told of."""
        return self._found is not None

    @Property(str, notify=changed)
    def text(self) -> str:
        """When it was, and what came back."""
        if self._found is None:
            return ""
        facts = {
            "at": moment_text(self._found.at, zone_of(self._zone)),
            "records": self._found.records,
            "drafts": self._found.drafts,
            "photos": self._found.photos,
            "kept": self._found.kept,
        }
        return self._wording.say_code("doctor_rebuilt", facts)

    @Slot()
    def understood(self) -> None:
        """The person has read it."""
        self._writer.submit(lambda desk: desk.work.rebuilt_told(), lambda _none: self._look())
        self._take((None, self._zone))

    @Slot(object)
    def _look(self, *_what: object) -> None:
        self._reader.submit(read_untold, self._take)

    def _take(self, answer: tuple[Rebuilt | None, str]) -> None:
        found, self._zone = answer
        if found != self._found:
            self._found = found
            self.changed.emit()


def read_untold(desk: Desk) -> tuple[Rebuilt | None, str]:
    """The last rebuild, unless somebody was told of it; and the city's time zone."""
    found = desk.work.rebuilt()
    identity = desk.work.meta.identity()
    return (None if found is None or found.told else found), identity.city.zone if identity else "UTC"
