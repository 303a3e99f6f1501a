"""A photo that was taken out: gone from sight at once, from the disk after ten seconds."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from fieldapp.capture.drafts import remove_photo
from fieldapp.services.worker import ReplicaWorker
from fieldapp.viewmodels.photo_list import PhotoListModel
from sync.replica.drafts import SavedPhoto

REMOVE_MS = 10_000


class PhotoRemoval(QObject):
    """One at a time: taking out another one makes the first final. After a kill it is simply still there."""

    changed = Signal()
    failed = Signal(object)

    def __init__(self, writer: ReplicaWorker, photos: PhotoListModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._writer = writer
        self._photos = photos
        self._out: SavedPhoto | None = None
        self._timer = QTimer(self, singleShot=True, interval=REMOVE_MS)
        self._timer.timeout.connect(self.finish)

    @property
    def pending(self) -> bool:
        """Whether a photo can be put back."""
        return self._out is not None

    def take_out(self, photo_id: str) -> None:
        """Take a photo out."""
        self.finish()
        self._out = self._photos.take_out(photo_id)
        if self._out is not None:
            self._timer.start()
        self.changed.emit()

    def put_back(self) -> None:
        """Put it back."""
        photo, self._out = self._out, None
        self._timer.stop()
        if photo is not None:
            self._photos.put(photo)
        self.changed.emit()

    @Slot()
    def finish(self) -> None:
        """Take it out for good."""
        photo, self._out = self._out, None
        self._timer.stop()
        if photo is not None:
            self._writer.submit(lambda desk: remove_photo(desk, photo), failed=self.failed.emit)
            self.changed.emit()

    def forget(self) -> None:
        """Its draft is gone with everything in it, or nobody sits at the desk."""
        self._out = None
        self._timer.stop()
        self.changed.emit()
