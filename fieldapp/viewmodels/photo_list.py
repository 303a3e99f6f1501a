"""The photos of the report in hand, in their order."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import QUrl, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from fieldapp.capture.pictures import large_picture, voice_file
from fieldapp.viewmodels.lookup_rows import ValueListModel
from fieldapp.viewmodels.voice import length_text
from sync.contract.records import Lane, Origin
from sync.replica.drafts import SavedPhoto
from sync.replica.folder import DataFolder

QML_IMPORT_NAME = "fieldapp.viewmodels"
QML_IMPORT_MAJOR_VERSION = 1


class PhotoRow(msgspec.Struct, frozen=True):
    """A tile. ``source`` is empty until there is a thumbnail; ``status`` is the outbox's, empty here."""

    photo_id: str
    source: str
    origin: Origin
    placed: bool
    saved: SavedPhoto
    status: str = ""
    length: str = ""
    """How long a voice note is."""
    path: str = ""
    """Its file."""


@QmlElement
@QmlUncreatable("made by CaptureViewModel")
class PhotoListModel(ValueListModel):  # type: ignore[operator]
    """Rows: ``PhotoRow``. A photo that is being taken out is not shown, and can be put back."""

    names = ("photo_id", "source", "status", "origin", "placed", "length", "path")
    key = ("photo_id",)

    maskAsked = Signal(str, str)
    """A draft and a photo of it that is to be masked."""

    folder: DataFolder | None = None
    """Where the thumbnails lie, once an officer sits at the desk."""

    def photos(self) -> list[SavedPhoto]:
        """The photos shown."""
        return [row.saved for row in self._rows if isinstance(row, PhotoRow)]

    def show_photos(self, photos: list[SavedPhoto]) -> None:
        """Show these photos, by slot."""
        self.show([self._row(saved) for saved in sorted(photos, key=lambda one: one.photo.slot)])

    @Slot(result="QStringList")
    def larges(self) -> list[str]:
        """Every photo's file for the whole screen, in the order shown."""
        folder = self.folder
        paths = [large_picture(folder, saved.photo) if folder else "" for saved in self.photos()]
        return [QUrl.fromLocalFile(path).toString() for path in paths]

    @Slot(str, result=int)
    def placeOf(self, photo_id: str) -> int:
        """Where in that order a photo is; 0 for one that is not shown."""
        return next((at for at, one in enumerate(self.photos()) if one.photo_id == photo_id), 0)

    @Slot(int, result=str)
    def idAt(self, at: int) -> str:
        """The id of the photo at a place in that order."""
        photos = self.photos()
        return photos[at].photo_id if 0 <= at < len(photos) else ""

    @Slot(int)
    def mask(self, at: int) -> None:
        """Mask the photo at a place in that order."""
        photos = self.photos()
        if 0 <= at < len(photos):
            self.maskAsked.emit(photos[at].owner_id, photos[at].photo_id)

    def put(self, saved: SavedPhoto) -> None:
        """Show a photo, or show more of one that is shown."""
        self.show_photos([*(one for one in self.photos() if one.photo_id != saved.photo_id), saved])

    @Slot(object)
    def put_developed(self, saved: SavedPhoto) -> None:
        """Show more of a photo, if it is shown at all."""
        if saved.photo_id in {one.photo_id for one in self.photos()}:
            self.put(saved)

    def take_out(self, photo_id: str) -> SavedPhoto | None:
        """Show a photo no more; it is the answer."""
        found = next((one for one in self.photos() if one.photo_id == photo_id), None)
        if found is not None:
            self.show_photos([one for one in self.photos() if one is not found])
        return found

    def _row(self, saved: SavedPhoto) -> PhotoRow:
        thumb = saved.photo.file(Lane.THUMBNAIL)
        source = ""
        if thumb is not None and self.folder is not None:
            path = self.folder.file(thumb.sha256, thumb.media_type, Lane.THUMBNAIL)
            source = QUrl.fromLocalFile(str(path)).toString()
        photo = saved.photo
        length = length_text(photo.length_ms) if photo.length_ms else ""
        placed = photo.place.lon is not None
        heard = voice_file(self.folder, photo) if length and self.folder is not None else ""
        return PhotoRow(saved.photo_id, source, photo.origin, placed, saved, length=length, path=heard)
