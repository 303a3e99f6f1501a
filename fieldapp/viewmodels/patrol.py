"""The patrol: start, pause, stop; how far, how long, how much of the grid; and what keeps it from counting.

    place → Walk (pure) → orders → writer thread → Seen → what is shown

Only while the officer is signed in: signing out ends the patrol and says so.
"""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from fieldapp.capture.city_time import city_zone
from fieldapp.capture.desk import Desk
from fieldapp.capture.patrol import (
    Seen,
    begin_segment,
    end_segment,
    keep_points,
    newest_patrol,
    resume_patrol,
    start_patrol,
    take_up,
)
from fieldapp.capture.patrol_walk import Begin, End, Keep, Order, Walk
from fieldapp.geo.distance import metres_between
from fieldapp.services.events import DeskEvents
from fieldapp.services.position import PositionSource
from fieldapp.services.wording import moment_text
from fieldapp.services.worker import ReplicaWorker
from fieldapp.services.zones import zone_of
from fieldapp.viewmodels.lookup_rows import ValueListModel
from sync.clock import Clock
from sync.contract.errors import FieldError, NeedsPerson, RetryLater
from sync.contract.track import Begins, Ends
from sync.messages import sentence
from sync.replica.tracks import ENDED, PAUSED, RUNNING, StoredTrack

QML_IMPORT_NAME = "fieldapp.viewmodels"
QML_IMPORT_MAJOR_VERSION = 1

TICK_MS = 5_000
OFF = "off"


class PatrolRow(msgspec.Struct, frozen=True):
    """An earlier patrol in a line; ``minutes`` and ``gaps`` as numbers for the page's words."""

    track_id: str
    when: str
    km: str
    minutes: int
    gaps: int


@QmlElement
@QmlUncreatable("made by PatrolViewModel")
class PatrolListModel(ValueListModel):  # type: ignore[operator]
    """Rows: ``PatrolRow``, newest first."""

    names = ("track_id", "when", "km", "minutes", "gaps")
    key = ("track_id",)


class _Sat(msgspec.Struct, frozen=True):
    """What was found on sitting down."""

    seen: Seen | None
    last: Seen | None
    earlier: list[StoredTrack]
    zone: str


@QmlElement
@QmlUncreatable("made by the app")
class PatrolViewModel(QObject):  # type: ignore[operator]
    """One patrol at a time, of the officer at the tablet."""

    changed = Signal()
    lineChanged = Signal()
    resumed = Signal()
    """A patrol that was cut off goes on; the time in between does not count."""
    ended = Signal(bool)
    """A patrol has ended and is kept; True: because the officer signed out."""
    failed = Signal(str, str)

    def __init__(
        self,
        writer: ReplicaWorker,
        events: DeskEvents,
        position: PositionSource,
        clock: Clock,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._writer = writer
        self._events = events
        self._position = position
        self._clock = clock
        self._language, self._zone = "zh", "UTC"
        self._open = self._busy = False
        self._unwritten = self._mending = False
        """The stretch under way could not be written: it is ended when it can be, then a new one begins."""
        self._seen: Seen | None = None
        self._walk: Walk | None = None
        self._ending = (0.0, 0.0)
        """Metres and seconds of a stretch that is over and not written yet: they stay on show meanwhile."""
        self._tracks: list[StoredTrack] = []
        self._earlier = PatrolListModel(self)
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self.tick)
        position.placeChanged.connect(self._on_place)
        events.opened.connect(self._on_opened)
        events.closed.connect(self._on_closed)
        events.languageChanged.connect(self._on_language)

    @Property(str, notify=changed)
    def state(self) -> str:
        """off, running or paused."""
        return self._stands()

    @Property(bool, notify=changed)
    def ready(self) -> bool:
        """Whether a button may be pressed: somebody is at the desk, and nothing is under way."""
        return self._open and not self._busy

    @Property(bool, notify=changed)
    def waiting(self) -> bool:
        """Whether it runs, and no position counts right now."""
        if self._stands() != RUNNING or self._busy:
            return False
        return self._walk is None or self._walk.waiting

    @Property(bool, notify=changed)
    def shown(self) -> bool:
        """Whether there are figures to show: of a patrol under way, or of the last one."""
        return self._seen is not None

    @Property(str, notify=changed)
    def kilometres(self) -> str:
        """How far."""
        return f"{self._metres() / 1000:.2f}"

    @Property(int, notify=changed)
    def minutes(self) -> int:
        """For how long, pauses and gaps not counted."""
        if self._seen is None:
            return 0
        return int((self._seen.track.seconds + self._under_way()[1]) // 60)

    @Property(int, notify=changed)
    def walkedCells(self) -> int:
        """Cells of the responsibility grid that were passed."""
        return 0 if self._seen is None else self._seen.coverage.walked

    @Property(int, notify=changed)
    def gridCells(self) -> int:
        """All cells of it; 0 before it is known which grid it is."""
        return 0 if self._seen is None else self._seen.coverage.cells

    @Property(int, notify=changed)
    def otherCells(self) -> int:
        """Cells of other grids that were passed."""
        return 0 if self._seen is None else self._seen.cells - self._seen.coverage.walked

    @Property(int, notify=changed)
    def gaps(self) -> int:
        """Times at which nothing was recorded though it ran."""
        return 0 if self._seen is None else self._seen.track.gaps

    @Property(str, notify=changed)
    def since(self) -> str:
        """When it was begun."""
        return "" if self._seen is None else moment_text(self._seen.track.begun_at, zone_of(self._zone))

    @Property(PatrolListModel, constant=True)
    def earlier(self) -> PatrolListModel:
        """Patrols that have ended."""
        return self._earlier

    def lines(self) -> list[list[tuple[float, float]]]:
        """The stretches that were walked, as longitude and latitude, for the map."""
        if self._seen is None or self._stands() == OFF:
            return []
        under_way = [] if self._walk is None else [(point.lon, point.lat) for point in self._walk.line]
        newest = None if self._walk is None else self._walk.newest
        if newest is not None:
            under_way.append((newest.lon, newest.lat))
        finished = self._seen.lines[: self._seen.track.segment]
        return [line for line in (*finished, under_way) if line]

    @Slot()
    def start(self) -> None:
        """Begin a patrol."""
        if self.ready and self._stands() == OFF:
            self._do(start_patrol, self._on_started)

    @Slot()
    def pause(self) -> None:
        """Stop recording for a while."""
        if self.ready and self._stands() == RUNNING:
            self._end(Ends.PAUSED, Begins.RESUMED, self._on_seen)

    @Slot()
    def resume(self) -> None:
        """Go on after a pause."""
        if self.ready and self._seen is not None and self._stands() == PAUSED:
            track_id = self._seen.track.track_id
            self._do(lambda desk: resume_patrol(desk, track_id), self._on_started)

    @Slot()
    def stop(self) -> None:
        """End the patrol."""
        if self.ready and self._stands() != OFF:
            self._end(Ends.STOPPED, None, self._on_stopped)

    @Slot()
    def sign_out(self) -> None:
        """The officer leaves: the patrol ends with the duty. Call while the desk is still open."""
        if self._stands() != OFF:
            self._end(Ends.SIGNED_OUT, None, lambda _seen: self.ended.emit(True))

    def flush(self) -> None:
        """Write what was walked so far."""
        if self._walk is not None:
            self._carry_out(self._walk.keep(self._clock.monotonic()))

    @Slot()
    def tick(self) -> None:
        """Time went by."""
        if self._walk is not None:
            now = self._clock.monotonic()
            self._carry_out(self._walk.tick(now))
            self._position.rest(self._walk.still(now))
            self.changed.emit()
        elif self._unwritten and not (self._busy or self._mending):
            self._mend()

    def _stands(self) -> str:
        return OFF if self._seen is None or self._seen.track.state == ENDED else self._seen.track.state

    def _metres(self) -> float:
        return 0.0 if self._seen is None else self._seen.track.length_m + self._under_way()[0]

    def _under_way(self) -> tuple[float, float]:
        """Metres and seconds of the stretch that is not a segment yet."""
        if self._walk is None:
            return self._ending
        metres = self._walk.length_m
        newest, line = self._walk.newest, self._walk.line
        if newest is not None and line and newest != line[-1]:
            metres += metres_between(line[-1].lon, line[-1].lat, newest.lon, newest.lat)
        return metres, self._walk.seconds(self._clock.monotonic())

    def _do(
        self,
        job: Callable[[Desk], Seen],
        done: Callable[[Seen], None],
        failed: Callable[[FieldError], None] | None = None,
    ) -> None:
        self._set_busy(True)

        def finished(seen: Seen) -> None:
            self._busy = False  # told once done is done: in between it would run and record nothing
            done(seen)
            self.changed.emit()
            self._events.nudge.emit()

        self._writer.submit(job, finished, failed or self._on_failed)

    def _end(self, ends: Ends, begins: Begins | None, done: Callable[[Seen], None]) -> None:
        assert self._seen is not None
        track_id = self._seen.track.track_id
        after_s = 0.0
        if self._walk is not None:
            self._ending = self._under_way()
            *before, last = self._walk.end(ends, self._clock.monotonic(), begins)
            self._carry_out(before)
            after_s = last.after_s if isinstance(last, End) else 0.0
        self._rest_no_more()
        self._do(lambda desk: end_segment(desk, track_id, ends, after_s, begins), done, self._on_unwritten)

    def _carry_out(self, orders: list[Order]) -> None:
        if self._seen is None:
            return
        track_id = self._seen.track.track_id
        for order in orders:
            self._submit(track_id, order)

    def _submit(self, track_id: str, order: Order) -> None:
        failed = self._on_unwritten
        if isinstance(order, Begin):
            segment = order.segment
            self._writer.submit(lambda desk: begin_segment(desk, track_id, segment), failed=failed)
        elif isinstance(order, Keep):
            kept = order
            self._writer.submit(
                lambda desk: keep_points(
                    desk, track_id, kept.segment, kept.points, kept.stand_s, kept.source, kept.via
                ),
                failed=failed,
            )
        else:
            end = order
            self._writer.submit(
                lambda desk: end_segment(desk, track_id, end.ends, end.after_s, end.begins),
                self._on_segment,
                failed,
            )

    def _on_unwritten(self, error: FieldError) -> None:
        """What is not on the disk was not walked: no line goes over it. Said once, tried until it works."""
        if self._unwritten:
            self._set_busy(False)
            return
        self._rest_no_more()
        if self._open and isinstance(error, NeedsPerson | RetryLater):
            self._unwritten = True
            self._timer.start()
        self._on_failed(error)

    def _mend(self) -> None:
        """End the stretch at its last point that was written, and begin another."""
        assert self._seen is not None
        track_id = self._seen.track.track_id
        self._mending = True

        def mended(seen: Seen) -> None:
            self._mending = self._unwritten = False
            same = self._seen is not None and self._seen.track.track_id == track_id
            if same and not self._busy:  # else it is being ended or paused, which comes after this
                self._on_started(seen)

        def failed(_error: FieldError) -> None:
            self._mending = False

        self._writer.submit(
            lambda desk: end_segment(desk, track_id, Ends.GAP, 0.0, Begins.AFTER_GAP), mended, failed
        )

    def _rest_no_more(self) -> None:
        self._walk = None
        self._timer.stop()
        self._position.rest(False)

    @Slot()
    def _on_place(self) -> None:
        place = self._position.current()
        if self._walk is None or place is None:
            return
        waiting, before = self._walk.waiting, self._walk.newest
        self._carry_out(self._walk.take(place, self._clock.monotonic()))
        if self._walk.waiting != waiting:
            self.changed.emit()
        if self._walk.newest != before:
            self.lineChanged.emit()

    def _on_started(self, seen: Seen) -> None:
        if not self._open:
            return
        self._seen, self._ending = seen, (0.0, 0.0)
        self._walk = Walk(seen.track.segment)
        self._timer.start()
        self._on_place()
        self._tell()

    def _on_seen(self, seen: Seen) -> None:
        if not self._open:
            return
        self._seen, self._ending = seen, (0.0, 0.0)
        self._tell()

    def _on_segment(self, seen: Seen) -> None:
        """A segment went off while it runs."""
        if self._open and self._seen is not None and self._seen.track.track_id == seen.track.track_id:
            self._on_seen(seen)
            self._events.nudge.emit()

    def _on_stopped(self, seen: Seen) -> None:
        self._on_seen(seen)
        self._list([seen.track, *self._tracks])
        self.ended.emit(False)

    def _list(self, tracks: list[StoredTrack]) -> None:
        self._tracks = tracks
        zone = zone_of(self._zone)
        self._earlier.show(
            [
                PatrolRow(
                    one.track_id,
                    moment_text(one.begun_at, zone),
                    f"{one.length_m / 1000:.2f}",
                    int(one.seconds // 60),
                    one.gaps,
                )
                for one in tracks
            ]
        )

    def _tell(self) -> None:
        self.changed.emit()
        self.lineChanged.emit()

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self.changed.emit()

    def _on_failed(self, error: FieldError) -> None:
        self._set_busy(False)
        self.failed.emit(error.code, sentence(error.code, error.facts, self._language))

    @Slot(object)
    def _on_opened(self, _card: object) -> None:
        self._open = True
        self._writer.submit(_sit_down, self._on_sat, self._on_failed)
        self.changed.emit()

    def _on_sat(self, sat: _Sat) -> None:
        if not self._open:
            return
        self._zone = sat.zone
        self._list(sat.earlier)
        self._seen = sat.seen or sat.last
        if sat.seen is not None and sat.seen.track.state == RUNNING:
            self._on_started(sat.seen)
        if sat.seen is not None and sat.seen.resumed:
            self.resumed.emit()
        self._tell()

    @Slot()
    def _on_closed(self) -> None:
        self._open = self._busy = self._unwritten = self._mending = False
        self._rest_no_more()
        self._seen, self._ending = None, (0.0, 0.0)
        self._list([])
        self._tell()

    @Slot(str)
    def _on_language(self, language: str) -> None:
        self._language = language
        self.changed.emit()


def _sit_down(desk: Desk) -> _Sat:
    seen = take_up(desk)
    earlier = [one for one in desk.work.tracks.tracks_of(desk.officer.officer_id) if one.state == ENDED]
    return _Sat(seen, newest_patrol(desk), earlier, str(city_zone(desk)))
