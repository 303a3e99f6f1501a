"""A draft that somebody else wrote too: form and photos follow what both sides made of it.

kept with what the form knew → merged → what only they changed appears, what clashed is listed beside
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from fieldapp.capture.drafts import DraftBody, OpenDraft, merge_bodies
from fieldapp.viewmodels.capture_draft import DraftInHand
from fieldapp.viewmodels.capture_form import CaptureFormViewModel
from fieldapp.viewmodels.class_cascade import ClassCascadeViewModel
from fieldapp.viewmodels.photo_list import PhotoListModel
from fieldapp.viewmodels.two_versions import TwoVersionsViewModel
from sync.clock import Clock
from sync.merge_fields import merge_ids


def versions_of(
    form: CaptureFormViewModel, classes: ClassCascadeViewModel, clock: Clock, parent: QObject
) -> TwoVersionsViewModel:
    """The fields of the form that have two versions."""
    versions = TwoVersionsViewModel(lambda: form.body, form.set_body, classes.path, clock, parent)
    form.bodyChanged.connect(versions.look)
    form.classChanged.connect(versions.look)
    return versions


class CaptureMerging(QObject):
    """What is typed while the answer is on its way is merged once more, in the same way."""

    merged = Signal(str)
    """Somebody else wrote the draft: "merged", or "moved" where it was filed and this one is another."""

    def __init__(
        self,
        form: CaptureFormViewModel,
        draft: DraftInHand,
        photos: PhotoListModel,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._form, self._draft, self._photos = form, draft, photos
        self._draft_id, self._seen_photos = "", frozenset[str]()
        photos.countChanged.connect(self._see_photos)
        draft.merged.connect(self._on_merged)

    @Slot(object, object)
    def _on_merged(self, sent: DraftBody, kept: OpenDraft) -> None:
        moved = kept.draft.draft_id != self._draft.draft_id
        if moved:
            self._draft.move_to(kept.draft.draft_id, sent)
        mine = self._form.body
        body = merge_bodies(sent, mine, kept.body, kept.draft.changed_at)
        self._show_photos(kept)
        if body != mine:
            self._form.set_body(body)
            self._draft.save()
            self.merged.emit("moved" if moved else "merged")

    @Slot()
    def _see_photos(self) -> None:
        if self._draft_id != self._draft.draft_id:
            self._draft_id, self._seen_photos = self._draft.draft_id, frozenset()
        self._seen_photos |= {saved.photo_id for saved in self._photos.photos()}

    def _show_photos(self, kept: OpenDraft) -> None:
        self._see_photos()
        shown = {saved.photo_id: saved for saved in self._photos.photos()}
        stored = {saved.photo_id: saved for saved in kept.photos}
        wanted = merge_ids(self._seen_photos, shown, stored)
        if wanted != set(shown):
            every = {**shown, **stored}
            self._photos.show_photos([every[photo_id] for photo_id in wanted])
