"""The photos of the record that is looked at: what each of their files waits for."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import msgspec
from PySide6.QtCore import QUrl, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from fieldapp.services.outbox_photos import PhotoOnItsWay
from fieldapp.viewmodels.lookup_rows import ValueListModel
from sync.contract.records import Lane
from sync.replica.uploads import Upload

QML_IMPORT_NAME = "fieldapp.viewmodels"
QML_IMPORT_MAJOR_VERSION = 1


class PhotoWayRow(msgspec.Struct, frozen=True):
    """One photo. A lane's status is an outbox word, "" where there is no such file; ``large`` is opened."""

    slot: int
    source: str
    large: str
    origin: str
    thumbnail: str = ""
    thumbnail_text: str = ""
    stamped: str = ""
    stamped_text: str = ""
    original: str = ""
    original_text: str = ""


@QmlElement
@QmlUncreatable("made by OutboxViewModel")
class PhotoWayModel(ValueListModel):  # type: ignore[operator]
    """Rows: ``PhotoWayRow``."""

    names = (
        "slot",
        "source",
        "large",
        "origin",
        "thumbnail",
        "thumbnail_text",
        "stamped",
        "stamped_text",
        "original",
        "original_text",
    )
    key = ("slot",)

    @Slot(result="QStringList")
    def larges(self) -> list[str]:
        """The addresses to open, in order."""
        return [row.large for row in self._rows if isinstance(row, PhotoWayRow)]

    def show_photos(
        self,
        photos: Iterable[PhotoOnItsWay],
        say: Callable[[Upload], str],
        status: Callable[[Upload], str],
    ) -> None:
        """Show these; ``say`` and ``status`` tell where a file is."""
        self.show([_row(photo, say, status) for photo in photos])


def _row(photo: PhotoOnItsWay, say: Callable[[Upload], str], status: Callable[[Upload], str]) -> PhotoWayRow:
    lanes = {lane.value: photo.uploads[lane] for lane in Lane if lane in photo.uploads}
    told = {name: status(upload) for name, upload in lanes.items()}
    told |= {f"{name}_text": say(upload) for name, upload in lanes.items()}
    return PhotoWayRow(
        slot=photo.slot, source=_url(photo.small), large=_url(photo.large), origin=photo.origin, **told
    )


def _url(path: str) -> str:
    return QUrl.fromLocalFile(path).toString() if path else ""
