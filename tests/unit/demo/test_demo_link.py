"""The demo's link: cut and mended it keeps its port, and it can be made to crawl before all has passed."""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import Awaitable, Callable
from contextlib import suppress

import pytest

from fieldapp.demo.link import CuttableLink

MUCH = bytes(400_000)
Play = Callable[[CuttableLink, list[bytes]], Awaitable[None]]


async def say(link: CuttableLink, data: bytes) -> None:
    """Say it over the link, as far as that goes."""
    _, writer = await asyncio.open_connection("127.0.0.1", link.port)
    with suppress(ConnectionError):
        writer.write(data)
        writer.write_eof()
        await writer.drain()
    writer.close()
    with suppress(ConnectionError):
        await writer.wait_closed()


def played(play: Play) -> None:
    """Play with a link to somebody who takes everything down."""

    async def all_of_it() -> None:
        heard: list[bytes] = []
        ended = asyncio.Event()

        async def listen(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            with suppress(ConnectionError):
                while data := await reader.read(1 << 16):
                    heard.append(data)
            writer.close()
            ended.set()

        server = await asyncio.start_server(listen, "127.0.0.1", 0)
        link = CuttableLink(server.sockets[0].getsockname()[1])
        try:
            await link.mend()
            await play(link, heard)
        finally:
            await link.end()
            await ended.wait()
            server.close()
            await server.wait_closed()

    asyncio.run(all_of_it())


@pytest.mark.skipif(os.name != "posix", reason="elsewhere a port cannot be held")
def test_port_of_a_link_that_is_cut_is_given_to_nobody_else() -> None:
    async def play(link: CuttableLink, heard: list[bytes]) -> None:
        port = link.port
        await link.cut()
        with socket.socket() as other, pytest.raises(OSError, match="in use"):
            other.bind(("127.0.0.1", port))
        with pytest.raises(ConnectionRefusedError):
            await asyncio.open_connection("127.0.0.1", port)
        await link.mend()
        await say(link, b"here")
        assert link.port == port

    played(play)


def test_link_that_crawls_lets_the_first_part_pass_and_next_to_nothing_of_the_rest() -> None:
    async def play(link: CuttableLink, heard: list[bytes]) -> None:
        link.limit(0, crawl_after=100_000)
        speaking = asyncio.ensure_future(say(link, MUCH))
        while sum(map(len, heard)) < 100_000:
            await asyncio.sleep(0)
        await link.cut()
        await speaking
        assert sum(map(len, heard)) < len(MUCH) // 2

    played(play)
