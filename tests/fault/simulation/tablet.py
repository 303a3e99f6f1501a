"""One simulated tablet: the app's desk and the daemon's engine over real stores, through lives and deaths.

The daemon's own loop is threads and sockets; here its ``Schedule`` (the real one) says when a round is due
and the queue of events takes the loop's place. Desk and daemon have a connection each, as their processes.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec

from fieldapp.capture.desk import Desk
from fieldapp.capture.opening import officer_card
from fieldapp.capture.recovery import Recovered, recover
from sync.contract.errors import FieldError, NeedsPerson, RetryLater
from sync.engine import Engine, RoundResult
from sync.listener import Silence
from sync.plan import BACK_OFF_CAP_S
from sync.remote.http import HttpRemote
from sync.resources import resource
from sync.schedule import Schedule
from tests.fault.simulation.central import SimCentral
from tests.fault.simulation.city import KEY, admit, device_key, identity_of, officer_of
from tests.fault.simulation.disk import Cut, Died, Disk
from tests.fault.simulation.network import Line, Network, SimTransport
from tests.fault.simulation.stores import PLENTY, Folder, Reference, Work
from tests.fault.simulation.world import Ids, TabletClock, World

FONT = resource("fonts", "FieldSansSC-Medium.ttf")
NEVER_S = 1e7
"""While there is no link, attempts that cannot but fail are not played; its return plans the next one."""
_MAY_AGREE = frozenset({"mass_delete"})
_LET_IN_AGAIN = frozenset({"token_expired", "device_refused"})


class SameThread(Executor):
    """Does each thing at once, so that a run is the same every time."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 - as an executor does
            future.set_exception(error)
        return future


class Life:
    """From one start of the machine to its end: open stores, engine, schedule, desk."""

    def __init__(self, tablet: Tablet, root: Path) -> None:
        self.root = root
        self.disk = Disk(root, tablet.on_death)
        folder = Folder(root)
        folder.room = tablet.room
        self.folder = folder
        self.work = Work(folder, KEY, self.disk)
        self.reference = Reference(folder, self.disk)
        self.daemon_work = Work(folder, KEY, self.disk, checkpoints=True)
        self.daemon_reference = Reference(folder, self.disk)
        identity = self.daemon_work.meta.require_identity()
        self.identity = identity
        self.remote = HttpRemote(
            identity,
            folder.authority,
            on_token=tablet.note_token,
            transport=SimTransport(tablet.network, tablet.name, lambda: tablet.line, self.require_alive),
            timer=lambda: tablet.world.now,
            chance=tablet.chance.random,
        )
        self.engine = Engine(
            self.daemon_work,
            self.daemon_reference,
            self.remote,
            tablet.clock,
            Silence(),
            open_pool=SameThread,
        )
        self.schedule = Schedule(tablet.clock.monotonic(), tablet.chance.random)
        self.busy = False
        self.nudged = False
        self.agreed = False
        """Whether a round runs to whose deletes the person has agreed."""
        self._frames = 0
        self._closed = False
        self.desk = Desk(
            work=self.work,
            reference=self.reference,
            officer=officer_card(self.work, tablet.officer_id),
            device_id=identity.device_id,
            clock=tablet.clock,
            new_id=tablet.ids,
            locate=lambda _lon, _lat: None,
            app_version="sim",
            font=FONT,
        )

    def require_alive(self) -> None:
        """Whoever waits for an answer dies with the machine."""
        self.disk.step("answered")

    @contextmanager
    def use(self) -> Iterator[None]:
        """Something runs on this machine; a death ends it here."""
        self._frames += 1
        try:
            yield
        except Died as died:
            if died.disk is not self.disk:
                raise
        finally:
            self._frames -= 1
            if not self.disk.alive and not self._frames:
                self.close()

    def close(self) -> None:
        """Let go of files."""
        if self._closed:
            return
        self._closed = True
        self.disk.unmount()
        for store in (self.work, self.reference, self.daemon_work, self.daemon_reference):
            store.close()

    def bury(self) -> None:
        """A dead machine's folder goes, as soon as nothing runs on it any more."""
        if not self._frames:
            self.close()
            shutil.rmtree(self.root, ignore_errors=True)


class Tablet:
    """A device: survives its lives."""

    def __init__(
        self,
        world: World,
        network: Network,
        central: SimCentral,
        root: Path,
        template: Path,
        index: int,
        *,
        watched: bool,
    ) -> None:
        self.world = world
        self.network = network
        self.central = central
        self.index = index
        self.name = f"t{index}"
        self.officer_id = officer_of(index)
        self.watched = watched
        self.clock = TabletClock(world, self.name)
        self.chance = world.chance(f"{self.name} schedule")
        self.ids = Ids(world.chance(f"{self.name} ids"), world)
        self.line = Line.UP
        self.room = PLENTY
        self.healing = False
        self.after_round: Callable[[Tablet], None] = lambda _: None
        self.after_boot: Callable[[Tablet, Recovered], None] = lambda *_: None
        self.rounds = 0
        self.quiet_since: float | None = None
        """Since when a round found nothing to do, or None."""
        self.last_error = ""
        self.asked: set[str] = set()
        """Codes with which a round stopped to ask a person."""
        self.round_times: list[float] = []
        self._root = root
        self._cuts: random.Random = world.chance(f"{self.name} disk")
        self._lives = 0
        self._next_root: Path | None = None
        self._token = ""
        self._due_event = 0
        first = self._new_root()
        shutil.copytree(template, first)
        self.life: Life | None = None
        self.device_id = ""
        self._start(first)

    def _new_root(self) -> Path:
        self._lives += 1
        return self._root / f"{self.name}-{self._lives}"

    def _start(self, root: Path) -> None:
        self.life = Life(self, root)
        self.device_id = self.life.identity.device_id
        self.plan_round()

    @property
    def is_on(self) -> bool:
        return self.life is not None and self.life.disk.alive

    @property
    def living(self) -> Life:
        """The present life; the tablet must be on."""
        assert self.life is not None
        return self.life

    # Dying and starting again.

    def on_death(self, cut: Cut) -> None:
        """Keep what the disk has kept, and be started again in a while."""
        life = self.living
        self._next_root = self._new_root()
        life.disk.image(self._next_root, cut, self._cuts, self.clock.now().timestamp())
        self.world.note(self.name, f"died by {cut.value}")
        self.world.count(f"tablet {cut.value}")
        self.quiet_since = None
        self.world.after(self._cuts.uniform(2.0, 240.0), self.boot)

    def die(self, cut: Cut) -> None:
        """End now, in the middle of whatever runs."""
        if self.is_on:
            self.living.disk.die(cut)

    def boot(self) -> None:
        """Start again on what the disk has kept, and look for what was not finished."""
        if self.is_on or self._next_root is None:
            return
        root, self._next_root = self._next_root, None
        if self.life is not None:
            self.life.bury()
        self.clock.boot()
        self._start(root)
        life = self.living
        with life.use():
            found = recover(life.desk)
            self.world.note(self.name, f"started, {found.photos} photos found")
            self.after_boot(self, found)

    # The daemon.

    def note_token(self, token: str) -> None:
        """A renewed token, to be kept after the round."""
        self._token = token

    def nudge(self) -> None:
        """Something was saved: a round is due."""
        if not self.is_on:
            return
        if self.living.busy:
            self.living.nudged = True  # it lies in the daemon's inbox until the round is over
            return
        self.living.schedule.nudged(self.clock.monotonic())
        self.plan_round()

    def line_is(self, line: Line) -> None:
        """The link changes; where somebody watches, its coming back is seen within a second."""
        was, self.line = self.line, line
        self.world.note(self.name, f"link {line.value}")
        if line is Line.DOWN or was is not Line.DOWN or not self.is_on:
            return
        schedule, now = self.living.schedule, self.clock.monotonic()
        if schedule.wants_look(now, watched=self.watched):
            schedule.looked(now, reachable=False)
            schedule.looked(now + self.chance.random(), reachable=True)
        elif schedule.due > now + NEVER_S / 2:
            schedule.due = now + self.chance.uniform(0.0, BACK_OFF_CAP_S)
        self.plan_round()

    def plan_round(self) -> None:
        """Put the next round into the queue of events, in place of the one planned before."""
        if not self.is_on:
            return
        self._due_event += 1
        number, life = self._due_event, self.living
        wait_s = max(0.0, life.schedule.due - self.clock.monotonic())

        def due() -> None:
            if number == self._due_event and life is self.life and self.is_on:
                self.round()

        self.world.after(wait_s, due)

    def round(self, *, deletes_agreed: bool = False) -> None:
        """One round now, as the daemon would run it."""
        life = self.living
        if not life.busy:
            life.busy = True
            self.world.spawn(lambda: self._round_of(life, deletes_agreed))

    def _round_of(self, life: Life, deletes_agreed: bool) -> None:
        with life.use():
            life.agreed = deletes_agreed
            try:
                self._round(life, deletes_agreed)
            finally:
                life.busy = life.agreed = False
        if self.is_on and life is self.life:
            if life.nudged:
                life.nudged = False
                life.schedule.nudged(self.clock.monotonic())
            self.plan_round()

    def _round(self, life: Life, deletes_agreed: bool) -> None:
        self.rounds += 1
        self.round_times.append(self.world.now)
        self.world.count("rounds")
        life.disk.step("round")
        error: FieldError
        try:
            result = life.engine.round(
                between=lambda: life.disk.step("between"), deletes_agreed=deletes_agreed
            )
            life.daemon_work.checkpoint()
        except FieldError as failure:
            error = failure
        else:
            self._keep_token(life)
            life.schedule.succeeded(self.clock.monotonic())
            self._note(result)
            self.after_round(self)
            return
        self._keep_token(life)
        life.schedule.failed(self.clock.monotonic(), error)
        self.last_error = error.code
        self.quiet_since = None
        self.world.note(self.name, f"round failed: {error.code}")
        self.world.count(f"failed {error.code}")
        self.after_round(self)
        if isinstance(error, NeedsPerson):
            self._ask_person(life, error)
        elif self.line is Line.DOWN and isinstance(error, RetryLater) and not self.healing:
            life.schedule.due = self.clock.monotonic() + NEVER_S

    def _note(self, result: RoundResult) -> None:
        self.last_error = ""
        if result.nothing_done:
            self.quiet_since = self.world.now if self.quiet_since is None else self.quiet_since
        else:
            self.quiet_since = None
        self.world.note(self.name, f"round {msgspec.json.encode(result).decode()}")

    def _keep_token(self, life: Life) -> None:
        token, self._token = self._token, ""
        if token:
            with life.daemon_work.act():
                life.daemon_work.meta.set_token(token)

    def _ask_person(self, life: Life, error: NeedsPerson) -> None:
        """What a person does about it: after a while, and while everything heals at once."""
        self.asked.add(error.code)
        wait_s = 1.0 if self.healing else self.chance.uniform(60.0, 1200.0)
        if error.code in _MAY_AGREE and (self.healing or self.chance.random() < 0.3):
            self.world.after(wait_s, lambda: self._agree(life))
        if error.code in _LET_IN_AGAIN:
            self.world.after(wait_s, lambda: self._let_in_again(life))

    def _agree(self, life: Life) -> None:
        if life is self.life and self.is_on:
            self.world.note(self.name, "deletes agreed to")
            self.round(deletes_agreed=True)

    def _let_in_again(self, life: Life) -> None:
        """Enrolment anew, as ``sync.enrol`` does it: this tablet stays the device it was."""
        if life is not self.life or not self.is_on or not self.central.is_up or life.busy:
            return
        former = device_key(self.index).token_request(self.device_id)
        try:
            answer = admit(self.central.real, self.index, former)
        except Died:
            self.central.bury()
            return
        with life.use(), life.daemon_work.act():
            life.daemon_work.meta.set_identity(identity_of(answer, self.index))
        self.world.note(self.name, "let in again")
        self.world.count("let in again")
        if self.is_on:
            life.close()  # the daemon opens everything anew for the new identity
            life.disk.unmount()
            self._start(life.root)

    def close(self) -> None:
        """Let go of everything."""
        if self.life is not None:
            self.life.close()
