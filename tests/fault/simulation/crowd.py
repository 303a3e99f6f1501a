"""Many tablets that were offline for thirty days, and whose links all come back in the same moment.

Central serves so many requests in a second and turns the others away, with its own ``Shedding`` and
``Retry-After``. Measured in virtual time: when each tablet had its receipts for everything, how many
requests were turned away, and how far apart the first attempts lay.
"""

from __future__ import annotations

import statistics
from collections import Counter, deque
from dataclasses import dataclass

from sync.contract.errors import RetryLater
from tests.fault.simulation.central import SimCentral
from tests.fault.simulation.checker import Checker
from tests.fault.simulation.city import Templates
from tests.fault.simulation.disk import Disk, virtual_fsync
from tests.fault.simulation.ending import check_end, check_receipts
from tests.fault.simulation.network import Line, Network
from tests.fault.simulation.people import Person
from tests.fault.simulation.tablet import Tablet
from tests.fault.simulation.world import Violation, World

DAY = 86_400.0
UNTIL_S = 4 * 3600.0


@dataclass(frozen=True)
class Crowded:
    """What became of them. Times are seconds after the links came back."""

    tablets: int
    records: int
    photos: int
    requests: int
    turned_away: int
    first_after: list[float]
    done_after: list[float]
    most_tries: int
    peak: int
    """Most tablets that came again within one second, the first time left out."""

    def figures(self) -> str:
        """In one line, for people."""
        done, first = sorted(self.done_after), sorted(self.first_after)
        return (
            f"{self.tablets} tablets back at once with {self.records} records and {self.photos} photos: "
            f"{self.requests} requests, {self.turned_away} turned away; first attempts over "
            f"{first[-1] - first[0]:.1f} s; done after {statistics.median(done):.0f} s (median), "
            f"{done[-1]:.0f} s (the last); at most {self.most_tries} rounds of one tablet, "
            f"at most {self.peak} came again within one second"
        )


class Crowd:
    """``run`` plays it and checks everything as for any seed."""

    def __init__(self, seed: int, templates: Templates, *, tablets: int, reports: int, serves: int) -> None:
        self.world = World(seed)
        self.root = templates.root / f"crowd-{seed}"
        self.root.mkdir()
        self.central = SimCentral(self.world, templates, self.root)
        self._serves = serves
        self._served: deque[float] = deque()
        self.turned_away = 0
        self.network = Network(self.world, self.central)
        self.checker = Checker(self.central)
        self.reports = reports
        self.tablets = [
            Tablet(
                self.world,
                self.network,
                self.central,
                self.root,
                templates.tablets[index],
                index,
                watched=True,
            )
            for index in range(tablets)
        ]
        self.done_at: dict[str, float] = {}
        self.first_at: dict[str, float] = {}
        self._came: dict[str, list[float]] = {}

    def _is_crowded(self) -> bool:
        now = self.world.now
        while self._served and self._served[0] <= now - 1.0:
            self._served.popleft()
        if len(self._served) >= self._serves:
            self.turned_away += 1
            return True
        self._served.append(now)
        return False

    def run(self) -> Crowded:
        """From the first fill to the last receipt."""
        world, chance = self.world, self.world.chance("crowd")
        world.run(120.0)
        for tablet in self.tablets:
            tablet.line_is(Line.DOWN)
        back = world.now + 30 * DAY
        for tablet in self.tablets:
            person = Person(tablet, self.checker.ledger(tablet), self.checker.look)
            person.jpeg_share = person.large_share = 0.0
            for _ in range(self.reports):
                at = chance.uniform(world.now, back)
                world.at(at, lambda one=person: one.do(lambda desk: one.report(desk, 3)))  # type: ignore[misc]
        world.run(back)
        for tablet in self.tablets:
            self._look_away(tablet)
        self.central.real.burden = self._is_crowded  # type: ignore[method-assign]
        before = world.counts["requests"]
        for tablet in self.tablets:
            tablet.healing = True
            tablet.after_round = self._note
            tablet.rounds = 0
            tablet.round_times = []
            tablet.line_is(Line.UP)
        world.run(world.now + UNTIL_S, lambda: len(self.done_at) == len(self.tablets))
        waiting = [tablet.name for tablet in self.tablets if tablet.name not in self.done_at]
        if waiting:
            raise Violation(f"I9 starved: {waiting}")
        most = max(tablet.rounds for tablet in self.tablets)
        requests = world.counts["requests"] - before
        turned_away = self.turned_away
        self._serves = 1 << 30
        world.run(world.now + 400.0)
        check_receipts(self.central)
        check_end(world, self.central, self.tablets, self.checker)
        ledgers = self.checker.ledgers.values()
        return Crowded(
            len(self.tablets),
            sum(len(ledger.records) for ledger in ledgers),
            sum(len(record.originals) for ledger in ledgers for record in ledger.records.values()),
            requests,
            turned_away,
            [at - back for at in self.first_at.values()],
            [at - back for at in self.done_at.values()],
            most,
            self._peak(),
        )

    def _peak(self) -> int:
        seconds = Counter(int(at) for times in self._came.values() for at in times[1:])
        return max(seconds.values(), default=0)

    def _look_away(self, tablet: Tablet) -> None:
        """The link has been away for long: each has failed as often as makes its back-off the longest."""
        schedule, now = tablet.living.schedule, tablet.clock.monotonic()
        for _ in range(12):
            schedule.failed(now, RetryLater("unreachable"))

    def _note(self, tablet: Tablet) -> None:
        self.checker.look(tablet)
        came = self._came.setdefault(tablet.name, [])
        came += [at for at in tablet.round_times if not came or at > came[-1]][:1]
        self.first_at.setdefault(tablet.name, came[0])
        pending = tablet.living.work.outbox.pending()[0] + tablet.living.work.uploads.pending().photos
        if not pending and not tablet.last_error:
            self.done_at.setdefault(tablet.name, self.world.now)

    def close(self) -> None:
        """Let go of everything."""
        self.world.close()
        for tablet in self.tablets:
            tablet.close()
        self.central.close()
        Disk.disks.clear()


def run_crowd(seed: int, *, tablets: int, reports: int, serves: int) -> Crowded:
    """So many tablets, with so many reports of three photos each, against so many requests a second."""
    templates = Templates(tablets)
    try:
        with virtual_fsync():
            crowd = Crowd(seed, templates, tablets=tablets, reports=reports, serves=serves)
            try:
                return crowd.run()
            finally:
                crowd.close()
    finally:
        templates.close()
