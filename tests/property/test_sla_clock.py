"""The clock of a time limit: it only rises, suspension takes nothing away, and a slow model agrees."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sync.contract.lifecycle import LIFE_CYCLE, ActKind, Step
from sync.contract.sla import (
    Level,
    Limits,
    Stage,
    StageClock,
    TimedStep,
    fold_clock,
    read_clock,
)
from sync.contract.worktime import Worktime, read_hours

ZONE = ZoneInfo("Asia/Shanghai")
HOURS = {"working": read_hours("08:00-12:00;14:00-18:00"), "makeup": read_hours("09:00-12:00"), "weekend": ()}
HOURS["holiday"] = ()
FIRST = date(2026, 9, 21)
DAYS = 28
KINDS = st.lists(st.sampled_from([*HOURS, "missing"]), min_size=DAYS, max_size=DAYS)
KNOWN_KINDS = st.lists(st.sampled_from(sorted(HOURS)), min_size=DAYS, max_size=DAYS)
MINUTES = st.integers(0, DAYS * 24 * 60)
LIMITS = Limits("c", 60, 30, 480, 240, 120)


def calendar(kinds: list[str]) -> dict[str, str]:
    days = {(FIRST + timedelta(days=n)).isoformat(): kind for n, kind in enumerate(kinds)}
    return {day: kind for day, kind in days.items() if kind != "missing"}


def worktime(kinds: list[str]) -> Worktime:
    return Worktime(calendar(kinds), HOURS, ZONE)


def moment(minute: int) -> datetime:
    return datetime(FIRST.year, FIRST.month, FIRST.day, tzinfo=ZONE) + timedelta(minutes=minute)


def minute_by_minute(kinds: list[str], begin: int, end: int) -> int | None:
    """The slow model: every minute is looked at by itself."""
    days, worked = calendar(kinds), 0
    for minute in range(begin, end):
        at = moment(minute)
        windows = HOURS.get(days.get(at.date().isoformat(), ""))
        if windows is None:
            return None
        of_day = at.hour * 60 + at.minute
        worked += any(first <= of_day < last for first, last in windows)
    return worked


@settings(max_examples=60)
@given(KINDS, MINUTES, st.integers(0, 5 * 24 * 60))
def test_working_time_agrees_with_a_model_that_looks_at_every_minute(
    kinds: list[str], begin: int, length: int
) -> None:
    slow = minute_by_minute(kinds, begin, begin + length)
    fast = worktime(kinds).between(moment(begin), moment(begin + length))

    before_any = begin < DAYS * 24 * 60 and not calendar(kinds)
    assert fast == (None if slow is None or before_any else slow * 60) or (length == 0 and fast == 0)


@given(KNOWN_KINDS, MINUTES, MINUTES, MINUTES)
def test_working_time_adds_up_and_never_falls(kinds: list[str], a: int, b: int, c: int) -> None:
    clock = worktime(kinds)
    first, second, third = sorted((a, b, c))

    whole = clock.between(moment(first), moment(third))
    parts = [clock.between(moment(first), moment(second)), clock.between(moment(second), moment(third))]

    assert whole is not None
    assert whole == sum(part or 0 for part in parts)
    assert 0 <= whole <= (third - first) * 60


@given(KINDS, MINUTES, st.integers(1, 20 * 3600))
def test_moment_at_which_so_much_is_over_is_the_first_such_moment(
    kinds: list[str], begin: int, seconds: int
) -> None:
    clock = worktime(kinds)
    due = clock.after(moment(begin), seconds)
    if due is not None:
        assert clock.between(moment(begin), due) == seconds
        assert clock.between(moment(begin), due - timedelta(seconds=1)) == seconds - 1


def test_day_that_nobody_told_makes_the_answer_not_known_and_those_beside_it_not() -> None:
    kinds = ["working"] * DAYS
    kinds[3] = "missing"
    clock = worktime(kinds)
    day = 24 * 60

    assert clock.between(moment(0), moment(3 * day)) == 3 * 8 * 3600
    assert clock.between(moment(2 * day), moment(4 * day)) is None
    assert clock.between(moment(4 * day), moment(6 * day)) == 2 * 8 * 3600
    assert clock.after(moment(2 * day), 9 * 3600) is None
    assert clock.between(moment(-day), moment(0)) is None
    assert clock.between(moment(0), moment((DAYS + 2) * day)) is None


ORDER = [
    ActKind.OPEN,
    ActKind.DISPATCH,
    ActKind.ACCEPT,
    ActKind.ASK_SUSPEND,
    ActKind.SUSPEND,
    ActKind.RESUME,
    ActKind.GRANT_DELAY,
    ActKind.ARRIVE,
    ActKind.HANDLE,
    ActKind.FEED_BACK,
    ActKind.REJECT,
    ActKind.VERIFY,
    ActKind.RETURN,
    ActKind.REFUSE_RETURN,
    ActKind.CLOSE,
    ActKind.VOID,
]
ACTS = st.lists(st.tuples(st.sampled_from(ORDER), st.integers(0, 600), st.integers(0, 300)), max_size=25)


def steps(acts: list[tuple[ActKind, int, int]]) -> Iterator[TimedStep]:
    at = 0
    for number, (kind, later, minutes) in enumerate(acts):
        at += later
        yield TimedStep(Step(f"a{number}", kind, to_officer="U1"), moment(at), minutes)


def folded(acts: list[TimedStep], kinds: list[str], limits: Limits = LIMITS) -> StageClock:
    return fold_clock("r", moment(0), acts, lambda _condition: limits, worktime(kinds))


def left(clock: StageClock, at: datetime, kinds: list[str]) -> int | None:
    return read_clock(clock, at, worktime(kinds)).left_s


@given(ACTS, KNOWN_KINDS, st.integers(0, 3000), st.integers(0, 3000))
def test_what_is_left_never_grows_while_nothing_happens(
    acts: list[tuple[ActKind, int, int]], kinds: list[str], a: int, b: int
) -> None:
    history = list(steps(acts))
    clock = folded(history, kinds)
    begin = history[-1].at if history else moment(0)
    soon, late = sorted((begin + timedelta(minutes=a), begin + timedelta(minutes=b)))

    first, second = left(clock, soon, kinds), left(clock, late, kinds)

    if first is not None and second is not None:
        assert second <= first
        assert (first - second) <= (late - soon).total_seconds()


@given(ACTS, KNOWN_KINDS, st.integers(0, 5000), st.integers(0, 5000))
def test_suspension_never_shortens_what_is_left(
    acts: list[tuple[ActKind, int, int]], kinds: list[str], stopped: int, later: int
) -> None:
    history = list(steps(acts))
    assume(folded(history, kinds).since is not None)  # one that stands still would be set going by the resume
    begin = history[-1].at if history else moment(0)
    assume(folded(history, kinds).since is not None)  # one that is suspended already would only be resumed
    again = begin + timedelta(minutes=stopped)
    at = again + timedelta(minutes=later)
    suspended = [
        *history,
        TimedStep(Step("s", ActKind.SUSPEND), begin),
        TimedStep(Step("e", ActKind.RESUME), again),
    ]

    without, having = left(folded(history, kinds), at, kinds), left(folded(suspended, kinds), at, kinds)

    if without is not None and having is not None:
        assert having >= without


@given(ACTS, KNOWN_KINDS, st.integers(1, 500))
def test_granted_delay_gives_just_what_was_granted_while_handling(
    acts: list[tuple[ActKind, int, int]], kinds: list[str], minutes: int
) -> None:
    history = list(steps(acts))
    begin = history[-1].at if history else moment(0)
    before = folded(history, kinds)
    after = folded([*history, TimedStep(Step("g", ActKind.GRANT_DELAY), begin, minutes)], kinds)

    running = before.stage is not None and before.stage.value == "handle" and before.since is not None
    more = minutes * 60 if running else 0
    assert after.limit_s == before.limit_s + more
    assert msgspec.structs.replace(after, limit_s=0) == msgspec.structs.replace(before, limit_s=0)


@given(ACTS, KNOWN_KINDS)
def test_act_taken_back_leaves_the_clock_as_if_it_had_never_been(
    acts: list[tuple[ActKind, int, int]], kinds: list[str]
) -> None:
    history = list(steps(acts))
    at = (history[-1].at if history else moment(0)) + timedelta(minutes=7)
    more = [TimedStep(Step("x", ActKind.ACCEPT), at), TimedStep(Step("w", ActKind.WITHDRAW, "x"), at)]

    assert folded([*history, *more], kinds) == folded(history, kinds)


@given(ACTS, KINDS)
def test_clock_survives_the_wire_and_reads_as_something(
    acts: list[tuple[ActKind, int, int]], kinds: list[str]
) -> None:
    clock = folded(list(steps(acts)), kinds)
    again = msgspec.json.decode(msgspec.json.encode(clock), type=StageClock)

    assert again == clock
    assert isinstance(read_clock(again, moment(9000), worktime(kinds)).level, Level)


@given(ACTS, KINDS)
def test_continuous_limit_needs_no_calendar(acts: list[tuple[ActKind, int, int]], kinds: list[str]) -> None:
    clock = folded(list(steps(acts)), kinds, msgspec.structs.replace(LIMITS, continuous=True))

    assert read_clock(clock, moment(30_000), worktime([])).level is not Level.UNKNOWN


def test_every_act_of_the_life_cycle_can_be_folded() -> None:
    for kind in LIFE_CYCLE:
        folded([TimedStep(Step("a", kind), moment(1))], ["working"] * DAYS)


def test_light_turns_yellow_after_four_fifths_and_red_after_the_whole() -> None:
    clock = folded([], ["working"] * DAYS)
    lights = {
        minute: read_clock(clock, moment(8 * 60 + minute), worktime(["working"] * DAYS)).level
        for minute in (0, 48, 49, 60, 61)
    }

    assert [light.value for light in lights.values()] == ["green", "green", "yellow", "yellow", "red"]


AT_WORK = [ActKind.ACCEPT, ActKind.ARRIVE, ActKind.HANDLE, ActKind.ASK_DELAY, ActKind.GRANT_DELAY]
WORK = st.lists(st.tuples(st.sampled_from(AT_WORK), st.integers(0, 600), st.integers(0, 300)), max_size=8)


@given(WORK, KNOWN_KINDS, st.integers(0, 500))
def test_case_given_to_another_begins_handling_anew(
    acts: list[tuple[ActKind, int, int]], kinds: list[str], later: int
) -> None:
    history = list(steps([(ActKind.OPEN, 5, 0), (ActKind.DISPATCH, 5, 0), *acts]))
    at = history[-1].at + timedelta(minutes=later)

    after = folded([*history, TimedStep(Step("n", ActKind.DISPATCH, to_officer="U2"), at)], kinds)

    assert (after.stage, after.used_s, after.since) == (Stage.HANDLE, 0, at)
    assert after.limit_s == LIMITS.handle_min * 60


def test_clock_at_rest_overnight_is_due_next_morning() -> None:
    acts = [
        TimedStep(Step("o", ActKind.OPEN), moment(17 * 60)),
        TimedStep(Step("d", ActKind.DISPATCH, to_officer="U1"), moment(17 * 60 + 30)),
    ]
    reading = read_clock(folded(acts, ["working"] * DAYS), moment(17 * 60 + 30), worktime(["working"] * DAYS))

    assert reading.left_s == 480 * 60
    assert reading.due_at == moment((24 + 17) * 60 + 30).astimezone(UTC)


def test_suspension_shows_what_is_left_and_no_due_time() -> None:
    acts = [
        TimedStep(Step("o", ActKind.OPEN), moment(8 * 60)),
        TimedStep(Step("d", ActKind.DISPATCH, to_officer="U1"), moment(8 * 60)),
        TimedStep(Step("s", ActKind.SUSPEND), moment(9 * 60)),
    ]
    reading = read_clock(folded(acts, ["working"] * DAYS), moment(20_000), worktime(["working"] * DAYS))

    assert (reading.level, reading.left_s, reading.due_at) == (Level.STOPPED, 420 * 60, None)
