"""A visit in hand (行政检查): filled in, signed on the screen, saved with its on-site record.

    start → edit, answer, choose (kept as it is typed) → sign → submit → paper and the party's QR

``stage`` is "" before one was begun, "form" while it is filled in, "done" when it was saved.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import msgspec
from PySide6.QtCore import Property, QObject, QTimer, QUrl, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from fieldapp.capture.desk import Desk
from fieldapp.capture.drafts import discard_draft
from fieldapp.capture.visit import MakePaper, SavedVisit, submit_visit
from fieldapp.capture.visit_draft import (
    DraftAnswer,
    OpenVisit,
    VisitDraft,
    keep_visit,
    show_credential,
    sign_visit,
)
from fieldapp.services.camera_darkroom import Darkroom
from fieldapp.services.events import DeskEvents
from fieldapp.services.position import PositionSource
from fieldapp.services.showing import show_paper
from fieldapp.services.visit_rows import checked_paper
from fieldapp.services.worker import ReplicaWorker
from fieldapp.viewmodels.camera import CameraViewModel
from fieldapp.viewmodels.visit_card import VisitCardViewModel
from fieldapp.viewmodels.visit_choices import VisitChoices
from fieldapp.viewmodels.visit_lists import ChoiceListModel, ChoiceRow, QuestionListModel
from fieldapp.viewmodels.visit_loading import Begun, begin, find_party, qr_source
from fieldapp.viewmodels.visit_photos import VisitPhotosViewModel
from fieldapp.viewmodels.visits_done import VisitsViewModel
from sync.clock import Clock
from sync.contract.errors import FieldError, InputRefused, NeedsPerson
from sync.contract.visit import VISITORS, PartyKind, Signer
from sync.contract.wire import OfficerCard
from sync.messages import sentence
from sync.replica.folder import DataFolder

QML_IMPORT_NAME = "fieldapp.viewmodels"
QML_IMPORT_MAJOR_VERSION = 1

KEEP_MS = 400
_FIELDS = frozenset(
    {"party_name", "credit_code", "address", "present", "position", "phone", "note", "demand"}
    | {"correct_by", "statement", "refusal", "second_id", "result"}
)
_PARTY = frozenset({"party_name", "credit_code", "address"})
_FORM = frozenset({"second_id", "result"})


@QmlElement
@QmlUncreatable("made by the app")
class VisitViewModel(QObject):  # type: ignore[operator]
    """One visit. ``field`` reads and ``edit`` writes what is typed, by the field's name."""

    changed = Signal()
    formChanged = Signal()
    saved = Signal(str)
    photoSaved = Signal(str)
    failed = Signal(str, str)

    def __init__(
        self,
        writer: ReplicaWorker,
        reader: ReplicaWorker,
        events: DeskEvents,
        position: PositionSource,
        make_paper: MakePaper,
        camera: CameraViewModel | None,
        darkroom: Darkroom,
        clock: Clock,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._writer, self._reader, self._events = writer, reader, events
        self._position = position
        self._make_paper = make_paper
        self._choices = VisitChoices(reader, self)
        self._pictures = VisitPhotosViewModel(writer, position, camera, darkroom, clock, self.flush, self)
        self._pictures.kept.connect(self._on_kept)
        self._pictures.failed.connect(self._fail)
        self._pictures.shotTaken.connect(self.photoSaved)
        self._card = VisitCardViewModel(reader, self._fail, self)
        self._past = VisitsViewModel(reader, events, self)
        self._card.shown.connect(self._on_card_shown)
        self._offered = self._busy = False
        self._opened: OpenVisit | None = None
        self._body = VisitDraft()
        self._done: SavedVisit | None = None
        self._rating = ""
        self._signatures: dict[str, str] = {}
        self._error: FieldError | None = None
        self._language = "zh"
        self._folder: DataFolder | None = None
        self._timer = QTimer(self, singleShot=True, interval=KEEP_MS)
        self._timer.timeout.connect(self.flush)
        events.opened.connect(self._on_opened)
        events.closed.connect(self._on_closed)
        events.languageChanged.connect(self._on_language)

    @Property(bool, notify=changed)
    def offered(self) -> bool:
        """Whether this officer may visit."""
        return self._offered

    @Property(str, notify=changed)
    def stage(self) -> str:
        """Nothing, form or done."""
        return "done" if self._done else "form" if self._opened else ""

    @Property(bool, notify=changed)
    def busy(self) -> bool:
        """While it is being saved."""
        return self._busy

    @Property(ChoiceListModel, constant=True)
    def items(self) -> ChoiceListModel:
        """What may be visited for."""
        return self._choices.items

    @Property(ChoiceListModel, constant=True)
    def parties(self) -> ChoiceListModel:
        """Parties that the typed name may mean."""
        return self._choices.parties

    @Property(ChoiceListModel, constant=True)
    def colleagues(self) -> ChoiceListModel:
        """Who may be the second officer, the own squad first."""
        return self._choices.colleagues

    @Property(QuestionListModel, constant=True)
    def questions(self) -> QuestionListModel:
        """The check list."""
        return self._choices.questions

    @Property(str, notify=formChanged)
    def item(self) -> str:
        """The item chosen."""
        return self._body.item_code

    @Property(str, notify=formChanged)
    def basis(self) -> str:
        """Its legal basis."""
        return self._choices.basis(self._body.item_code, self._language)

    @Property(str, notify=formChanged)
    def result(self) -> str:
        """The result chosen."""
        return self._body.result

    @Property(str, notify=formChanged)
    def second(self) -> str:
        """The second officer."""
        return self._body.second_id

    @Property(str, notify=formChanged)
    def progress(self) -> str:
        """How many questions are answered, as 3/8."""
        return self._choices.progress()

    @Property(VisitPhotosViewModel, constant=True)
    def pictures(self) -> VisitPhotosViewModel:
        """Photos, each beside its question."""
        return self._pictures

    @Property(VisitsViewModel, constant=True)
    def past(self) -> VisitsViewModel:
        """Earlier visits."""
        return self._past

    @Property(VisitCardViewModel, constant=True)
    def card(self) -> VisitCardViewModel:
        """The officer's credential."""
        return self._card

    @Property(bool, notify=formChanged)
    def credentialShown(self) -> bool:
        """Whether the credential was shown."""
        return self._body.credential_at is not None

    @Property(str, notify=formChanged)
    def officerSigned(self) -> str:
        """The officer's signature as an image source, "" before it."""
        return self._signatures.get(Signer.OFFICER.value, "")

    @Property(str, notify=formChanged)
    def secondSigned(self) -> str:
        """The second officer's."""
        return self._signatures.get(Signer.SECOND.value, "")

    @Property(str, notify=formChanged)
    def partySigned(self) -> str:
        """The party's."""
        return self._signatures.get(Signer.PARTY.value, "")

    @Property(str, notify=changed)
    def rating(self) -> str:
        """The party's QR as an image source, once the visit is saved."""
        return self._rating

    @Property(str, notify=changed)
    def sheetHash(self) -> str:
        """The hash printed on the paper."""
        return self._done.sheet_sha256 if self._done else ""

    @Property(str, notify=changed)
    def error(self) -> str:
        """Why it cannot be saved as it is, in the language of now."""
        return sentence(self._error.code, self._error.facts, self._language) if self._error else ""

    @Slot(str, result=str)
    def field(self, name: str) -> str:
        """What is filled in, by the field's name."""
        return str(getattr(self._body, name)) if name in _FIELDS else ""

    @Slot()
    def start(self) -> None:
        """Go on with the open visit, or begin one."""
        if self._opened is None or self._done is not None:
            place = self._position.current()
            self._writer.submit(lambda desk: begin(desk, place), self._on_begun, self._fail)

    @Slot(str, str)
    def visitParty(self, kind: str, ref: str) -> None:
        """Go on with the open visit, or begin one, and let it be to this party of the city's tables.

        A visit that is in hand for somebody else stays as it is: ``visit_in_hand``.
        """
        place = self._position.current()

        def job(desk: Desk) -> Begun:
            begun = begin(desk, place)
            return msgspec.structs.replace(begun, party=find_party(desk, PartyKind(kind), ref))

        self.flush()
        self._writer.submit(job, self._on_begun, self._fail)

    @Slot()
    def discard(self) -> None:
        """Throw the visit in hand away, photos and all; the page has asked."""
        opened = self._opened
        if opened is None or self._done is not None or self._busy:
            return
        draft_id = opened.draft.draft_id
        self._timer.stop()
        self._body = VisitDraft()
        self._leave()
        self._writer.submit(
            lambda desk: discard_draft(desk, draft_id), lambda _none: self.start(), self._fail
        )

    @Slot(str)
    def chooseItem(self, code: str) -> None:
        """Another item: its questions are asked anew."""
        if code != self._body.item_code:
            self._take(msgspec.structs.replace(self._body, item_code=code, answers=(), asked={}))
            self._show_questions()

    @Slot(str, str)
    def edit(self, name: str, text: str) -> None:
        """What is typed; kept within half a second."""
        if name not in _FIELDS or text == getattr(self._body, name):
            return
        other: dict[str, Any] = {"party_kind": "other", "party_ref": ""} if name in _PARTY else {}
        self._take(msgspec.structs.replace(self._body, **{name: text}, **other), told=name in _FORM)
        if name == "party_name":
            self._choices.find(text)

    @Slot(str)
    def chooseParty(self, code: str) -> None:
        """One of the parties found."""
        row = self._choices.party(code)
        if row is not None:
            self._take_party(row)

    @Slot(int, str)
    def answer(self, number: int, finding: str) -> None:
        """The answer to a question."""
        self._answer(number, finding=finding)

    @Slot(int, str)
    def remark(self, number: int, note: str) -> None:
        """A note beside a question."""
        self._answer(number, note=note)

    @Slot(str, "QVariantList")
    def sign(self, signer: str, strokes: Sequence[Sequence[Sequence[float]]]) -> None:
        """Keep a signature; points in the unit square."""
        if not self._signatures:
            self._locate()
        self.flush()
        drawn = [[(float(point[0]), float(point[1])) for point in stroke] for stroke in strokes]
        self._change(lambda desk, draft_id: sign_visit(desk, draft_id, Signer(signer), drawn))

    @Slot()
    def submit(self) -> None:
        """Save the visit with its paper."""
        opened = self._opened
        if opened is None or self._busy:
            return
        if (
            not self._signatures
        ):  # what was signed says where; a position that comes later would take that away
            self._locate()
        self.flush()
        self._set_busy(True)
        draft_id, make = opened.draft.draft_id, self._make_paper
        self._writer.submit(lambda desk: submit_visit(desk, draft_id, make), self._on_saved, self._fail)

    @Slot()
    def openPaper(self) -> None:
        """Show the on-site record with whatever shows PDFs here."""
        done = self._done
        if done is not None:
            self._writer.submit(lambda desk: checked_paper(desk, done.visit_id), self._show, self._fail)

    def _show(self, path: str) -> None:
        self._error = None
        self.changed.emit()
        try:
            if not path:
                raise NeedsPerson("paper_damaged")
            show_paper(path)
        except NeedsPerson as error:
            self._fail(error)

    @Slot()
    def close(self) -> None:
        """Leave the page; what is filled in stays."""
        self.flush()
        self._leave()

    @Slot()
    def flush(self) -> None:
        """Keep what is typed now."""
        self._timer.stop()
        opened, body = self._opened, self._body
        if opened is None or self._done is not None or opened.body == body:
            return
        self._opened = msgspec.structs.replace(opened, body=body)
        self._change(lambda desk, draft_id: keep_visit(desk, draft_id, body))

    def _take(self, body: VisitDraft, *, told: bool = True) -> None:
        self._body = body
        self._error = None
        self._timer.start()
        if told:
            self.formChanged.emit()
        self.changed.emit()

    def _take_party(self, row: ChoiceRow) -> None:
        party = {"party_ref": row.code, "party_kind": row.kind, "party_name": row.title}
        more = {"address": row.subtitle, "credit_code": row.credit}
        self._take(msgspec.structs.replace(self._body, **party, **more))

    def _answer(self, number: int, **given: str) -> None:
        count = len(self._choices.questions.rows())
        answers = [*self._body.answers, *[DraftAnswer()] * (count - len(self._body.answers))][:count]
        if 0 <= number < count:
            answers[number] = msgspec.structs.replace(answers[number], **given)
            self._take(msgspec.structs.replace(self._body, answers=tuple(answers)))
            self._show_questions()

    def _change(self, work: Callable[[Desk, str], OpenVisit]) -> None:
        opened = self._opened
        if opened is not None:
            draft_id = opened.draft.draft_id
            self._writer.submit(lambda desk: work(desk, draft_id), self._on_kept, self._fail)

    def _on_begun(self, begun: Begun) -> None:
        self._opened, self._body = begun.opened, begun.opened.body
        self._done = None
        self._folder = begun.folder
        self._choices.take(begun)
        self._show_items()
        self._show_signatures()
        self.formChanged.emit()
        self.changed.emit()
        party, held = begun.party, self._body.party_name
        if party is not None and not held.strip():
            self._take_party(party)
        elif party is not None and self._body.party_ref != party.code:
            self._fail(InputRefused("visit_in_hand", party=held))

    @Slot(object)
    def _on_kept(self, opened: OpenVisit) -> None:
        if self._opened is None or opened.draft.draft_id != self._opened.draft.draft_id:
            return
        self._opened = opened
        kept = opened.body
        self._body = msgspec.structs.replace(
            self._body,
            signed=kept.signed,
            signed_at=kept.signed_at,
            credential_at=kept.credential_at,
            asked=kept.asked,
            refusal=self._body.refusal if self._timer.isActive() else kept.refusal,
        )
        self._show_signatures()
        self.formChanged.emit()

    def _on_saved(self, done: SavedVisit) -> None:
        self._busy = False
        self._done = done
        self._rating = qr_source(done.rating_link)
        self._events.recordsChanged.emit(frozenset({done.visit_id}))
        self._events.nudge.emit()
        self.changed.emit()
        self.saved.emit(done.visit_id)

    def _locate(self) -> None:
        place = self._position.current()
        if self._body.place.lon is None and place is not None:
            self._body = msgspec.structs.replace(self._body, place=place)

    @Slot()
    def _on_card_shown(self) -> None:
        if self._error is not None and self._error.code == "credential_missing":
            self._error = None
        self._change(show_credential)

    @Slot(object)
    def _fail(self, error: FieldError) -> None:
        self._busy = False
        self._error = error
        self.changed.emit()
        self.failed.emit(error.code, sentence(error.code, error.facts, self._language))

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self.changed.emit()

    def _show_items(self) -> None:
        self._choices.show_items(self._language)
        self._show_questions()

    def _show_questions(self) -> None:
        self._choices.show_questions(self._body, self._language)
        self.formChanged.emit()

    def _show_signatures(self) -> None:
        self._signatures = {}
        for signer in Signer if self._opened else ():
            saved = self._opened.signature(signer) if self._opened else None
            if saved is not None and self._folder is not None:
                file = saved.photo.original
                path = self._folder.file(file.sha256, file.media_type)
                self._signatures[signer.value] = QUrl.fromLocalFile(str(path)).toString()
        self._pictures.show(self._opened, self._folder)

    @Slot(object)
    def _on_opened(self, card: OfficerCard) -> None:
        self._offered = card.role in {role.value for role in VISITORS}
        self.changed.emit()

    @Slot()
    def _on_closed(self) -> None:
        self._offered = False
        self._timer.stop()
        self._body = VisitDraft()
        self._leave()

    def _leave(self) -> None:
        self._opened = self._done = self._error = None
        self._rating = ""
        self._card.hide()
        self._show_signatures()
        self.changed.emit()

    @Slot(str)
    def _on_language(self, language: str) -> None:
        self._language = language
        self._show_items()
        self.changed.emit()
