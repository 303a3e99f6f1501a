"""The plain HTTP that central is measured against: the same TLS, one bare handler, a process of its own.

``POST /read`` reads the body and forgets it, ``POST /fsync`` writes it to a new file and fsyncs file and
folder, ``GET`` anything answers with a few bytes.
"""

from __future__ import annotations

import asyncio
import itertools
import os
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uvicorn

from sync.central.server import listen, url_of

Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
ANSWER = b'{"ok":true}'


class PlainApp:
    """The bare handler."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = itertools.count()

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        body = bytearray()
        more = True
        while more:
            message = await receive()
            body += message.get("body", b"")
            more = message.get("more_body", False)
        if scope["path"] == "/fsync":
            await asyncio.to_thread(self._keep, bytes(body))
        headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(ANSWER))]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": ANSWER})

    def _keep(self, body: bytes) -> None:
        with (self._folder / str(next(self._numbers))).open("xb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        folder = os.open(self._folder, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)


@contextmanager
def plain_server(chain: Path, key: Path, folder: Path) -> Iterator[str]:
    """The server in its own process; gives its address."""
    folder.mkdir()
    command = [sys.executable, "-m", "tests.bench.plain_server", str(chain), str(key), str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


def main() -> None:
    """Serve until told to stop."""
    chain, key, folder = sys.argv[1:]
    listener = listen("127.0.0.1", 0)
    print(url_of("127.0.0.1", listener), flush=True)
    config = uvicorn.Config(
        PlainApp(Path(folder)),
        ssl_certfile=chain,
        ssl_keyfile=key,
        access_log=False,
        log_config=None,
        http="h11",
        loop="asyncio",
        lifespan="off",
    )
    uvicorn.Server(config).run(sockets=[listener])


if __name__ == "__main__":
    main()
