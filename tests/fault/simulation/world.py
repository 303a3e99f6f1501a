"""Virtual time: a queue of events, a true clock that only events move, and the trace of all that happened."""

from __future__ import annotations

import hashlib
import heapq
import random
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


class Violation(AssertionError):
    """An invariant does not hold; the first word says which."""


class Trace:
    """What happened, in order: a running hash, and the lines themselves when somebody wants to read them."""

    def __init__(self, tell: Callable[[str], None] | None = None) -> None:
        self._hash = hashlib.sha256()
        self._tell = tell
        self.lines = 0

    def note(self, line: str) -> None:
        self.lines += 1
        self._hash.update(line.encode())
        self._hash.update(b"\n")
        if self._tell is not None:
            self._tell(line)

    def digest(self) -> str:
        return self._hash.hexdigest()


class GivenUp(BaseException):
    """The run is over; whoever still waits goes."""


class Task(threading.Thread):
    """A thread for things that wait now and then, one after the other. Of all tasks and the world exactly one
    runs at any moment; plain locks pass the turn, because it is passed a hundred thousand times."""

    def __init__(self) -> None:
        super().__init__(name="simulated", daemon=True)
        self._turn = threading.Lock()
        self._parked = threading.Lock()
        self._turn.acquire()
        self._parked.acquire()
        self._work: Callable[[], None] | None = None
        self._given_up = False
        self.error: BaseException | None = None
        self.start()

    @property
    def is_idle(self) -> bool:
        """Whether it has nothing to do."""
        return self._work is None

    def run(self) -> None:
        while True:
            self._turn.acquire()
            work = self._work
            if work is None:
                return
            try:
                work()
            except GivenUp:
                return
            except BaseException as error:  # noqa: BLE001 - raised again in the world's thread
                self.error = error
            self._work = None
            self._parked.release()

    def begin(self, work: Callable[[], None]) -> None:
        """Let it run something until that waits or is done."""
        self._work = work
        self.go_on()

    def go_on(self) -> None:
        """Let it run until it waits again or is done."""
        self._turn.release()
        self._parked.acquire()

    def park(self) -> None:
        """Called by itself: let the world go on, until its turn comes again."""
        self._parked.release()
        self._turn.acquire()
        if self._given_up:
            raise GivenUp

    def give_up(self) -> None:
        """End it, where it waits or where it idles."""
        self._given_up = True
        self._turn.release()
        self.join()


def is_simulated() -> bool:
    """Whether the present thread is one of the simulation, and not one that the product has started."""
    thread = threading.current_thread()
    return isinstance(thread, Task) or thread is threading.main_thread()


class World:
    """One run. Every chance is drawn from a stream that the seed and a name make."""

    def __init__(self, seed: int, tell: Callable[[str], None] | None = None) -> None:
        self.seed = seed
        self.now = 0.0
        self.trace = Trace(tell)
        self.counts: dict[str, int] = {}
        self._events: list[tuple[float, int, Callable[[], None]]] = []
        self._number = 0
        self._tasks: list[Task] = []

    def chance(self, name: str) -> random.Random:
        """A stream of chance of its own."""
        return random.Random(f"{self.seed}/{name}")

    def wall(self, offset_s: float = 0.0) -> datetime:
        """The time a clock shows that is off by so much."""
        return START + timedelta(seconds=self.now + offset_s)

    def at(self, when: float, event: Callable[[], None]) -> None:
        """Let something happen at a moment (at once, when that is over)."""
        self._number += 1
        heapq.heappush(self._events, (max(when, self.now), self._number, event))

    def after(self, seconds: float, event: Callable[[], None]) -> None:
        """Let something happen in a while."""
        self.at(self.now + seconds, event)

    def spawn(self, work: Callable[[], None]) -> None:
        """Begin something that waits for answers; everything else goes on meanwhile."""
        task = next((one for one in self._tasks if one.is_idle), None)
        if task is None:
            task = Task()
            self._tasks.append(task)
        task.begin(work)
        self._raise(task)

    def elapse(self, seconds: float) -> None:
        """Called by what was spawned: wait so long, while others do what they have to do."""
        task = threading.current_thread()
        assert isinstance(task, Task), "only what was spawned can wait"
        self.after(seconds, lambda: self._go_on(task))
        task.park()

    def _go_on(self, task: Task) -> None:
        task.go_on()
        self._raise(task)

    def _raise(self, task: Task) -> None:
        if task.error is not None:
            raise task.error

    def close(self) -> None:
        """Give up everything that still waits."""
        for task in self._tasks:
            task.give_up()
        self._tasks = []

    def run(self, until: float, done: Callable[[], bool] = lambda: False) -> None:
        """Let everything happen up to a moment, or until ``done``."""
        while self._events and self._events[0][0] <= until and not done():
            when, _, event = heapq.heappop(self._events)
            self.now = max(self.now, when)
            event()
        if not done():
            self.now = max(self.now, until)

    def note(self, who: str, what: str) -> None:
        """Put a line into the trace."""
        self.trace.note(f"{self.now:.3f} {who} {what}")

    def count(self, what: str, number: int = 1) -> None:
        """Count something for the figures of the run."""
        self.counts[what] = self.counts.get(what, 0) + number


class Ids:
    """Ids in the form of a UUIDv7, drawn from one stream and growing."""

    def __init__(self, chance: random.Random, world: World) -> None:
        self._chance = chance
        self._world = world
        self._number = 0

    def __call__(self) -> str:
        self._number += 1
        head = f"{0x0190A0A00000 + int(self._world.now * 1000):012x}"
        tail = f"{self._chance.getrandbits(48):012x}"
        return f"{head[:8]}-{head[8:]}-7{self._number & 0xFFF:03x}-8{self._number >> 12 & 0xFFF:03x}-{tail}"


class TabletClock:
    """A tablet's own clocks: the wall clock may be set to anything, the other one runs from each boot."""

    def __init__(self, world: World, name: str) -> None:
        self._world = world
        self._name = name
        self._boots = 0
        self._booted_at = 0.0
        self.offset_s = 0.0
        self.boot_id = ""
        self.boot()

    def boot(self) -> None:
        """The machine is started anew."""
        self._boots += 1
        self._booted_at = self._world.now - 20.0
        self.boot_id = f"{self._name}-boot-{self._boots}"

    def now(self) -> datetime:
        return self._world.wall(self.offset_s)

    def monotonic(self) -> float:
        return self._world.now - self._booted_at
