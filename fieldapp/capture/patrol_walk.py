"""The walk under way: which fixes count, when a segment ends, and what has to be written. Pure.

It is given every place with the monotonic time, and answers orders for the store; the caller carries them
out in their order, on the writer's thread.
"""

from __future__ import annotations

import msgspec

from fieldapp.geo.distance import metres_between
from fieldapp.geo.track import Thinner, TrackLimits, is_good, is_leap
from sync.contract.records import Place, PlaceSource
from sync.contract.track import Begins, Ends, TrackPoint

SEGMENT_S, SEGMENT_STILL_S = 120.0, 300.0
"""A segment goes off after so long; of somebody who stands still, after the longer time."""
KEEP_S = 5.0
STILL_S = 60.0


class Begin(msgspec.Struct, frozen=True):
    """The first fix of a segment is there: it begins now."""

    segment: int


class Keep(msgspec.Struct, frozen=True):
    """Write these points; what was written after ``stand_s`` did not stand."""

    segment: int
    points: tuple[TrackPoint, ...]
    stand_s: float
    source: PlaceSource
    via: str


class End(msgspec.Struct, frozen=True):
    """End the segment, and say how the next one begins; None ends the track."""

    ends: Ends
    after_s: float
    begins: Begins | None


Order = Begin | Keep | End


class Walk:
    """One track being walked. Times are monotonic seconds."""

    def __init__(self, segment: int, limits: TrackLimits | None = None) -> None:
        self._limits = limits or TrackLimits()
        self._segment = segment
        self._thinner = Thinner(self._limits)
        self._begun: float | None = None
        self._heard = 0.0
        self._moved = 0.0
        self._kept = 0.0
        self._stood: list[TrackPoint] = []
        self._written_s = -1.0
        self._source, self._via = PlaceSource.GNSS, ""
        self.line: list[TrackPoint] = []
        """What stands of the segment under way."""
        self.length_m = 0.0
        """The same as a length."""

    @property
    def waiting(self) -> bool:
        """Whether no fix has counted since the segment was to begin."""
        return self._begun is None

    @property
    def newest(self) -> TrackPoint | None:
        """The newest point, standing or not."""
        return self._thinner.newest

    def seconds(self, now: float) -> float:
        """How long the segment under way is."""
        return 0.0 if self._begun is None else max(0.0, now - self._begun)

    def still(self, now: float) -> bool:
        """Whether somebody has stood still for a while."""
        return self._begun is not None and now - self._moved >= STILL_S

    def take(self, place: Place, now: float) -> list[Order]:
        """A place came."""
        if not is_good(place, self._limits) or place.lon is None or place.lat is None:
            return []
        accuracy = place.known_accuracy_m or 0.0
        orders: list[Order] = []
        if self._begun is not None and now - self._heard > self._limits.gap_s:
            orders += self._close(Ends.GAP, self._heard, Begins.AFTER_GAP)
        if self._begun is None:
            self._begun = self._moved = self._kept = now
            orders.append(Begin(self._segment))
        point = TrackPoint(round(now - self._begun, 1), place.lon, place.lat, round(accuracy, 1))
        newest = self.newest
        if newest is not None and (point.after_s <= newest.after_s or is_leap(newest, point, self._limits)):
            return orders
        self._heard, self._source, self._via = now, place.source, place.via
        self._stand(self._thinner.add(point))
        after = self.newest
        if newest is None or (after is not None and (after.lon, after.lat) != (newest.lon, newest.lat)):
            self._moved = now
        return [*orders, *self.tick(now)]

    def tick(self, now: float) -> list[Order]:
        """Time went by."""
        if self._begun is None:
            return []
        if now - self._heard > self._limits.gap_s:
            return self._close(Ends.GAP, self._heard, Begins.AFTER_GAP)
        long = SEGMENT_STILL_S if self.still(now) else SEGMENT_S
        if now - self._begun >= long:
            return self._go_on(now)
        return self._keep(now) if now - self._kept >= KEEP_S else []

    def keep(self, now: float) -> list[Order]:
        """Write what there is, now."""
        return [] if self._begun is None else self._keep(now)

    def end(self, ends: Ends, now: float, begins: Begins | None = None) -> list[Order]:
        """The person pauses or stops, or signs out."""
        if self._begun is None:
            return [End(ends, 0.0, begins)]
        return self._close(ends, now, begins)

    def _close(self, ends: Ends, at: float, begins: Begins | None) -> list[Order]:
        after_s = max(0.0, at - (self._begun if self._begun is not None else at))
        self._stand(self._thinner.finish())
        orders = [*self._keep(at), End(ends, after_s, begins)]
        self._next()
        return orders

    def _go_on(self, now: float) -> list[Order]:
        last = self._thinner.newest
        orders = self._close(Ends.CONTINUES, now, Begins.CONTINUED)
        if last is not None:
            start = TrackPoint(0.0, last.lon, last.lat, last.accuracy_m)
            self._thinner = Thinner(self._limits, start)
            self._begun = self._kept = now
            self._written_s = 0.0
            self.line = [start]
        return orders

    def _next(self) -> None:
        self._segment += 1
        self._thinner = Thinner(self._limits)
        self._begun = None
        self._stood = []
        self._written_s = -1.0
        self.line = []
        self.length_m = 0.0

    def _stand(self, points: list[TrackPoint]) -> None:
        for point in points:
            if self.line:
                last = self.line[-1]
                self.length_m += metres_between(last.lon, last.lat, point.lon, point.lat)
            self.line.append(point)
            self._stood.append(point)

    def _keep(self, now: float) -> list[Order]:
        self._kept = now
        tail = self._thinner.tail
        points = (*self._stood, *([tail] if tail else []))
        if not points:
            return []
        order = Keep(self._segment, points, self._written_s, self._source, self._via)
        if self._stood:
            self._written_s = self._stood[-1].after_s
        self._stood = []
        return [order]
