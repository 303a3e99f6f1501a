"""A proxy that ends TLS with central's own certificate, as a city's reverse proxy would, and alters answers.

One request a connection. ``treat`` decides for each: it is given the request and a way to put it to central,
and answers what the tablet gets: bytes, or None for a connection that is shut without a word.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path

import msgspec

from sync.remote.address import parse_address
from tests.fault.own_loop import OwnLoop


class Request(msgspec.Struct, frozen=True):
    """A request as it came."""

    number: int
    method: str
    path: str
    data: bytes

    @property
    def endpoint(self) -> str:
        """Method and path without what differs each time."""
        parts = self.path.partition("?")[0].split("/")
        return f"{self.method} /{'/'.join(parts[2:4] if parts[2] == 'photos' else parts[2:3])}"


class Reply(msgspec.Struct, frozen=True):
    """Central's answer as it came."""

    data: bytes

    @property
    def head(self) -> bytes:
        return self.data.partition(b"\r\n\r\n")[0]

    @property
    def body(self) -> bytes:
        return self.data.partition(b"\r\n\r\n")[2]

    def with_body(self, body: bytes, *more: str, length: int | None = None) -> bytes:
        """The same head around another body; ``length`` tells a lie about it."""
        dropped = (b"content-length:", b"transfer-encoding:")
        lines = [line for line in self.head.split(b"\r\n") if not line.lower().startswith(dropped)]
        lines += [line.encode() for line in more]
        lines.append(f"content-length: {len(body) if length is None else length}".encode())
        return b"\r\n".join(lines) + b"\r\n\r\n" + body


Put = Callable[[], Awaitable[Reply]]
Treat = Callable[[Request, Put], Awaitable[bytes | None]]


async def faithfully(_request: Request, put: Put) -> bytes | None:
    """As it is."""
    return (await put()).data


class AlteringProxy:
    """Use as a context; ``treat`` may be changed meanwhile."""

    def __init__(self, server: str, central_folder: Path) -> None:
        address = parse_address(server)
        self._target = (address.host, address.port)
        self._ours = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._ours.load_cert_chain(central_folder / "server.pem", central_folder / "server.key")
        self._theirs = ssl.create_default_context(cafile=str(central_folder / "authority.pem"))
        self.treat: Treat = faithfully
        self.seen: list[Request] = []
        self._loop = OwnLoop("altering-proxy")

    def __enter__(self) -> AlteringProxy:
        self._loop.start()
        self._loop.run(self._listen())
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.run(self._shut())
        self._loop.stop()

    async def _listen(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.url = f"https://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def _shut(self) -> None:
        self._server.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        plain = writer.transport
        try:
            with suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
                await writer.start_tls(self._ours)
                request = await self._read(reader)
                self.seen.append(request)
                answer = await self.treat(request, lambda: self._put(request))
                if answer is not None:
                    writer.write(answer)
                    await writer.drain()
        finally:
            await _farewell(writer)
            plain.abort()

    async def _read(self, reader: asyncio.StreamReader) -> Request:
        head = await reader.readuntil(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        method, path, _ = lines[0].split(" ")
        kept, length = [lines[0]], 0
        for line in lines[1:-2]:
            name, _, value = line.partition(":")
            if name.lower() == "content-length":
                length = int(value)
            if name.lower() != "connection":
                kept.append(line)
        body = await reader.readexactly(length)
        data = "\r\n".join([*kept, "Connection: close", "", ""]).encode("latin-1") + body
        return Request(len(self.seen), method, path, data)

    async def _put(self, request: Request) -> Reply:
        """Put a request to central on a connection of its own."""
        reader, writer = await asyncio.open_connection(*self._target, ssl=self._theirs)
        try:
            writer.write(request.data)
            await writer.drain()
            return Reply(await reader.read(-1))
        finally:
            writer.transport.abort()


async def _farewell(writer: asyncio.StreamWriter) -> None:
    """Shut a connection in good order, but never wait for the other end."""
    with suppress(OSError, TimeoutError, asyncio.CancelledError):
        writer.close()
        await asyncio.wait_for(writer.wait_closed(), 1)
    writer.transport.abort()
