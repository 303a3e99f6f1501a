"""A draft that somebody else wrote too: both sides become one under the person's eyes, nothing typed is lost.

kept with what the form knew → merged → form and photos follow → what lost is listed, one tap to take it
"""

from __future__ import annotations

import json

import msgspec
from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from fieldapp.capture.drafts import DraftBody, OpenDraft, merge_bodies
from fieldapp.capture.two_versions import lay_away, other_versions, take_other, value_of
from fieldapp.services.wording import age_text
from fieldapp.viewmodels.capture_draft import DraftInHand
from fieldapp.viewmodels.capture_form import CaptureFormViewModel
from fieldapp.viewmodels.class_cascade import ClassCascadeViewModel
from fieldapp.viewmodels.lookup_rows import ValueListModel
from fieldapp.viewmodels.photo_list import PhotoListModel
from sync.clock import Clock
from sync.contract.ids import short_id
from sync.merge_fields import PutAside, merge_ids

QML_IMPORT_NAME = "fieldapp.viewmodels"
QML_IMPORT_MAJOR_VERSION = 1

SHOWN = ("note", "class_code", "place", "grid_cell", "address", "plate", "unit", "joins", "facts")
"""Fields a person knows, in the order of the form."""


class VersionRow(msgspec.Struct, frozen=True):
    """A field with two versions: what stands; what was put aside, how long ago and by whom it was written."""

    key: str
    field: str
    standing: str
    other: str
    age: str
    by: str


@QmlElement
@QmlUncreatable("made by TwoVersionsViewModel")
class VersionListModel(ValueListModel):  # type: ignore[operator]
    """Rows: ``VersionRow``."""

    names = ("key", "field", "standing", "other", "age", "by")
    key = ("key",)


@QmlElement
@QmlUncreatable("made by CaptureViewModel")
class TwoVersionsViewModel(QObject):  # type: ignore[operator]
    """The fields of the draft in hand that have two versions. None of it keeps a report from being filed."""

    changed = Signal()
    merged = Signal(str)
    """Somebody else wrote the draft: "merged", or "moved" where it was filed and this one is another."""

    def __init__(
        self,
        form: CaptureFormViewModel,
        draft: DraftInHand,
        photos: PhotoListModel,
        classes: ClassCascadeViewModel,
        clock: Clock,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._form, self._draft, self._photos = form, draft, photos
        self._classes, self._clock = classes, clock
        self._items = VersionListModel(self)
        self._shown: tuple[PutAside, ...] = ()
        self._away = 0
        self._draft_id, self._seen_photos = "", frozenset[str]()
        form.bodyChanged.connect(self._show)
        form.classChanged.connect(self._show)
        photos.countChanged.connect(self._see_photos)
        draft.merged.connect(self._on_merged)

    @Property(VersionListModel, constant=True)
    def items(self) -> VersionListModel:
        """Those to be looked at."""
        return self._items

    @Property(int, notify=changed)
    def away(self) -> int:
        """How many were put away, and can be shown again."""
        return self._away

    @Slot(str)
    def take(self, key: str) -> None:
        """Let the other version stand; what stood is the other one now."""
        for one in self._shown:
            if _key(one) == key:
                self._form.set_body(take_other(self._form.body, one, self._clock.now()))
                return

    @Slot(str)
    def layAway(self, key: str) -> None:
        """Seen and needed no more; it stays in the draft."""
        for one in self._shown:
            if _key(one) == key:
                self._form.set_body(lay_away(self._form.body, one))
                return

    @Slot()
    def showAgain(self) -> None:
        """List all that was put away."""
        body = self._form.body
        for one in other_versions(body):
            body = lay_away(body, one, away=False)
        self._form.set_body(body)

    def _show(self) -> None:
        body = self._form.body
        known = [one for one in other_versions(body) if one.field in SHOWN]
        self._shown = tuple(
            sorted((one for one in known if not one.away), key=lambda one: SHOWN.index(one.field))
        )
        self._away = len(known) - len(self._shown)
        self._items.show([self._row(body, one) for one in self._shown])
        self.changed.emit()

    def _row(self, body: DraftBody, one: PutAside) -> VersionRow:
        age = age_text(max(0.0, (self._clock.now() - one.at).total_seconds()))
        standing = self._text(one.field, value_of(body, one.field))
        return VersionRow(
            _key(one), one.field, standing, self._text(one.field, json.loads(one.value)), age, one.by
        )

    def _text(self, field: str, value: object) -> str:
        if field == "class_code" and value:
            return self._classes.path(str(value))
        if field == "joins" and value:
            return short_id(str(value))
        if isinstance(value, dict):
            lon, lat = value.get("lon"), value.get("lat")
            return "" if lon is None or lat is None else f"{lat:.6f}, {lon:.6f}"
        return "" if value is None else str(value)

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


def _key(one: PutAside) -> str:
    return f"{one.field} {one.value}"
