"""Who has a tablet on a played day, and how all of them are let in, filled and put to work at once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

from fieldapp.capture.desk import Locate
from fieldapp.demo.central import DemoCentral
from fieldapp.demo.city_day.daytime import DayTime, TabletClock
from fieldapp.demo.city_day.links import Links
from fieldapp.demo.city_day.tablet import DayTablet
from fieldapp.demo.officers import DemoOfficer, demo_officers

GRID, SQUAD, UNIT = "grid worker", "inspection squad", "responsible unit"
DESK = ("duty chief", "dispatcher", "leader")
LEFT = "G1016"
"""He is no longer active."""
WRONG = timedelta(hours=1)
T = TypeVar("T")


def with_tablets(number: int) -> list[DemoOfficer]:
    """So many officers of the three roles in the field: a fifth units, three tenths squads."""
    officers = [officer for officer in demo_officers() if officer.number != LEFT]
    units = [officer for officer in officers if officer.role == UNIT][: max(1, number // 5)]
    squads = [officer for officer in officers if officer.role == SQUAD][: max(2, number * 3 // 10)]
    rest = number - len(units) - len(squads)
    workers = [officer for officer in officers if officer.role == GRID][:rest]
    return [*workers, *squads, *units]


def at_the_desk() -> list[DemoOfficer]:
    """One chief, one dispatcher, one leader."""
    officers = demo_officers()
    return [next(officer for officer in officers if officer.role == role) for role in DESK]


class Crew:
    """The tablets. The clock of the first squad's is an hour wrong."""

    def __init__(self, folder: Path, number: int, day: DayTime, seed: int) -> None:
        officers = with_tablets(number)
        wrong = next(officer.number for officer in officers if officer.role == SQUAD)
        self.tablets = [
            DayTablet(
                folder / officer.number,
                officer,
                TabletClock(day, WRONG if officer.number == wrong else timedelta()),
                seed,
            )
            for officer in officers
        ]

    def let_in(self, central: DemoCentral, links: Links) -> None:
        """Enrol, sign in and fill them all; the first lends the others its index of the grid."""
        with ThreadPoolExecutor(3) as pool:
            codes = list(pool.map(lambda tablet: _code(central, tablet.officer), self.tablets))
        addresses = [links.open(tablet.officer.number) for tablet in self.tablets]
        locate: Locate | None = None
        waiting = []
        for tablet, address, code in zip(self.tablets, addresses, codes, strict=True):

            def begin(
                one: DayTablet, address: str = address, code: str = code, locate: Locate | None = locate
            ) -> None:
                one.begin(address, code, locate)

            waiting.append(tablet.submit(begin))
            if locate is None:
                waiting[0].result()
                locate = tablet.desk.locate
        for one in waiting:
            one.result()

    def all(self, work: Callable[[DayTablet], T]) -> list[T]:
        """The same on every tablet, side by side; answers in their order."""
        waiting = [tablet.submit(work) for tablet in self.tablets]
        return [one.result() for one in waiting]

    def close(self) -> None:
        """Let go of all."""
        for tablet in self.tablets:
            tablet.close()


def _code(central: DemoCentral, officer: DemoOfficer) -> str:
    """A code; a unit's tablet is let in for its officer, and sees what concerns that officer."""
    words = ("enrol-code", "--officer", officer.number) if officer.role == UNIT else ("enrol-code",)
    return str(central.ask(*words)["code"])
