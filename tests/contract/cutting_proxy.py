"""A TCP relay for tests that breaks a connection off after so many bytes have gone up."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from types import TracebackType

from sync.remote.address import parse_address


class CuttingProxy:
    """Stands before a server; ``cut_after`` bytes the next connections are cut, 0 never."""

    def __init__(self, server: str) -> None:
        target = parse_address(server)
        self._target = (target.host, target.port)
        self._listener = socket.socket()
        self._listener.bind(("127.0.0.1", 0))
        self._listener.listen()
        self._threads: list[threading.Thread] = []
        self._sockets: list[socket.socket] = []
        self.cut_after = 0
        self.cuts = 0
        self.url = f"https://127.0.0.1:{self._listener.getsockname()[1]}"

    def __enter__(self) -> CuttingProxy:
        self._start(self._accept)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._threads[0].join()
        for end in self._sockets:  # a client may keep its connection for ever
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join()
        for end in self._sockets:
            end.close()

    def _start(self, work: object, *arguments: object) -> None:
        thread = threading.Thread(target=work, args=arguments)  # type: ignore[arg-type]
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                server = socket.create_connection(self._target)
                self._sockets += [client, server]
                self._start(self._relay, client, server, self.cut_after)
                self._start(self._relay, server, client, 0)

    def _relay(self, source: socket.socket, sink: socket.socket, cut_after: int) -> None:
        left, over = cut_after, socket.SHUT_WR
        with suppress(OSError):
            while data := source.recv(min(16_384, left) if cut_after else 16_384):
                sink.sendall(data)
                left -= len(data)
                if left == 0:
                    self.cuts += 1
                    over = socket.SHUT_RDWR
                    break
        with suppress(OSError):
            sink.shutdown(over)
        with suppress(OSError):  # a sender that never listens would wait for ever
            while source.recv(16_384):
                """What is sent after the cut is lost."""
