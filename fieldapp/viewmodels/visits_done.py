"""Earlier visits of the officer: searched offline, and the one that is open."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from fieldapp.capture.city_time import city_zone
from fieldapp.capture.desk import Desk
from fieldapp.services.events import DeskEvents
from fieldapp.services.latest import LatestAnswer
from fieldapp.services.showing import show_paper
from fieldapp.services.visit_rows import (
    PAGE,
    VisitLine,
    VisitPage,
    VisitWhole,
    checked_paper,
    own_visit_page,
    visit_whole,
)
from fieldapp.services.wording import moment_text
from fieldapp.services.worker import ReplicaWorker
from fieldapp.services.zones import zone_of
from fieldapp.viewmodels.lookup_rows import ValueListModel
from fieldapp.viewmodels.message_rows import fetch_text
from fieldapp.viewmodels.visit_loading import qr_source
from sync.contract.errors import NeedsPerson
from sync.messages import sentence
from sync.replica.outbox import ItemState

QML_IMPORT_NAME = "fieldapp.viewmodels"
QML_IMPORT_MAJOR_VERSION = 1

SETTLE_MS = 120


class VisitRow(msgspec.Struct, frozen=True):
    """A line. ``status`` is the outbox's word while it is on its way."""

    visit_id: str
    title: str
    item: str
    result: str
    when: str
    status: str
    stars: int


@QmlElement
@QmlUncreatable("made by VisitsViewModel")
class VisitListModel(ValueListModel):  # type: ignore[operator]
    """Rows: ``VisitRow``, newest first."""

    names = ("visit_id", "title", "item", "result", "when", "status", "stars")
    key = ("visit_id",)


@QmlElement
@QmlUncreatable("made by VisitViewModel")
class VisitsViewModel(QObject):  # type: ignore[operator]
    """The list is read when it is first looked at, and follows what is typed and what central tells."""

    listChanged = Signal()
    selectionChanged = Signal()
    turnChanged = Signal()

    def __init__(self, reader: ReplicaWorker, events: DeskEvents, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._events, self._reader = events, reader
        self._language, self._zone = "zh", "UTC"
        self._query = self._selected = self._before = ""
        self._list, self._one = LatestAnswer(reader), LatestAnswer(reader)
        self._looked = self._loaded = self._loading = False
        self._lines: list[VisitLine] = []
        self._whole: VisitWhole | None = None
        self._turn = 0
        self._everybody = False
        self._read_far = 0
        self._fetching = ""
        self._code = ""
        self.selectionChanged.connect(self._count)
        self._items = VisitListModel(self)
        self._timer = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._timer.timeout.connect(self._load)
        events.closed.connect(self._on_closed)
        events.fetched.connect(self._on_fetched)
        events.tablesChanged.connect(lambda names: self._again() if "visit" in names else None)
        events.recordsChanged.connect(lambda _ids: self._again())
        events.languageChanged.connect(self._on_language)

    @Property(VisitListModel, constant=True)
    def items(self) -> VisitListModel:
        """What was found."""
        return self._items

    @Property(str, notify=listChanged)
    def query(self) -> str:
        """What is looked for."""
        return self._query

    @Property(bool, notify=listChanged)
    def loaded(self) -> bool:
        """Whether the list is there."""
        return self._loaded

    @Property(str, notify=selectionChanged)
    def selected(self) -> str:
        """The visit that is open, "" for none."""
        return self._selected

    @Property(int, notify=turnChanged)
    def turn(self) -> int:
        """Grows with every change of the one that is open."""
        return self._turn

    @Property(bool, notify=listChanged)
    def everybody(self) -> bool:
        """Whether visits of others are listed too."""
        return self._everybody

    @Property(bool, notify=selectionChanged)
    def hasPaper(self) -> bool:
        """Whether the on-site record lies on this tablet."""
        return bool(self._whole and self._whole.paper)

    @Property(str, notify=selectionChanged)
    def paperState(self) -> str:
        """here, away (it can be fetched), fetching, or unknown: central has not told its hash."""
        whole = self._whole
        if whole is None:
            return ""
        if whole.paper:
            return "here"
        return "unknown" if not whole.wanted else "fetching" if self._fetching == whole.wanted else "away"

    @Property(str, notify=selectionChanged)
    def paperTrouble(self) -> str:
        """Why it could not be had, or is not opened."""
        return fetch_text(self._code, self._language) if self._code else ""

    @Property(str, notify=selectionChanged)
    def rating(self) -> str:
        """The party's QR as an image source, while it can still rate."""
        whole = self._whole
        return qr_source(whole.rating_link) if whole and whole.rating_link and not whole.line.stars else ""

    @Property(int, notify=selectionChanged)
    def stars(self) -> int:
        """The party's rating, 0 before there is one."""
        return self._whole.line.stars if self._whole else 0

    @Slot()
    def look(self) -> None:
        """The list is in front of somebody."""
        self._looked = True
        self._load()

    @Slot(str)
    def search(self, text: str) -> None:
        """Look for this."""
        if text != self._query:
            self._query, self._read_far = text, 0
            self.listChanged.emit()
            self._timer.start()

    @Slot()
    def more(self) -> None:
        """Read older ones."""
        if not self._before or self._loading:
            return
        self._loading = True
        self._list.ask_more(self._question(self._before), lambda found: self._take(found, older=True))

    @Slot(str)
    def select(self, visit_id: str) -> None:
        """Open one, or none."""
        if visit_id != self._selected:
            self._selected, self._whole = visit_id, None
            self._fetching = self._code = ""
            self.selectionChanged.emit()
        self._read()

    @Slot(str, result=str)
    def fact(self, name: str) -> str:
        """A fact of the one that is open, by its name."""
        return self._facts().get(name, "")

    @Slot()
    def openPaper(self) -> None:
        """Show the on-site record with whatever shows PDFs here; one that is not here is fetched first."""
        whole, visit_id = self._whole, self._selected
        if whole is None or self._fetching:
            return
        self._code = ""
        if whole.paper:
            self._reader.submit(
                lambda desk: checked_paper(desk, visit_id), self._open, lambda error: self._on_bad(error.code)
            )
        elif whole.wanted:
            self._fetching = whole.wanted
            self._events.fetchWanted.emit(whole.wanted)
        self.selectionChanged.emit()

    @Slot(bool)
    def showEverybody(self, everybody: bool) -> None:
        """List everybody's visits, or one's own."""
        if everybody != self._everybody:
            self._everybody, self._read_far = everybody, 0
            self.listChanged.emit()
            self._load()

    def _open(self, path: str) -> None:
        if not path:
            self._read()
            return
        try:
            show_paper(path)
        except NeedsPerson as error:
            self._on_bad(error.code)

    def _on_bad(self, code: str) -> None:
        self._code = code
        self.selectionChanged.emit()
        self._read()

    @Slot(str, str)
    def _on_fetched(self, sha256: str, code: str) -> None:
        whole, visit_id = self._whole, self._selected
        if whole is None or sha256 != self._fetching:
            return
        self._fetching = ""
        if code:
            self._on_bad(code)
            return
        self._reader.submit(
            lambda desk: checked_paper(desk, visit_id), self._open, lambda error: self._on_bad(error.code)
        )
        self._read()

    def _facts(self) -> dict[str, str]:
        whole = self._whole
        if whole is None:
            return {}
        line, zone = whole.line, zone_of(self._zone)
        return {
            "party": line.party,
            "address": whole.address,
            "item": line.item,
            "result": line.result,
            "failed": str(line.failed),
            "officers": "、".join(part for part in (whole.officer, whole.second) if part),
            "when": moment_text(line.ended_at, zone),
            "hash": line.sha256,
            "status": _status(line),
            "reason": sentence(line.code, line.facts, self._language) if line.code else "",
            "rating_note": line.rating_note,
            "rated": moment_text(line.rated_at, zone),
        }

    @Slot()
    def _count(self) -> None:
        self._turn += 1
        self.turnChanged.emit()

    @Slot()
    def _load(self) -> None:
        self._loading = False
        self._list.ask(self._question(), lambda found: self._take(found, older=False))

    def _question(self, before: str = "") -> Callable[[Desk], tuple[VisitPage, str]]:
        query, everybody = self._query, self._everybody
        limit = PAGE if before else max(PAGE, self._read_far)  # what was scrolled to stays when news come
        return lambda desk: (
            own_visit_page(desk, query, before, everybody=everybody, limit=limit),
            str(city_zone(desk)),
        )

    def _take(self, found: tuple[VisitPage, str], *, older: bool) -> None:
        page, self._zone = found
        self._lines = [*self._lines, *page.visits] if older else list(page.visits)
        self._read_far = len(self._lines)
        self._before, self._loaded, self._loading = page.before, True, False
        zone = zone_of(self._zone)
        self._items.show(
            [
                VisitRow(
                    one.visit_id,
                    one.party,
                    one.item,
                    one.result,
                    moment_text(one.ended_at, zone),
                    "" if _status(one) == ItemState.SENT.value and one.told else _status(one),
                    one.stars,
                )
                for one in self._lines
            ]
        )
        self.listChanged.emit()

    def _read(self) -> None:
        visit_id = self._selected

        def show(whole: VisitWhole | None) -> None:
            self._whole = whole
            self.selectionChanged.emit()

        if visit_id:
            self._one.ask(lambda desk: visit_whole(desk, visit_id), show, lambda _gone: show(None))
        else:
            self._one.forget()

    def _again(self) -> None:
        if self._looked:
            self._timer.start()
            self._read()

    @Slot()
    def _on_closed(self) -> None:
        self._timer.stop()
        self._list.forget()
        self._one.forget()
        self._query = self._selected = self._before = ""
        self._looked = self._loaded = self._everybody = False
        self._fetching = self._code = ""
        self._lines, self._whole, self._read_far = [], None, 0
        self._items.show([])
        self.listChanged.emit()
        self.selectionChanged.emit()

    @Slot(str)
    def _on_language(self, language: str) -> None:
        self._language = language
        self.selectionChanged.emit()


def _status(line: VisitLine) -> str:
    return line.sending.value if line.sending is not None else ""
