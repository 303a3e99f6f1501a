"""The draft in hand: begun by the first keystroke or photo, kept by itself within a second.

Each keep says which body the form knew: where somebody else wrote the draft meanwhile, both are merged and
the form hears of it (``merged``).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from fieldapp.capture.desk import Desk
from fieldapp.capture.drafts import DraftBody, OpenDraft, begin_draft, discard_draft, keep_draft
from fieldapp.services.worker import ReplicaWorker
from fieldapp.viewmodels.capture_form import CaptureFormViewModel
from sync.contract.errors import FieldError
from sync.contract.ids import NewId

Keep = Callable[[Desk], OpenDraft]

AUTOSAVE_MS = 400
"""From the first unsaved keystroke to its save, however fast the typing goes on."""

RETRY_MS = 3_000


class KnownBody:
    """The body that the form knew when it was last kept; the writer's jobs alone touch it, in their order."""

    def __init__(self, body: DraftBody) -> None:
        self.body = body


class DraftInHand(QObject):
    """Its id is made here, so that every job names its draft, whatever the person does meanwhile."""

    failed = Signal(object)
    """The ``FieldError`` for which it could not be kept; it is tried again."""
    merged = Signal(object, object)
    """The ``DraftBody`` that was to be kept, and the ``OpenDraft`` that stands instead."""

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
        self._known = KnownBody(DraftBody())
        self._left_behind: dict[tuple[str, str], Keep] = {}
        """By officer and draft: what could not be kept before another draft was taken up."""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.save)

    @Slot()
    def touch(self) -> None:
        """Something was typed or chosen."""
        self.begun = self.dirty = True
        if not self._timer.isActive():
            self._timer.start(AUTOSAVE_MS)

    @Slot()
    def save(self) -> None:
        """Keep now what is not kept yet."""
        self._timer.stop()
        for whose in [whose for whose in self._left_behind if whose[0] == self.officer_id]:
            keep = self._left_behind.pop(whose)
            self._writer.submit(keep, failed=partial(self._on_failed, whose, keep))
        if self.dirty and self.officer_id:
            self.dirty = False
            body, draft_id = self._form.body, self.draft_id
            keep = self.keeping(body)

            def kept(opened: OpenDraft) -> None:
                if draft_id == self.draft_id:
                    self._on_kept(body, opened)

            self._writer.submit(keep, kept, partial(self._on_failed, (self.officer_id, draft_id), keep))

    def keeping(self, body: DraftBody) -> Keep:
        """The job that keeps it with this body."""
        draft_id, officer_id, known = self.draft_id, self.officer_id, self._known
        body = msgspec.structs.replace(body, by="")

        def keep(desk: Desk) -> OpenDraft:
            kept = keep_draft(desk, draft_id, officer_id, body, known.body)
            known.body = body
            return kept

        return keep

    def beginning(self) -> Callable[[Desk], None]:
        """The job that sees to it that there is such a draft, before a photo goes into it."""
        self.begun = True
        draft_id, officer_id, known = self.draft_id, self.officer_id, self._known
        body = msgspec.structs.replace(self._form.body, by="")

        def begin(desk: Desk) -> None:
            if begin_draft(desk, draft_id, officer_id, body):
                known.body = body

        return begin

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

    def take_up(self, draft_id: str, body: DraftBody) -> None:
        """Another draft is in hand now; what was typed before it came is kept in its own."""
        self.save()
        self.draft_id, self.begun, self._known = draft_id, True, KnownBody(body)

    def move_to(self, draft_id: str, body: DraftBody) -> None:
        """What is in hand goes on in another draft, which holds this body."""
        self.draft_id, self.begun, self._known = draft_id, True, KnownBody(body)

    def begin_anew(self) -> None:
        """An empty one is in hand now."""
        self.settle()
        self.draft_id, self.begun, self._known = self._make_id(), False, KnownBody(DraftBody())

    def _on_kept(self, sent: DraftBody, kept: OpenDraft) -> None:
        sent = msgspec.structs.replace(sent, by="")
        if kept.draft.state == "open" and kept.body != sent:
            self.merged.emit(sent, kept)

    def _on_failed(self, whose: tuple[str, str], keep: Keep, error: FieldError) -> None:
        if whose == (self.officer_id, self.draft_id):
            self.dirty = True
        else:
            self._left_behind[whose] = keep
        self._timer.start(RETRY_MS)
        self.failed.emit(error)
