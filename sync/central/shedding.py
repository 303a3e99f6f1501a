"""Turning requests away while central has more to do than it can: 503 and ``Retry-After``, before any work.

What counts is how much waits for a thread, not how many are connected: a long poll or an upload over a slow
link costs next to nothing. The seconds to stay away are drawn anew for each answer, so that two hundred
tablets that come back at once do not all come back at once again.
"""

from __future__ import annotations

from typing import Protocol

from starlette.types import ASGIApp, Receive, Scope, Send

from sync.central.routes.problems import problem_response
from sync.contract.errors import RetryLater
from sync.contract.wire import API

AWAY_LEAST_S = 2
AWAY_SPREAD_S = 8
ALWAYS = frozenset({f"{API}/health", f"{API}/ready", f"{API}/openapi.json"})


class Burden(Protocol):
    """What may have too much to do."""

    @property
    def is_crowded(self) -> bool:
        """Whether nothing more should be begun now."""
        ...

    def chance(self) -> float:
        """A number in [0, 1)."""
        ...


class Shedding:
    """Wraps the application."""

    def __init__(self, app: ASGIApp, burden: Burden) -> None:
        self._app = app
        self._burden = burden

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or turn it away."""
        app = self._app
        if scope["type"] == "http" and scope["path"] not in ALWAYS and self._burden.is_crowded:
            away_s = AWAY_LEAST_S + self._burden.chance() * AWAY_SPREAD_S
            app = problem_response(RetryLater("server_busy", after_s=round(away_s)))
        await app(scope, receive, send)
