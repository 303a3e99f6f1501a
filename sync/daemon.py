"""The sync daemon: one per data folder, one loop that decides when a round is due and runs it.

    control socket ─┐
    long poll       ├→ inbox → loop: open or shut the store · round · back-off · look at the port
    the schedule   ─┘                     └→ state and changes to every subscriber

Rounds run on the loop's thread, so that a store has one user. What must not wait for a round (state, pause,
stop) is answered by the control threads, which only set flags and wake the loop.
"""

from __future__ import annotations

import os
import queue
import random
import threading
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeout
from contextlib import suppress
from datetime import timedelta
from typing import Any

import msgspec

from sync.announcer import Announcer
from sync.clock import Clock
from sync.contract.errors import FieldError, InputRefused, NeedsPerson, RetryLater
from sync.control import PROTOCOL, ROUND_S, Message, Request
from sync.control_server import ControlServer
from sync.daemon_log import DaemonLog
from sync.daemon_news import News
from sync.engine import RoundResult
from sync.fetching import Fetcher
from sync.gate import Gate
from sync.keeper import Keeper, OpenLink
from sync.link import Link
from sync.link_state import LinkState, after_failure, after_success, at_rest, at_work, plain
from sync.lockfile import FileLock
from sync.map_keeper import MapKeeper, MapSource
from sync.map_state import MapState
from sync.notices import Notice
from sync.plan import ends_round
from sync.remote.base import Remote
from sync.replica.database import DatabaseError
from sync.replica.folder import DataFolder
from sync.schedule import Schedule
from sync.sending import LinkKind, Sending
from sync.surroundings import BATTERY_S, Around, NothingKnown
from sync.vault.vault import Vault

UNLOCK_S = 30.0
OPEN_AGAIN_S = 30.0


class _Wish(msgspec.Struct, frozen=True):
    """Something for the loop to do; ``reply`` is answered when it is done."""

    cmd: str
    reply: Future[Message] | None = None
    key: bytes = b""
    cursor: str = ""
    agree: bool = False
    refill: bool = False


class Daemon:
    """``run`` blocks until ``stop`` (from any thread) or a stop over the socket."""

    def __init__(
        self,
        folder: DataFolder,
        clock: Clock,
        *,
        find_key: Callable[[], bytes | None] = lambda: None,
        open_link: OpenLink = Link,
        around: Around | None = None,
        tell_person: Callable[[Notice], None] = lambda _notice: None,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._folder = folder
        self._clock = clock
        self._find_key = find_key
        self._lock = FileLock(folder.lock)
        self._inbox: queue.Queue[_Wish] = queue.Queue()
        self._stopping = threading.Event()
        self._around = around or NothingKnown()
        self._gate = Gate(folder, self._around)
        self._shut_wanted = threading.Event()
        self._server = ControlServer(folder, self.handle)
        self._keeper = Keeper(
            folder,
            clock,
            News(self._server.tell),
            open_link,
            saw=lambda cursor: self._inbox.put(_Wish("saw", cursor=cursor)),
            lost=lambda: self._inbox.put(_Wish("lost")),
        )
        self._announcer = Announcer(
            tell_person, watched=lambda: self._server.watched, officers=Vault(folder, clock).officers
        )
        self._fetcher = Fetcher(folder, self._remote, self._server.tell)
        self._maps = MapKeeper(
            folder,
            clock,
            self._map_source,
            self._gate.sending,
            tell=self._server.tell,
            again=lambda soon: self._inbox.put(_Wish("nudge" if soon else "lost")),
        )
        self._schedule = Schedule(clock.monotonic(), chance)
        self._open_again_at: float | None = None
        self._state = LinkState("starting")

    def run(self, ready: Callable[[], None] = lambda: None) -> bool:
        """Serve until told to stop; False at once when another daemon has this folder."""
        if not self._acquired():
            return False
        self._log = DaemonLog(self._folder)
        try:
            self._lock.write(f"{os.getpid()}\n")
            self._server.start()
            self._around.start(lambda: self._inbox.put(_Wish("look")))
            self._log.info("started")
            self._gate.keep_place()
            self._open_by_itself()
            ready()
            while not self._stopping.is_set():
                self._turn()
        finally:
            self._gate.settle()
            self._around.stop()
            self._keeper.shut()
            self._fetcher.stop()
            self._maps.stop()
            self._turn_away()
            self._server.stop()
            self._log.info("stopped")
            self._log.close()
            self._lock.release()
        return True

    def _acquired(self) -> bool:
        """Whether this folder's lock is ours now; the socket that was made for it goes where it is not."""
        ours = False
        try:
            ours = self._lock.acquire(wait=False)
        finally:
            if not ours:
                self._server.give_up()
        return ours

    def stop(self) -> None:
        """Stop soon, breaking off what waits for the network; from any thread."""
        self._stopping.set()
        self._keeper.break_off()
        self._inbox.put(_Wish("look"))

    @property
    def state(self) -> LinkState:
        """How things stand; what the rules hold back, as it is at this very moment."""
        return msgspec.structs.replace(self._state, sending=self._gate.sending())

    def handle(self, request: Request) -> Message:
        """Answer a request of a client (on that client's thread)."""
        match request.cmd:
            case "hello":
                return {"protocol": PROTOCOL, "pid": os.getpid(), "state": self.state}
            case "status" | "subscribe":
                return {"state": self.state, "base_map": self._maps.state}
            case "nudge":
                self._inbox.put(_Wish("nudge"))
                return {}
            case "round":
                wish = _Wish("round", Future(), agree=request.agree, refill=request.refill)
                return self._ask(wish, ROUND_S)
            case "unlock":
                return self._unlock(request.key)
            case "lock":
                self._shut_wanted.set()
                self._keeper.break_off()
                return self._ask(_Wish("lock", Future()), UNLOCK_S)
            case "settings":
                return self._settings(request.change)
            case "pause":
                return self._settings({"paused": True})
            case "resume":
                return self._settings({"paused": False})
            case "send_now":
                link = self._keeper.link
                if link is None:
                    raise NeedsPerson(self._why_shut())
                link.try_now()
                self._gate.send_now()
                self._inbox.put(_Wish("nudge"))
                return {}
            case "fetch":
                self._fetcher.ask(request.sha256)
                return {}
            case "base_map":
                return {"base_map": self._base_map(request)}
            case "stop":
                self.stop()
                return {}
        raise InputRefused("control_refused")

    def _base_map(self, request: Request) -> MapState:
        """How it stands with the base map that central offers, after what was asked."""
        match request.do:
            case "look":
                self._maps.look()
            case "ask":
                return self._maps.ask()
            case "fetch":
                self._maps.fetch(any_link=request.any_link)
            case "give_up":
                self._maps.give_up()
            case "":
                pass
            case _:
                raise InputRefused("control_refused")
        return self._maps.state

    def _map_source(self) -> MapSource | None:
        link = self._keeper.link
        return None if link is None else MapSource(link.remote, link.signing_key)

    def _settings(self, change: dict[str, Any]) -> Message:
        """The sending rules, after this change to them; whatever they let go now goes soon."""
        if not change:
            return {"settings": self._gate.rules}
        try:
            return {"settings": self._gate.change(change)}
        finally:
            self._inbox.put(_Wish("look"))

    def _remote(self) -> Remote | None:
        """Central, for what does not wait for a round; ``daemon_paused`` while nothing is to go."""
        link = self._keeper.link
        if link is not None and self._gate.nothing_goes:
            raise NeedsPerson("daemon_paused")
        return None if link is None else link.remote

    def _why_shut(self) -> str:
        return "locked" if self._keeper.is_enrolled else "not_enrolled"

    def _unlock(self, text: str) -> Message:
        try:
            key = bytes.fromhex(text)
        except ValueError:
            key = b""
        if len(key) != 32:
            raise InputRefused("control_refused")
        if self._keeper.is_open_with(key):  # at once, however long a round is under way
            return {"state": self._state}
        return self._ask(_Wish("unlock", Future(), key), UNLOCK_S)

    def _ask(self, wish: _Wish, wait_s: float) -> Message:
        if wish.reply is None or self._stopping.is_set():
            raise RetryLater("interrupted")
        self._inbox.put(wish)
        try:
            return wish.reply.result(wait_s)
        except FutureTimeout:
            raise RetryLater("daemon_busy") from None

    # From here on: the loop's thread.

    def _turn(self) -> None:
        """Take what is wished, then do what is due."""
        self._follow_rules(self._clock.monotonic())
        wishes = self._collect()
        now = self._clock.monotonic()
        for wish in wishes:
            self._take(wish, now)
        rounds = [wish for wish in wishes if wish.cmd == "round"]
        if self._open_again_at is not None and now >= self._open_again_at:
            self._open_by_itself()
        link = self._keeper.link
        self._follow_rules(now)
        if link is None or self._gate.nothing_goes:
            self._gate.settle()
            refusal = NeedsPerson(self._why_shut() if link is None else "daemon_paused")
            for wish in rounds:
                _answer_error(wish, refusal)
        elif rounds or now >= self._schedule.due:
            self._round(link, rounds)
            self._announcer.look(link, self._state)
        elif self._schedule.wants_look(now, watched=self._server.watched):
            reachable = link.is_reachable()
            self._schedule.looked(self._clock.monotonic(), reachable=reachable)
        if link is not None and self._inbox.empty():
            self._care(link)

    def _care(self, link: Link) -> None:
        """Nothing else is due: look after the store. What fails is met again by whoever needs it."""
        try:
            link.care()
        except FieldError as error:
            self._log.warning("care failed", code=error.code)
        except DatabaseError as error:
            self._log.fault("care failed", error)

    def _follow_rules(self, now: float) -> None:
        """Tell what the rules hold back by now; what they no longer hold is due at once."""
        before, sending = self._state.sending, self._gate.sending()
        paused = self._keeper.link is not None and self._gate.nothing_goes
        if paused and self._state.link != "paused":
            self._set_state(at_rest(self._state, paused=True))
        elif sending != before:
            self._set_state(self._state)
        freed = before.held.keys() - sending.held.keys() or (before.nothing_goes and not sending.nothing_goes)
        connected = sending.network != before.network and sending.network.kind is not LinkKind.NONE
        if freed or connected:
            self._schedule.nudged(now)

    def _collect(self) -> list[_Wish]:
        """Everything in the inbox, after waiting for the first or for the time when something is due."""
        idle = self._keeper.link is None or self._gate.nothing_goes
        now = self._clock.monotonic()
        wait_s = None if idle else self._schedule.wait_s(now, watched=self._server.watched)
        if idle and self._open_again_at is not None:
            wait_s = max(0.0, self._open_again_at - now)
        if not idle and self._gate.follows_battery:
            wait_s = BATTERY_S if wait_s is None else min(wait_s, BATTERY_S)
        wishes: list[_Wish] = []
        with suppress(queue.Empty):
            wishes.append(self._inbox.get(timeout=wait_s) if wait_s != 0 else self._inbox.get_nowait())
            while True:
                wishes.append(self._inbox.get_nowait())
        return wishes

    def _take(self, wish: _Wish, now: float) -> None:
        match wish.cmd:
            case "nudge":
                self._schedule.nudged(now)
            case "saw":
                self._schedule.held()
                if self._keeper.has_applied(wish.cursor):
                    self._keeper.watch()
                else:
                    self._schedule.nudged(now)
            case "lost":
                self._schedule.lost(now)
            case "lock":
                self._open_again_at = None
                self._announcer.forget()
                self._maps.hold()
                self._keeper.shut()
                self._shut_wanted.clear()
                self._set_state(LinkState("locked", last_answer=self._state.last_answer))
                _answer(wish, {"state": self._state})
            case "unlock":
                try:
                    self._open(wish.key)
                except FieldError as error:
                    _answer_error(wish, error)
                else:
                    _answer(wish, {"state": self._state})

    def _round(self, link: Link, rounds: list[_Wish]) -> None:
        self._maps.hold()
        self._set_state(at_work(self._state))
        agreed = any(wish.agree for wish in rounds)
        refill = any(wish.refill for wish in rounds)
        error: FieldError
        answers = link.answers
        try:
            result = link.round(
                self._between, deletes_agreed=agreed, refill=refill, sending=lambda: self._sending_to(link)
            )
            self._gate.finish(link.has_unsent)
            link.tidy(self._gate.rules.keep_days)
        except FieldError as failure:
            error = failure
        except Exception as bug:  # noqa: BLE001 - the one catch-all: a fault in one round must not end syncing
            self._log.fault("fault in a round", bug)
            error = RetryLater("round_failed")
        else:
            self._succeeded(result)
            for wish in rounds:
                _answer(wish, {"result": msgspec.structs.asdict(result)})
            return
        self._failed(error, answered=link.answers > answers)
        for wish in rounds:
            _answer_error(wish, error)

    def _between(self) -> None:
        """Between two batches: give way to what cannot wait."""
        if self._is_to_rest():
            raise RetryLater("interrupted")

    def _is_to_rest(self) -> bool:
        return self._stopping.is_set() or self._shut_wanted.is_set() or self._gate.nothing_goes

    def _sending_to(self, link: Link) -> Sending:
        """What may go now, a "send now" asked for meanwhile included."""
        self._gate.reach(link.newest_seq)
        return self._gate.sending()

    def _succeeded(self, result: RoundResult) -> None:
        now = self._clock.monotonic()
        self._schedule.succeeded(now)
        if not result.nothing_done:
            self._log.info("round", **msgspec.structs.asdict(result))
        self._set_state(after_success(self._iso(), self._next_attempt(now)))
        self._keeper.watch()
        self._maps.release()

    def _failed(self, error: FieldError, *, answered: bool) -> None:
        if error.code == "interrupted" and self._is_to_rest():
            self._set_state(at_rest(self._state, paused=self._gate.nothing_goes))
            return
        now = self._clock.monotonic()
        self._schedule.failed(now, error, answered=answered)
        failures = self._schedule.failures
        self._log.warning("round failed", code=error.code, failures=failures)
        self._set_state(after_failure(self._state, error, self._next_attempt(now), failures))
        if not ends_round(error):
            self._keeper.watch()

    def _open_by_itself(self) -> None:
        """Open with a key that needs nobody; what only the storage refuses is tried again."""
        self._open_again_at = None
        key = self._find_key()
        if key is None:
            self._set_state(LinkState(self._why_shut()))
            return
        try:
            self._open(key)
        except FieldError as error:
            self._open_again_at = self._clock.monotonic() + OPEN_AGAIN_S
            self._log.warning("not opened", code=error.code)
            self._set_state(LinkState("locked", code=error.code, facts=plain(error.facts)))

    def _open(self, key: bytes) -> None:
        """Open the store with this key; an open one stays as it is unless the tablet was enrolled anew."""
        if self._keeper.open(key):
            self._maps.opened()
            self._open_again_at = None
            now = self._clock.monotonic()
            self._schedule.succeeded(now)
            self._schedule.nudged(now)
            self._set_state(LinkState("starting", last_answer=self._state.last_answer))
            self._log.info("opened")
            if self._keeper.link is not None:
                self._announcer.look(self._keeper.link, self._state)

    def _turn_away(self) -> None:
        """Nobody is left waiting for an answer when the daemon goes."""
        with suppress(queue.Empty):
            while True:
                _answer_error(self._inbox.get_nowait(), RetryLater("interrupted"))

    def _set_state(self, state: LinkState) -> None:
        self._state = state = msgspec.structs.replace(state, sending=self._gate.sending())
        self._server.tell({"event": "state", **msgspec.structs.asdict(state)})
        self._maps.rules_changed()

    def _next_attempt(self, now: float) -> str:
        return self._iso(after_s=max(0.0, self._schedule.due - now))

    def _iso(self, *, after_s: float = 0.0) -> str:
        return (self._clock.now() + timedelta(seconds=after_s)).isoformat(timespec="milliseconds")


def _answer(wish: _Wish, message: Message) -> None:
    if wish.reply is not None:
        wish.reply.set_result(message)


def _answer_error(wish: _Wish, error: FieldError) -> None:
    if wish.reply is not None:
        wish.reply.set_exception(error)
