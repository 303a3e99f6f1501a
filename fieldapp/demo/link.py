"""A link that can be cut: a plain TCP relay on loopback between the tablet and the demo's central.

It relays bytes as they are (TLS stays end to end), at no more than a set speed, and can be cut and mended.
While it is cut, connections are refused, as they are in a basement.
"""

from __future__ import annotations

import asyncio
import contextlib

PIECE = 16_384


class CuttableLink:
    """Relays ``127.0.0.1:port`` to a target port until it is cut."""

    def __init__(self, target_port: int, *, bytes_per_s: float = 0.0) -> None:
        """``bytes_per_s`` limits what the tablet sends (0: no limit), so that a photo takes a while."""
        self._target_port = target_port
        self.bytes_per_s = bytes_per_s
        self.sent_bytes = 0
        self.port = 0
        self._server: asyncio.Server | None = None
        self._writers: set[asyncio.StreamWriter] = set()
        self._relays: set[asyncio.Task[None]] = set()

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
        for relay in list(self._relays):
            relay.cancel()
        if server is not None:
            await asyncio.gather(*self._relays, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            up_reader, up_writer = await asyncio.open_connection("127.0.0.1", self._target_port)
        except OSError:
            writer.transport.abort()
            return
        self._writers |= {writer, up_writer}
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
                    if self.bytes_per_s:
                        await asyncio.sleep(len(data) / self.bytes_per_s)
        with contextlib.suppress(ConnectionError, OSError, RuntimeError):
            if writer.can_write_eof():
                writer.write_eof()
