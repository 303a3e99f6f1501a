"""The story of a case loop: the main way of one case, and around it the side ways of others."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable

from fieldapp.demo.case_loop.evidence import LoopResult
from fieldapp.demo.case_loop.main_way import FIRST, FIRST_PIN, MainWay
from fieldapp.demo.case_loop.side_ways import SideWays
from fieldapp.demo.shift.entrance import Entrance

Acts = list[tuple[str, Callable[[], Awaitable[None]]]]


def acts_of(entrance: Entrance, main: MainWay, side: SideWays, *, short: bool) -> Acts:
    """Every act in order."""

    async def way_in() -> None:
        await entrance.enrol()
        await entrance.sign_in(FIRST, FIRST_PIN)
        await entrance.fill()

    side_ways: Acts = [
        ("declined_and_returned", side.declined_and_returned),
        ("delayed_and_suspended", side.delayed_and_suspended),
        ("given_to_another", side.given_to_another),
        ("handled_on_the_spot", side.handled_on_the_spot),
    ]
    last_ways: Acts = [("learned", side.learned), ("not_done", side.not_done), ("not_so", side.not_so)]
    return [
        ("way_in", way_in),
        ("checked", main.checked),
        ("dispatched", main.dispatched),
        ("handled_offline", main.handled_offline),
        *([] if short else side_ways),
        ("next_officer", main.next_officer),
        ("verified_and_closed", main.verified_and_closed),
        *([] if short else last_ways),
    ]


async def tell(acts: Acts, result: LoopResult, say: Callable[[str], None]) -> None:
    """One act after another, each with its time."""
    for name, act in acts:
        say(f"— {name}")
        began = time.monotonic()
        await act()
        result.durations[name] = round(time.monotonic() - began, 2)
