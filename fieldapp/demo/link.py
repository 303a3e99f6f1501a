"""A link that can be cut: a plain TCP relay on loopback between the tablet and the demo's central.

It relays bytes as they are (TLS stays end to end), at no more than a set speed, and can be cut and mended.
While it is cut, connections are refused, as they are in a basement; its port stays its own all the while.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket

PIECE = 16_384
CRAWL_BYTES_PER_S = 2_000.0


class CuttableLink:
    """Relays ``127.0.0.1:port`` to a target port until it is cut."""

    def __init__(self, target_port: int, *, bytes_per_s: float = 0.0) -> None:
        """``bytes_per_s`` limits what the tablet sends (0: no limit), so that a photo takes a while."""
        self._target_port = target_port
        self._crawls_at = 0
        self.bytes_per_s = bytes_per_s
        self.sent_bytes = 0
        self._held = _held_port()
        self.port = 0 if self._held is None else int(self._held.getsockname()[1])
        self._server: asyncio.Server | None = None
        self._writers: set[asyncio.StreamWriter] = set()
        self._relays: set[asyncio.Task[None]] = set()
        self._serving: set[asyncio.Task[None]] = set()

    def limit(self, bytes_per_s: float, crawl_after: int = 0) -> None:
        """Another limit (0: none); after so many bytes more (0: never) next to nothing passes."""
        self.bytes_per_s = bytes_per_s
        self._crawls_at = self.sent_bytes + crawl_after if crawl_after else 0

    async def mend(self) -> None:
        """Listen (again, on the same port after the first time)."""
        if self._server is None:
            self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port)
            self.port = self._server.sockets[0].getsockname()[1]

    async def cut(self) -> None:
        """Stop listening and drop every connection at once, whatever is on its way."""
        server, self._server = self._server, None
        if server is not None:
            server.close()
        for writer in list(self._writers):
            writer.transport.abort()
        tasks = [*self._relays, *self._serving]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def end(self) -> None:
        """Cut it for good: its port may be somebody else's from now on."""
        await self.cut()
        if self._held is not None:
            self._held.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._serving.add(task)
        self._writers.add(writer)
        try:
            with contextlib.suppress(OSError, asyncio.CancelledError):
                await self._relay_both(reader, writer)
        finally:
            self._serving.discard(task)
            self._writers.discard(writer)
            writer.close()

    async def _relay_both(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        up_reader, up_writer = await asyncio.open_connection("127.0.0.1", self._target_port)
        self._writers.add(up_writer)
        relays = {
            asyncio.ensure_future(self._relay(reader, up_writer, limited=True)),
            asyncio.ensure_future(self._relay(up_reader, writer, limited=False)),
        }
        self._relays |= relays
        try:
            await asyncio.wait(relays, return_when=asyncio.ALL_COMPLETED)
        finally:
            self._relays -= relays
            for each in (writer, up_writer):
                self._writers.discard(each)
                each.close()

    async def _relay(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, limited: bool
    ) -> None:
        with contextlib.suppress(ConnectionError, asyncio.CancelledError):
            while data := await reader.read(PIECE):
                writer.write(data)
                await writer.drain()
                if limited:
                    self.sent_bytes += len(data)
                    if speed := self._speed():
                        await asyncio.sleep(len(data) / speed)
        with contextlib.suppress(ConnectionError, OSError, RuntimeError):
            if writer.can_write_eof():
                writer.write_eof()

    def _speed(self) -> float:
        crawls = self._crawls_at and self.sent_bytes >= self._crawls_at
        return CRAWL_BYTES_PER_S if crawls else self.bytes_per_s


def _held_port() -> socket.socket | None:
    """A port of one's own: the system gives one that somebody has bound to nobody else, heard on or not."""
    if os.name != "posix":
        return None
    held = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # whoever says so too may listen on it
    held.bind(("127.0.0.1", 0))
    return held
