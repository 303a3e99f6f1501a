"""A link that breaks: an own asyncio TCP relay between the daemon and central. TLS stays end to end.

What becomes of a connection is decided when it is opened, by ``plan``: a function from its number to a
``Break``. ``up``/``down`` are byte counts towards central and towards the tablet. Bytes are counted as they
are read from the sender; small socket buffers keep the kernel from swallowing more than a link would carry.
"""

from __future__ import annotations

import asyncio
import socket
import struct
from collections.abc import Callable
from contextlib import suppress

import msgspec

from sync.remote.address import parse_address
from tests.fault.own_loop import OwnLoop

PIECE = 16_384
BUFFER = 32_768


class Break(msgspec.Struct, frozen=True):
    """What is wrong with a connection; None and 0 are a good one."""

    cut_up: int | None = None
    """Break off for both ends when so many bytes have gone to central."""
    cut_down: int | None = None
    """The same for bytes to the tablet; 0 loses every reply, whatever central has done by then."""
    swallow_down: bool = False
    """Requests arrive; not a byte comes back, and the connection stays open."""
    black_hole: bool = False
    """Accepted, and nothing more ever."""
    freeze_at: int | None = None
    """After so many bytes up, both ends stay open and nothing passes any more: half-open after a sleep."""
    bytes_per_s: float = 0.0
    latency_s: float = 0.0
    reset: bool = True
    """Break off by reset, which also takes from the receiver what it has not read; else by a farewell."""


GOOD = Break()


class BadLink:
    """Use as a context; ``url`` is what the tablet is told, ``target`` may be changed meanwhile."""

    def __init__(self, server: str = "") -> None:
        self.target: tuple[str, int] | None = None
        self.plan: Callable[[int], Break] = lambda _: GOOD
        self.up = 0
        self.down = 0
        self.connections = 0
        self.breaks = 0
        self.arrived: list[float] = []
        """When each connection came, on the loop's clock."""
        self._loop = OwnLoop("bad-link")
        self._port = 0
        self._open: set[asyncio.Task[None]] = set()
        if server:
            self.to(server)

    def to(self, server: str) -> None:
        """Where it leads."""
        address = parse_address(server)
        self.target = (address.host, address.port)

    def __enter__(self) -> BadLink:
        self._loop.start()
        self._loop.run(self._listen())
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.run(self._hang_up())
        self._loop.stop()

    def forget(self) -> None:
        """Count from nothing again."""
        self.up = self.down = self.connections = self.breaks = 0
        self.arrived.clear()

    def cut_all(self) -> None:
        """Break every connection off now."""
        self._loop.run(self._drop())

    def down_for(self, *, refused: bool) -> None:
        """Nobody listens any more (``refused``), or again at the same place."""
        self._loop.run(self._hang_up() if refused else self._listen())

    async def _listen(self) -> None:
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, BUFFER)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", self._port))
        self._port = listener.getsockname()[1]
        self.url = f"https://127.0.0.1:{self._port}"
        self._server = await asyncio.start_server(self._serve, sock=listener, limit=PIECE)

    async def _drop(self) -> None:
        tasks = list(self._open)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _hang_up(self) -> None:
        self._server.close()
        await self._drop()
        await self._server.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._open.add(task)
        how = self.plan(self.connections)
        self.connections += 1
        self.arrived.append(self._loop.loop.time())
        ends = [writer]
        broken = False
        try:
            if self.target is None:
                return
            if how.black_hole:
                await asyncio.Event().wait()
            sender = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
            sender.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, BUFFER)
            sender.setblocking(False)
            try:
                await self._loop.loop.sock_connect(sender, self.target)
            except OSError:
                sender.close()
                return
            far_reader, far_writer = await asyncio.open_connection(sock=sender, limit=PIECE)
            ends.append(far_writer)
            broken = await self._relay(reader, writer, far_reader, far_writer, how)
        except asyncio.CancelledError:
            broken = True
        finally:
            self._open.discard(task)
            self.breaks += broken
            for end in ends:
                _end(end, reset=how.reset and broken)

    async def _relay(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        far_reader: asyncio.StreamReader,
        far_writer: asyncio.StreamWriter,
        how: Break,
    ) -> bool:
        up = asyncio.create_task(self._pass(reader, far_writer, how, how.cut_up, is_up=True))
        down = asyncio.create_task(self._pass(far_reader, writer, how, how.cut_down, is_up=False))
        both = {up, down}
        try:
            done, _ = await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
            return any(task.result() for task in done)
        finally:
            for task in both:
                task.cancel()
            await asyncio.gather(*both, return_exceptions=True)

    async def _pass(
        self,
        source: asyncio.StreamReader,
        sink: asyncio.StreamWriter,
        how: Break,
        cut_at: int | None,
        *,
        is_up: bool,
    ) -> bool:
        """Carry one direction until it ends; whether it broke."""
        passed = 0
        with suppress(OSError, ConnectionError):
            while data := await source.read(PIECE):
                if is_up:
                    self.up += len(data)
                else:
                    self.down += len(data)
                if how.latency_s:
                    await asyncio.sleep(how.latency_s)
                if how.bytes_per_s:
                    await asyncio.sleep(len(data) / how.bytes_per_s)
                if not is_up and how.swallow_down:
                    continue
                if is_up and how.freeze_at is not None and passed + len(data) > how.freeze_at:
                    await asyncio.Event().wait()
                if cut_at is not None and passed + len(data) > cut_at:
                    sink.write(data[: cut_at - passed])
                    await sink.drain()
                    return True
                passed += len(data)
                sink.write(data)
                await sink.drain()
        return False


def _end(end: asyncio.StreamWriter, *, reset: bool) -> None:
    sock = end.get_extra_info("socket")
    if reset and sock is not None:
        with suppress(OSError):
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    with suppress(OSError, RuntimeError):
        end.transport.abort() if reset else end.close()
