"""One seed from beginning to end: the plot, the faults with everything checked, the healing, the end."""

from __future__ import annotations

import random
import shutil
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.fault.simulation.central import SimCentral, draw_cut
from tests.fault.simulation.checker import Checker
from tests.fault.simulation.city import TABLETS_MOST, Templates
from tests.fault.simulation.disk import Died, Disk, virtual_fsync
from tests.fault.simulation.ending import check_end, check_receipts
from tests.fault.simulation.network import Line, Network
from tests.fault.simulation.office import Office
from tests.fault.simulation.people import Person
from tests.fault.simulation.stores import PLENTY
from tests.fault.simulation.tablet import Tablet
from tests.fault.simulation.world import Violation, World

MINUTE, DAY = 60.0, 86_400.0
HEALING_S = 3 * 3600.0
"""Virtual time in which everything has to have arrived once the faults have stopped."""
QUIET_S = 310.0
"""How long a tablet that has nothing to do is watched doing nothing: another round at least."""


@dataclass
class Outcome:
    """What became of a seed. ``violation`` is "" when all held."""

    seed: int
    digest: str = ""
    lines: int = 0
    violation: str = ""
    counts: dict[str, int] = field(default_factory=dict)


class Simulation:
    """The world of one seed, put together."""

    def __init__(self, seed: int, templates: Templates, tell: Callable[[str], None] | None = None) -> None:
        self.world = World(seed, tell)
        self.root = templates.root / f"run-{seed}"
        shutil.rmtree(self.root, ignore_errors=True)
        self.root.mkdir()
        self.plot: random.Random = self.world.chance("plot")
        self.central = SimCentral(self.world, templates, self.root)
        self.network = Network(self.world, self.central)
        self.checker = Checker(self.central)
        self.office = Office(self.world, self.central)
        self.tablets: list[Tablet] = []
        self.people: list[Person] = []
        for index in range(self.plot.choice((2, 2, 3, 3, TABLETS_MOST))):
            self._add_tablet(templates.tablets[index], index)
        self.kinds: set[str] = set()
        """The kinds of fault this seed has drawn."""

    def _add_tablet(self, template: Path, index: int) -> None:
        tablet = Tablet(
            self.world,
            self.network,
            self.central,
            self.root,
            template,
            index,
            watched=self.plot.random() < 0.5,
        )
        ledger = self.checker.ledger(tablet)
        tablet.after_round = self.checker.after_round
        tablet.after_boot = self.checker.booted
        self.tablets.append(tablet)
        self.people.append(Person(tablet, ledger, self.checker.look))

    def run(self) -> None:
        """Raises ``Violation`` where an invariant does not hold."""
        self.world.run(90.0)  # everybody gets the city
        self._plan()
        self.world.run(self._until)
        if self.world.counts.get("acts of people") and self.world.counts.get("acts of the office"):
            self.kinds.add("both sides acting")
        self._heal()

    # The plot.

    def _plan(self) -> None:
        plot, world = self.plot, self.world
        minutes = plot.choice((10.0, 25.0, 60.0))
        self._until = world.now + minutes * MINUTE
        self.network.share = plot.choice((0.0, 0.05, 0.15, 0.3))
        for person in self.people:
            for _ in range(plot.randrange(2, 10)):
                self._sometime(person.do_something)
        for _ in range(plot.randrange(6)):
            self._sometime(self.office.do_something)
        for kind, share, event in (
            ("tablet dies", 0.6, self._tablet_dies),
            ("central dies", 0.45, self._central_dies),
            ("link", 0.5, self._link_breaks),
            ("clock", 0.4, self._clock_jumps),
            ("central clock", 0.15, self._central_clock),
            ("restored", 0.2, self._restored),
            ("emptied", 0.06, self._emptied),
            ("lost files", 0.1, self._lost_files),
            ("mass delete", 0.1, self._mass_delete),
            ("thirty days", 0.08, self._thirty_days),
            ("little room", 0.1, self._little_room),
        ):
            if plot.random() < share:
                self.kinds.add(kind)
                for _ in range(plot.choice((1, 1, 2, 3)) if kind != "thirty days" else 1):
                    self._sometime(event)

    def _sometime(self, event: Callable[[], None]) -> None:
        self.world.at(self.plot.uniform(self.world.now, self._until), event)

    def _tablet_dies(self) -> None:
        tablet, cut, steps = self.plot.choice(self.tablets), draw_cut(self.plot), self.plot.randrange(80)
        if tablet.is_on:
            tablet.living.disk.arm(steps, cut)
            tablet.nudge()

    def _central_dies(self) -> None:
        cut, steps = draw_cut(self.plot), self.plot.randrange(40)
        away_s = self.plot.uniform(1.0, 300.0)
        if self.central.is_up:
            self.central.disk.arm(steps, cut)
        self._watch_central(away_s)

    def _watch_central(self, away_s: float) -> None:
        """Whoever looks after central starts it again a while after it died."""

        def look() -> None:
            if not self.central.is_up:
                self.central.start_again()
                check_receipts(self.central)
            elif self.world.now < self._until:
                self.world.after(away_s, look)

        self.world.after(away_s, look)

    def _link_breaks(self) -> None:
        tablet = self.plot.choice(self.tablets)
        line = self.plot.choice((Line.DOWN, Line.DOWN, Line.DEAF))
        tablet.line_is(line)
        self.world.after(self.plot.uniform(5.0, 900.0), lambda: tablet.line_is(Line.UP))

    def _clock_jumps(self) -> None:
        tablet = self.plot.choice(self.tablets)
        years = 365.25 * DAY
        tablet.clock.offset_s = self.plot.choice(
            (20 * years, -20 * years, -56 * years, 13 * years, 3600.0, -3600.0, 1.0, -90.0, 600.0, 0.0)
        )
        self.world.note(tablet.name, f"clock set {tablet.clock.offset_s:+.0f} s off")
        self.world.count("clock jumps")

    def _central_clock(self) -> None:
        self.central.offset_s = self.plot.choice((3 * DAY, -3 * DAY, 40 * DAY, 0.0))
        self.world.note("central", f"clock set {self.central.offset_s:+.0f} s off")
        self.world.count("central clock jumps")

    def _restored(self) -> None:
        self.central.back_up()
        when = self.plot.uniform(self.world.now, self._until)

        def restore() -> None:
            if self.central.restore():
                self.world.count("restored")
                check_receipts(self.central)

        self.world.at(when, restore)

    def _emptied(self) -> None:
        if self.central.empty():
            self.world.count("emptied")

    def _lost_files(self) -> None:
        if self.central.lose_files(self.plot):
            self.world.count("lost files")

    def _mass_delete(self) -> None:
        self.office.delete_nearly_all(self.plot.choice(("blacklist", "permit")))

    def _thirty_days(self) -> None:
        """Nobody has a link for thirty days, and then everybody at once; people go on working meanwhile."""
        for tablet in self.tablets:
            tablet.line_is(Line.DOWN)
        back = self.world.now + 30 * DAY
        for _ in range(self.plot.randrange(4, 12)):
            self.world.at(self.plot.uniform(self.world.now, back), self.plot.choice(self.people).do_something)
        for tablet in self.tablets:
            self.world.at(back, lambda one=tablet: one.line_is(Line.UP))  # type: ignore[misc]
        self._until = max(self._until, back + 10 * MINUTE)
        self.world.count("thirty days offline")

    def _little_room(self) -> None:
        tablet = self.plot.choice(self.tablets)
        tablet.room = 64_000_500
        self._room(tablet)

        def again() -> None:
            tablet.room = PLENTY
            self._room(tablet)

        self.world.after(self.plot.uniform(60.0, 1200.0), again)

    def _room(self, tablet: Tablet) -> None:
        if tablet.is_on:
            tablet.living.folder.room = tablet.room

    # The end.

    def _heal(self) -> None:
        world = self.world
        world.note("world", "the faults stop")
        self.network.share = 0.0
        if not self.central.is_up:
            self.central.start_again()
        self.central.disk.disarm()
        for tablet in self.tablets:
            tablet.healing = True
            tablet.room = PLENTY
            self._room(tablet)
            tablet.boot()
            tablet.living.disk.disarm()
            tablet.line_is(Line.UP)
            tablet.quiet_since = None
            tablet.nudge()
        check_receipts(self.central)
        world.run(world.now + HEALING_S, self._is_quiet)
        if not self._is_quiet():
            state = {t.name: t.last_error or t.quiet_since for t in self.tablets}
            raise Violation(f"I9 not quiet {HEALING_S:.0f} s after the faults have stopped: {state}")
        check_receipts(self.central)
        check_end(world, self.central, self.tablets, self.checker)

    def _is_quiet(self) -> bool:
        """Whether every tablet has gone on finding nothing to do for a while."""
        since = [tablet.quiet_since for tablet in self.tablets]
        return all(one is not None and self.world.now - one >= QUIET_S for one in since)

    def close(self) -> None:
        """Let go of everything."""
        self.world.close()
        for tablet in self.tablets:
            tablet.close()
        self.central.close()
        Disk.disks.clear()
        shutil.rmtree(self.root, ignore_errors=True)


def run_seed(seed: int, templates: Templates, tell: Callable[[str], None] | None = None) -> Outcome:
    """Run one seed; what went wrong is told, not raised."""
    outcome = Outcome(seed)
    with virtual_fsync():
        simulation = Simulation(seed, templates, tell)
        try:
            simulation.run()
        except Violation as violation:
            outcome.violation = str(violation)
        except (Exception, Died) as bug:  # noqa: BLE001 - a fault of the product or of the simulation
            outcome.violation = "".join(traceback.format_exception(bug))[-3000:]
        finally:
            simulation.close()
    outcome.digest = simulation.world.trace.digest()
    outcome.lines = simulation.world.trace.lines
    outcome.counts = dict(simulation.world.counts)
    for kind in simulation.kinds:
        outcome.counts[f"seeds with {kind}"] = 1
    return outcome
