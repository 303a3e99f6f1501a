"""Time limits on this tablet: the city's calendar and conditions as they lie here, and a case's clock.

Central's clock stands in the case's row. Only where this device has acts on top that central has not judged
is the clock folded anew here, over the same acts by the same function.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from weakref import WeakKeyDictionary

from fieldapp.capture.city_time import city_zone
from fieldapp.capture.desk import Desk
from fieldapp.capture.standing import KNOWN_KINDS
from sync.contract.clash import ACCEPTED
from sync.contract.lifecycle import ActKind, Step
from sync.contract.records import Act, RecordType
from sync.contract.sla import NO_CLOCK, StageClock, TimedStep, due_at
from sync.contract.tables import Row
from sync.contract.timing import Timing, make_timing, read_cells
from sync.contract.wire import decode_record
from sync.replica.outbox import ItemState
from sync.replica.reference import ReferenceStore
from sync.replica.tasks import UnsettledAct

_made: WeakKeyDictionary[ReferenceStore, tuple[object, Timing]] = WeakKeyDictionary()
"""What was last made of a store's rows, with the store's version then."""


def desk_timing(desk: Desk) -> Timing:
    """The city's time limits as this tablet knows them; made anew only when they may be otherwise."""
    version = desk.reference.version(), str(city_zone(desk))
    held = _made.get(desk.reference)
    if held is not None and held[0] == version:
        return held[1]
    timing = _make(desk)
    _made[desk.reference] = (version, timing)
    return timing


def _make(desk: Desk) -> Timing:
    reference = desk.reference
    urgent = [str(row["class_code"]) for row in reference.classes() if row["urgent"]]
    hours, conditions = reference.work_hours(), reference.opening_conditions()
    return make_timing(reference.calendar(), hours, conditions, urgent, city_zone(desk))


def case_clock(
    desk: Desk, timing: Timing, row: Row, unsettled: Iterable[UnsettledAct]
) -> tuple[StageClock, datetime | None]:
    """The clock of a case with this device's unjudged acts on top, and when it is due."""
    told = read_cells(row), _moment(row["due_at"])
    own = [act for act in unsettled if act.state is not ItemState.NEEDS_YOU and not act.judged]
    if not own or told[0] == NO_CLOCK:
        return told
    case_id = str(row["case_id"])
    judged = [act for act in desk.work.city.moves(case_id) if act["standing"] == ACCEPTED]
    begun = _moment(row.get("counted_at") or row["reported_at"])
    if begun is None or any(act["kind"] not in KNOWN_KINDS for act in judged):
        return told
    history = [*(_told(act, begun) for act in judged), *map(_own, own)]
    clock = timing.clock(case_id, str(row["class_code"] or ""), begun, history)
    return clock, due_at(clock, timing.worktime)


def _told(act: Row, begun: datetime) -> TimedStep:
    step = Step(
        str(act["act_id"]), ActKind(act["kind"]), str(act["withdraws"] or ""), str(act["to_officer"] or "")
    )
    at = _moment(act.get("counted_at") or act["received_at"]) or begun
    minutes = act.get("minutes")
    return TimedStep(step, at, minutes if isinstance(minutes, int) else 0, str(act.get("condition") or ""))


def _own(unsettled: UnsettledAct) -> TimedStep:
    act = decode_record(RecordType.ACT, unsettled.body)
    assert isinstance(act, Act)
    at = act.stamp.wall.astimezone(UTC) + timedelta(milliseconds=act.stamp.offset_ms or 0)
    return TimedStep(
        Step(act.act_id, act.kind, act.withdraws, act.to_officer), at, act.minutes, act.condition
    )


def _moment(value: object) -> datetime | None:
    try:
        return datetime.fromisoformat(str(value)) if value else None
    except ValueError:
        return None
