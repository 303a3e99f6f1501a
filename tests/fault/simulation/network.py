"""A virtual network: one request and its answer, with everything that may happen to either on the way.

``SimTransport`` stands in for the product's transport, so that the real HTTP remote, its tus client and its
reading of answers run above it, and the real ASGI application behind it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from enum import Enum
from typing import Any

from sync.contract.errors import RetryLater
from sync.contract.wire import sha256_hex
from sync.remote.answers import Answer
from sync.remote.base import Begins, unheeded
from sync.remote.transport import ANSWER_MAX, PIECE, READ_S, Body, Transport
from tests.fault.simulation.central import SimCentral
from tests.fault.simulation.world import World

HTML = Answer(200, {"content-type": "text/html"}, b"<html>please sign in to this network</html>")


class Fate(Enum):
    """What happens to one request."""

    WELL = "well"
    DROP = "drop"
    """It never arrives."""
    LOSE = "lose"
    """It arrives and takes effect; the answer is lost."""
    TWICE = "twice"
    """It arrives twice; the second answer is seen."""
    COPY = "copy"
    """It arrives, and a copy of it once more, much later, when much else has happened."""
    CUT = "cut"
    """The connection ends in the middle of the body."""
    HALF = "half"
    """The connection ends in the middle of the answer."""
    PORTAL = "portal"
    """Something else answers, with status 200."""
    BUSY = "busy"
    """503 with Retry-After."""
    ERROR = "error"
    """500."""
    SLOW = "slow"
    """A whole minute passes; it took effect."""


FAULTS = [fate for fate in Fate if fate is not Fate.WELL]


class Line(Enum):
    """How a tablet is connected."""

    UP = "up"
    DOWN = "down"
    DEAF = "deaf"
    """Requests arrive; no answer comes back."""


class Network:
    """The way from every tablet to central. ``share`` of all requests meet a fault."""

    def __init__(self, world: World, central: SimCentral) -> None:
        self._world = world
        self._central = central
        self._chance = world.chance("network")
        self.share = 0.0

    def ask(
        self,
        who: str,
        line: Callable[[], Line],
        alive: Callable[[], None],
        method: str,
        path: str,
        query: Mapping[str, str],
        headers: Mapping[str, str],
        body: bytes,
        begins: Begins = unheeded,
    ) -> Answer:
        """Send a request and wait for its answer. ``alive`` raises when the asker has died meanwhile, and
        ``begins`` is called once there is a connection."""
        world, chance = self._world, self._chance
        secret = path == "/v1/token"
        what = f"{method} {path} {sorted(query.items())} {'' if secret else sha256_hex(body)[:12]}"
        world.count("requests")
        if line() is Line.DOWN:
            world.note(who, f"{what} -> no link")
            raise RetryLater("unreachable")
        fate = chance.choice(FAULTS) if chance.random() < self.share else Fate.WELL
        world.elapse(chance.uniform(0.02, 0.4))
        alive()
        if fate is Fate.DROP or line() is Line.DOWN:
            wait_s = chance.choice((0.5, READ_S))
            if wait_s == READ_S:  # the connection stands, and what is sent arrives nowhere
                begins()
            world.note(who, f"{what} -> {fate.value}, dropped")
            world.count("drop")
            world.elapse(wait_s)
            alive()
            raise RetryLater("unreachable")
        begins()
        began = world.now
        answer = self._deliver(who, fate, method, path, query, headers, body)
        if fate is not Fate.WELL:
            world.count(fate.value)
        if line() is Line.DEAF or fate is Fate.LOSE:
            world.note(who, f"{what} -> answer lost")
            world.elapse(READ_S)
            alive()
            raise RetryLater("timeout")
        if fate is Fate.SLOW:
            world.elapse(60.0)
            alive()
            raise RetryLater("timeout")
        world.elapse(chance.uniform(0.02, 0.4))
        alive()
        if world.now - began > READ_S:  # others took their time meanwhile, and nobody waits so long
            world.note(who, f"{what} -> too late")
            raise RetryLater("timeout")
        shown = "" if secret else sha256_hex(answer.body)[:12]
        world.note(who, f"{what} -> {fate.value} {answer.status} {shown}")
        if fate is Fate.HALF:
            return Answer(answer.status, answer.headers, answer.body[: len(answer.body) // 2])
        return answer

    def _deliver(
        self,
        who: str,
        fate: Fate,
        method: str,
        path: str,
        query: Mapping[str, str],
        headers: Mapping[str, str],
        body: bytes,
    ) -> Answer:
        world, chance = self._world, self._chance
        if fate is Fate.PORTAL:
            return HTML
        if fate is Fate.BUSY:
            return Answer(503, {"retry-after": str(chance.randrange(1, 90))})
        if fate is Fate.ERROR:
            return Answer(500, {})

        def once() -> Answer:
            return self._central.handle(method, path, query, headers, body)

        if fate is Fate.CUT:
            at = chance.randrange(len(body)) if body else 0
            with suppress(RetryLater):
                self._central.handle(method, path, query, headers, body[:at], broken_off=True)
            world.note(who, f"{method} {path} cut at {at}")
            raise RetryLater("unreachable", reason="cut")
        if fate is Fate.COPY:
            world.after(chance.uniform(1.0, 3000.0), lambda: self._late(who, method, path, once))
        try:
            answer = once()
            return once() if fate is Fate.TWICE else answer
        except RetryLater:
            world.note(who, f"{method} {path} -> central is down")
            raise

    def _late(self, who: str, method: str, path: str, once: Callable[[], Answer]) -> None:
        try:
            status = once().status
        except RetryLater:
            status = 0
        self._world.note(who, f"late copy of {method} {path}: {status}")


class SimTransport(Transport):
    """The product's transport with the virtual network in place of sockets."""

    def __init__(
        self, network: Network, who: str, line: Callable[[], Line], alive: Callable[[], None]
    ) -> None:
        self._network = network
        self._who = who
        self._line = line
        self._alive = alive

    def ask(
        self,
        method: str,
        path: str,
        *,
        headers: Mapping[str, str] | None = None,
        query: Mapping[str, str] | None = None,
        body: bytes | Body | None = None,
        wait_s: float = 0.0,
        limit: int = ANSWER_MAX,
        begins: Begins = unheeded,
    ) -> Answer:
        data = body if isinstance(body, bytes) else b"" if body is None else b"".join(body)
        return self._network.ask(
            self._who, self._line, self._alive, method, path, query or {}, headers or {}, data, begins
        )

    @contextmanager
    def open(self, method: str, path: str, **options: Any) -> Iterator[tuple[Answer, Iterator[bytes]]]:
        answer = self.ask(method, path, **options)
        whole = int(answer.headers.get("content-length", len(answer.body)))
        yield Answer(answer.status, answer.headers), self._pieces(answer.body, whole)

    def _pieces(self, data: bytes, whole: int) -> Iterator[bytes]:
        for start in range(0, len(data), PIECE):
            yield data[start : start + PIECE]
        if len(data) < whole:
            raise RetryLater("unreachable")

    def close(self) -> None:
        """Nothing to let go of."""
