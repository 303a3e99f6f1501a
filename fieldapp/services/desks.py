"""The two desks of the officer at work: one writes, one looks things up, each in its own thread."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from fieldapp.capture.desk import Desk
from fieldapp.services.background import Background
from fieldapp.services.worker import ReplicaWorker
from sync.contract.errors import FieldError
from sync.contract.tables import Stream
from sync.contract.wire import OfficerCard

MakeDesk = Callable[[bytes, str], Desk]


class Desks(QObject):
    """Opens and closes both workers for one officer at a time."""

    opened = Signal(object)
    """Both desks are open: the ``OfficerCard``."""

    failed = Signal(object)
    """They could not be opened: the ``FieldError``; both are closed again."""

    def __init__(
        self,
        writer: ReplicaWorker,
        reader: ReplicaWorker,
        make_desk: MakeDesk,
        background: Background,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.writer = writer
        self.reader = reader
        self._make_desk = make_desk
        self._background = background
        self._answers: list[object] = []
        self._wishes = 0
        self._closing = False
        self._after: list[Callable[[], None]] = []

    @property
    def running(self) -> bool:
        """Whether desks are open or being opened."""
        return self.writer.running or self.reader.running

    def open(self, key: bytes, officer_id: str) -> None:
        """Seat an officer; whoever sat there before gets up first. Of two asked for, the later one sits."""
        self._wishes += 1
        wish = self._wishes

        def start() -> None:
            if wish != self._wishes:
                return
            self._answers = []
            for worker in (self.writer, self.reader):
                worker.start(lambda: self._make_desk(key, officer_id), self._answered, self._answered)

        if self.running or self._closing:
            self._close(start)
        else:
            start()

    def close(self, then: Callable[[], None] = lambda: None) -> None:
        """Finish what was begun, off the GUI thread, and then go on. Whoever was to be seated is not."""
        self._wishes += 1
        self._close(then)

    def _close(self, then: Callable[[], None]) -> None:
        """One end for all who ask for it meanwhile: a second one could end what the first let begin."""
        self._after.append(then)
        if not self._closing:
            self._closing = True
            self._background.run(self.close_now, self._closed, self._closed)

    def _closed(self, _answer: object) -> None:
        self._closing = False
        waiting, self._after = self._after, []
        for then in waiting:
            then()

    def close_now(self) -> None:
        """Finish what was begun; blocks."""
        self.writer.stop()
        self.reader.stop()

    def reopen_reference(self, then: Callable[[], None]) -> None:
        """After a fill: both desks look into the file now in force, and then go on."""
        waiting = [self.writer, self.reader]

        def one_more(_answer: object) -> None:
            waiting.pop()
            if not waiting:
                then()

        for worker in (self.writer, self.reader):
            worker.submit(lambda desk: desk.reference.reopen(), one_more, one_more)

    def _answered(self, answer: object) -> None:
        self._answers.append(answer)
        if len(self._answers) < 2:
            return
        errors = [answer for answer in self._answers if isinstance(answer, FieldError)]
        if errors:
            self._close(lambda: self.failed.emit(errors[0]))
        else:
            cards = [answer for answer in self._answers if isinstance(answer, OfficerCard)]
            self.opened.emit(cards[0])


def is_filled(desk: Desk) -> bool:
    """Whether both streams have arrived once, so that everything works with the network gone."""
    return desk.reference.cursor() is not None and desk.work.meta.cursor(Stream.WORK) is not None
