"""When the next round is due."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from sync.contract.errors import NeedsPerson, RetryLater
from sync.plan import BACK_OFF_CAP_S
from sync.schedule import IDLE_S, LOOK_WATCHED_S, Schedule

AWAY = RetryLater("unreachable")


def _schedule(chance: float = 0.999) -> Schedule:
    return Schedule(0.0, lambda: chance)


def test_after_a_good_round_the_next_is_minutes_away_until_somebody_nudges() -> None:
    schedule = _schedule()
    schedule.succeeded(100.0)
    assert schedule.wait_s(100.0, watched=True) == IDLE_S
    schedule.nudged(110.0)
    assert schedule.wait_s(110.0, watched=True) == 0.0


def test_failures_back_off_further_and_further_up_to_the_cap() -> None:
    schedule = _schedule()
    waits = []
    for _ in range(12):
        schedule.failed(0.0, RetryLater("server_error"))
        waits.append(schedule.wait_s(0.0, watched=False))
    assert waits[0] <= 1.0
    assert waits == sorted(waits)
    assert BACK_OFF_CAP_S * 0.9 < waits[-1] <= BACK_OFF_CAP_S


def test_success_forgets_the_failures() -> None:
    schedule = _schedule()
    for _ in range(5):
        schedule.failed(0.0, AWAY)
    schedule.succeeded(1.0)
    schedule.failed(2.0, AWAY)
    assert schedule.wait_s(2.0, watched=False) <= 1.0


def test_a_nudge_tries_at_once_but_never_before_the_servers_wish() -> None:
    schedule = _schedule()
    schedule.failed(0.0, AWAY)
    schedule.nudged(0.1)
    assert schedule.due == 0.1
    schedule.failed(1.0, RetryLater("server_busy", after_s=30.0))
    schedule.nudged(2.0)
    schedule.lost(2.0)
    assert schedule.due == 31.0
    schedule.nudged(40.0)
    assert schedule.due == 31.0


def test_while_the_server_is_away_and_a_person_watches_its_port_is_looked_at() -> None:
    schedule = _schedule()
    for _ in range(8):
        schedule.failed(0.0, AWAY)
    assert schedule.wants_look(0.5, watched=True)
    assert not schedule.wants_look(0.5, watched=False)
    assert schedule.wait_s(0.5, watched=True) == LOOK_WATCHED_S
    assert schedule.wait_s(0.5, watched=False) > LOOK_WATCHED_S


def test_its_coming_back_makes_a_round_due_at_once() -> None:
    schedule = _schedule()
    for _ in range(8):
        schedule.failed(0.0, AWAY)
    schedule.looked(1.0, reachable=False)
    schedule.looked(2.0, reachable=True)
    assert schedule.due == 2.0


def test_a_port_that_is_open_at_the_first_look_was_away_for_less_than_that_and_is_tried_soon() -> None:
    schedule = _schedule()
    for _ in range(8):  # somebody saved again and again while the server was away
        schedule.failed(10.0, AWAY)
    schedule.looked(10.0 + LOOK_WATCHED_S, reachable=True)
    assert schedule.due == 10.0 + LOOK_WATCHED_S


def test_a_port_that_opens_and_fails_every_round_is_tried_less_and_less() -> None:
    schedule, now, waits = _schedule(), 0.0, []
    schedule.failed(now, AWAY)
    for _ in range(30):
        began = now
        while now < schedule.due:
            if schedule.wants_look(now, watched=True):
                schedule.looked(now, reachable=True)
            now += schedule.wait_s(now, watched=True)
        waits.append(now - began)
        schedule.failed(now, AWAY)
    assert waits[0] <= LOOK_WATCHED_S
    assert waits[-1] > BACK_OFF_CAP_S / 2


def test_a_link_that_breaks_again_and_again_while_central_answers_is_taken_up_soon_each_time() -> None:
    schedule, now = _schedule(), 0.0
    for _ in range(20):
        schedule.failed(now, AWAY, answered=True)
        now += LOOK_WATCHED_S
        if now < schedule.due:
            schedule.looked(now, reachable=True)
        assert schedule.due <= now
    schedule.failed(now, RetryLater("server_busy", after_s=30.0))
    assert not schedule.wants_look(now + 1, watched=True)


@pytest.mark.faults(22)
def test_an_absent_server_is_looked_for_every_second_in_front_and_every_minute_behind(
    tally: Callable[..., None],
) -> None:
    for watched, longest in ((True, LOOK_WATCHED_S), (False, BACK_OFF_CAP_S)):
        chance = random.Random(22)
        schedule, now, tries = Schedule(0.0, chance.random), 0.0, 0
        while now < 3600:
            if now >= schedule.due:
                schedule.failed(now, AWAY)
            elif schedule.wants_look(now, watched=watched):
                schedule.looked(now, reachable=False)
            tries += 1
            wait_s = schedule.wait_s(now, watched=watched)
            assert 0 < wait_s <= longest
            now += wait_s
        assert 3600 / longest <= tries <= (4500 if watched else 180)
    tally(runs=2, note="an hour without a server, with and without the app in front")


def test_what_only_a_person_can_mend_is_not_looked_for_at_the_port() -> None:
    schedule = _schedule()
    schedule.failed(0.0, NeedsPerson("device_refused"))
    assert not schedule.wants_look(0.1, watched=True)


def test_a_long_poll_that_breaks_again_and_again_does_not_hurry_rounds() -> None:
    schedule = _schedule()
    waits = []
    for _ in range(8):
        schedule.succeeded(0.0)
        schedule.lost(0.0)
        waits.append(schedule.wait_s(0.0, watched=True))
    assert waits == sorted(waits)
    assert waits[-1] > 30
    schedule.held()
    schedule.succeeded(0.0)
    schedule.lost(0.0)
    assert schedule.wait_s(0.0, watched=True) <= 1.0
