"""The draft in hand: begun by the first keystroke or photo, kept by itself within a second."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from fieldapp.capture.desk import Desk
from fieldapp.capture.drafts import DraftBody, begin_draft, discard_draft, keep_draft
from fieldapp.services.worker import ReplicaWorker
from fieldapp.viewmodels.capture_form import CaptureFormViewModel
from sync.contract.errors import FieldError
from sync.contract.ids import NewId

AUTOSAVE_MS = 400
"""From the first unsaved keystroke to its save, however fast the typing goes on."""

RETRY_MS = 3_000


class DraftInHand(QObject):
    """Its id is made here, so that every job names its draft, whatever the person does meanwhile."""

    failed = Signal(object)
    """The ``FieldError`` for which it could not be kept; it is tried again."""

    def __init__(
        self, writer: ReplicaWorker, form: CaptureFormViewModel, make_id: NewId, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._writer = writer
        self._form = form
        self._make_id = make_id
        self.officer_id = ""
        self.draft_id = make_id()
        self.begun = False
        self.dirty = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.save)

    def touch(self) -> None:
        """Something was typed or chosen."""
        self.begun = self.dirty = True
        if not self._timer.isActive():
            self._timer.start(AUTOSAVE_MS)

    def save(self) -> None:
        """Keep now what is not kept yet."""
        self._timer.stop()
        if self.dirty and self.officer_id:
            self.dirty = False
            self._writer.submit(self.keeping(self._form.body), failed=self._on_failed)

    def keeping(self, body: DraftBody) -> Callable[[Desk], None]:
        """The job that keeps it with this body."""
        draft_id, officer_id = self.draft_id, self.officer_id
        return lambda desk: keep_draft(desk, draft_id, officer_id, body)

    def beginning(self) -> Callable[[Desk], None]:
        """The job that sees to it that there is such a draft, before a photo goes into it."""
        self.begun = True
        draft_id, officer_id, body = self.draft_id, self.officer_id, self._form.body
        return lambda desk: begin_draft(desk, draft_id, officer_id, body)

    def settle(self) -> None:
        """What is typed is part of something that is being saved already."""
        self._timer.stop()
        self.dirty = False

    def drop(self) -> None:
        """There is nothing in it: it need not be listed."""
        self.settle()
        draft_id = self.draft_id
        if self.begun:
            self._writer.submit(lambda desk: discard_draft(desk, draft_id), failed=self.failed.emit)

    def take_up(self, draft_id: str) -> None:
        """Another draft is in hand now."""
        self.settle()
        self.draft_id, self.begun = draft_id, True

    def begin_anew(self) -> None:
        """An empty one is in hand now."""
        self.settle()
        self.draft_id, self.begun = self._make_id(), False

    def _on_failed(self, error: FieldError) -> None:
        self.dirty = True
        self._timer.start(RETRY_MS)
        self.failed.emit(error)
