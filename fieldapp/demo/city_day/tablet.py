"""One officer's tablet without a window: really enrolled, signed in and filled, with the real engine.

All that touches its stores runs in the tablet's own thread.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

import msgspec

from fieldapp.capture.desk import Desk, Locate
from fieldapp.capture.opening import card_of, open_desk
from fieldapp.demo.city_day.daytime import TabletClock
from fieldapp.demo.officers import DemoOfficer
from sync.contract.errors import FieldError, NeedsPerson, RetryLater
from sync.engine import Engine
from sync.enrol import enrol
from sync.listener import Silence
from sync.remote.http import HttpRemote
from sync.replica.folder import DataFolder
from sync.signing_in import sign_in, sign_out

T = TypeVar("T")


class DayTablet:
    """Its officer, its desk, its engine, and what was counted on it."""

    desk: Desk

    def __init__(self, folder: Path, officer: DemoOfficer, clock: TabletClock, seed: int) -> None:
        self.officer = officer
        self.clock = clock
        self.chance = random.Random(f"{seed} {officer.number}")
        self.counts: Counter[str] = Counter()
        self.problems: list[str] = []
        self._folder = DataFolder(folder)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix=officer.number)
        self._remote: HttpRemote | None = None
        self._engine: Engine | None = None

    def submit(self, work: Callable[[DayTablet], T]) -> Future[T]:
        """Do something in the tablet's thread."""
        return self._thread.submit(work, self)

    def begin(self, server: str, code: str, locate: Locate | None) -> None:
        """Enrol, sign in, fill: a tablet that can work with the network gone."""
        enrolled = enrol(self._folder, server, code, f"tablet of {self.officer.number}", self.clock)
        signed_in = sign_in(self._folder, self.officer.number, self.officer.pin)
        self.desk = open_desk(self._folder, signed_in.key, self.officer.number, clock=self.clock)
        self._remote = HttpRemote(enrolled.identity, self._folder.authority)
        self._engine = Engine(self.desk.work, self.desk.reference, self._remote, self.clock, Silence())
        self._engine.round()
        self.desk.reference.reopen()
        row = self.desk.work.city.officer(self.officer.number)
        assert row is not None, "central does not know the officer"
        self.desk = msgspec.structs.replace(
            self.desk, officer=card_of(row), locate=locate or self.desk.locate, position_source="replay"
        )

    def round(self) -> bool:
        """One round of sync; False when the link did not hold, which is counted."""
        assert self._engine is not None
        self.counts["rounds"] += 1
        try:
            self._engine.round()
        except RetryLater as error:
            self.counts[f"rounds broken off ({error.code})"] += 1
            return False
        except NeedsPerson as error:
            self.counts[f"rounds that ask a person ({error.code})"] += 1
            self.problems.append(f"{self.officer.number}: a round asked a person: {error.code} {error.facts}")
            return False
        finally:
            self.desk.reference.reopen()
        return True

    def settle(self, tries: int = 12) -> None:
        """Rounds until one goes through and leaves nothing waiting."""
        for _ in range(tries):
            if self.round() and not self.waiting():
                return
        self.problems.append(f"{self.officer.number}: still waiting in the end: {self.waiting()}")

    def waiting(self) -> tuple[int, int] | None:
        """Records and bytes that have not gone; None when everything has."""
        records, files = self.desk.work.outbox.pending()[0], self.desk.work.uploads.pending().bytes
        return (records, files) if records or files else None

    def close(self) -> None:
        """Let go of everything, in the tablet's thread."""

        def shut(tablet: DayTablet) -> None:
            if tablet._remote is not None:
                tablet._remote.close()
            if hasattr(tablet, "desk"):
                tablet.desk.work.close()
                tablet.desk.reference.close()
            sign_out(tablet._folder)

        self.submit(shut).result()
        self._thread.shutdown()


def attempt(tablet: DayTablet, what: str, work: Callable[[], object]) -> bool:
    """Do one thing a person does and count it; what the tablet refuses is counted too."""
    try:
        work()
    except FieldError as refusal:
        tablet.counts[f"refused by the tablet ({refusal.code})"] += 1
        return False
    tablet.counts[f"act {what}"] += 1
    return True
