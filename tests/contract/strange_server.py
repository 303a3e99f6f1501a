"""A TLS server for tests that answers whatever it is told to, with a certificate of a given authority."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable
from types import TracebackType

from sync.central.authority import Authority

Script = Callable[[ssl.SSLSocket], None]


def answer(status: str, body: bytes, *headers: str) -> bytes:
    """The bytes of an HTTP answer that closes its connection."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def read_request(peer: ssl.SSLSocket) -> bytes:
    """A whole request: head, and body by its length."""
    data = b""
    while b"\r\n\r\n" not in data:
        piece = peer.recv(65_536)
        if not piece:
            return data
        data += piece
    head, _, body = data.partition(b"\r\n\r\n")
    length = 0
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    while len(body) < length:
        piece = peer.recv(65_536)
        if not piece:
            break
        body += piece
    return head + b"\r\n\r\n" + body


def always(reply: bytes) -> Script:
    """A script that reads a request and gives this reply."""

    def script(peer: ssl.SSLSocket) -> None:
        read_request(peer)
        peer.sendall(reply)

    return script


class StrangeServer:
    """Plays one script per connection, the last one again and again."""

    def __init__(self, authority: Authority, *scripts: Script) -> None:
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.load_cert_chain(authority.chain_path, authority.key_path)
        self._scripts = list(scripts)
        self._listener = socket.socket()
        self._listener.bind(("127.0.0.1", 0))
        self._listener.listen()
        self._threads: list[threading.Thread] = []
        self.connections = 0
        self.url = f"https://127.0.0.1:{self._listener.getsockname()[1]}"

    def __enter__(self) -> StrangeServer:
        self._accepting = threading.Thread(target=self._accept)
        self._accepting.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for thread in [self._accepting, *self._threads]:
            thread.join()

    def _accept(self) -> None:
        while True:
            try:
                plain, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            script = self._scripts.pop(0) if len(self._scripts) > 1 else self._scripts[0]
            thread = threading.Thread(target=self._play, args=(plain, script))
            self._threads.append(thread)
            thread.start()

    def _play(self, plain: socket.socket, script: Script) -> None:
        try:
            with self._context.wrap_socket(plain, server_side=True) as peer:
                script(peer)
        except OSError:  # the client left first, as some of them should
            plain.close()
