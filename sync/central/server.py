"""Listening: TLS with central's own certificate, ready when it says so, gone within seconds when told."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
from collections.abc import Callable, Iterator
from typing import Any

import uvicorn

from sync.central.app import create_app
from sync.central.authority import Authority
from sync.central.composition import Central

KEEP_ALIVE_S = 75
STOP_S = 3
LOOK_S = 0.1
BACKLOG = 256


class CentralServer(uvicorn.Server):
    """A server that leaves signals to whoever runs it and says when it listens."""

    def __init__(self, central: Central, authority: Authority) -> None:
        super().__init__(
            uvicorn.Config(
                create_app(central),
                ssl_certfile=authority.chain_path,
                ssl_keyfile=authority.key_path,
                timeout_keep_alive=KEEP_ALIVE_S,
                timeout_graceful_shutdown=STOP_S,
                access_log=False,
                log_config=None,
                http="h11",
                loop="asyncio",
                lifespan="on",
                server_header=False,
            )
        )
        self._central = central
        self._loop: asyncio.AbstractEventLoop | None = None

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Signals belong to the command line, which stops the server with ``stop``."""
        yield

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Drop connections that have nothing more to say; a TLS farewell to them could take long."""
        dropping = asyncio.create_task(self._drop_idle())
        try:
            await super().shutdown(sockets)
        finally:
            dropping.cancel()

    async def _drop_idle(self) -> None:
        """Those that wait for a request now, then those whose answer has been out for a look or longer."""
        idle = self._idle()
        while True:
            for connection in idle:
                connection.transport.abort()
            before = self._idle()
            await asyncio.sleep(LOOK_S)
            idle = before & self._idle()

    def _idle(self) -> set[Any]:
        return {
            connection
            for connection in self.server_state.connections
            if getattr(connection, "transport", None) is not None
            and ((cycle := getattr(connection, "cycle", None)) is None or cycle.response_complete)
        }

    async def run_until_stopped(self, listener: socket.socket, ready: Callable[[], None]) -> None:
        """Serve on a bound socket; ``ready`` is called once connections are taken."""
        self._loop = asyncio.get_running_loop()
        serving = asyncio.create_task(self.serve(sockets=[listener]))
        while not self.started and not serving.done():
            await asyncio.sleep(0.01)
        if self.started:
            ready()
        await serving

    def stop(self) -> None:
        """Ask the server to stop; may be called from any thread."""
        loop = self._loop
        if loop is not None:
            loop.call_soon_threadsafe(self._stop)

    def _stop(self) -> None:
        self.should_exit = True
        self._central.pulse.close()

    def stop_on_signals(self) -> None:
        """Stop cleanly on SIGTERM and SIGINT (call on the loop's thread)."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._stop)


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; port 0 takes any free one."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # the protocol must be named: asyncio sets TCP_NODELAY only where it sees TCP
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((host, port))
    listener.listen(BACKLOG)
    return listener


def url_of(host: str, listener: socket.socket) -> str:
    """The address to give to tablets."""
    shown = f"[{host}]" if ":" in host else host
    return f"https://{shown}:{listener.getsockname()[1]}"
