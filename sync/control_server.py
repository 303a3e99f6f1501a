"""The daemon's end of the control socket: a thread per client, events by a queue per client.

Nothing here waits for a client: who does not read its events in time is dropped.
"""

from __future__ import annotations

import os
import queue
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import msgspec

from sync.contract.errors import FieldError, InputRefused
from sync.control import (
    LINE_MAX,
    Message,
    Request,
    control_address,
    error_message,
    is_same_user,
)
from sync.replica.folder import DataFolder

LOOK_EVERY_S = 5.0
"""How often it is looked whether the socket still lies where clients look for it."""
QUEUE_MAX = 1000
CLIENTS_MAX = 32
LAST_ANSWER_S = 1.0
"""How long hanging up waits for an answer that is being made or sent: the one to "stop" above all."""

Handle = Callable[[Request], Message]


class _Client:
    """One connection: a thread reads requests, another writes answers and events."""

    def __init__(self, peer: socket.socket, server: ControlServer) -> None:
        self._peer = peer
        self._server = server
        self._out: queue.Queue[bytes | None] = queue.Queue(QUEUE_MAX)
        self._answering = threading.Lock()
        self.hung_up = threading.Event()
        self.subscribed = False
        self._threads = (
            threading.Thread(target=self._read, name="control-read", daemon=True),
            threading.Thread(target=self._write, name="control-write", daemon=True),
        )

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def send(self, message: Message) -> None:
        try:
            self._out.put_nowait(msgspec.json.encode(message) + b"\n")
        except queue.Full:
            self.drop()

    def drop(self) -> None:
        with suppress(OSError):
            self._peer.shutdown(socket.SHUT_RDWR)
        with suppress(queue.Full):
            self._out.put_nowait(None)

    def finish(self, wait_s: float = LAST_ANSWER_S) -> None:
        """Let what is queued go out, and the answer that is being made, then hang up."""
        waited = self._answering.acquire(timeout=wait_s)
        with suppress(queue.Full):
            self._out.put_nowait(None)
        if waited:
            self._answering.release()

    def _read(self) -> None:
        buffer = b""
        with suppress(OSError):
            while len(buffer) <= LINE_MAX and (data := self._peer.recv(65_536)):
                buffer += data
                *lines, buffer = buffer.split(b"\n")
                for line in filter(None, lines):
                    with self._answering:
                        self._answer(line)
        self._server.forget(self)
        self.finish()

    def _answer(self, line: bytes) -> None:
        try:
            request = msgspec.json.decode(line, type=Request)
        except (msgspec.DecodeError, UnicodeDecodeError):
            self.send({"ok": False, "id": None, "error": error_message(InputRefused("control_refused"))})
            return
        if request.cmd == "subscribe":
            self._server.subscribe(self, request)
        else:
            self.reply(request)

    def reply(self, request: Request) -> None:
        """Have the request handled and queue the answer."""
        try:
            answer = self._server.handle(request)
        except FieldError as error:
            self.send({"ok": False, "id": request.id, "error": error_message(error)})
            return
        self.send({"ok": True, "id": request.id, **answer})

    def _write(self) -> None:
        with suppress(OSError):
            while (data := self._out.get()) is not None:
                self._peer.sendall(data)
        with suppress(OSError):
            self._peer.shutdown(socket.SHUT_RDWR)
        self._peer.close()
        self.hung_up.set()


class ControlServer:
    """Listens from ``start`` to ``stop``. Only for the holder of the daemon's lock."""

    def __init__(self, folder: DataFolder, handle: Handle) -> None:
        self.handle = handle
        self._folder = folder
        self._path = Path(control_address(folder))
        self._root = _identity(folder.root)
        self._lock = threading.Lock()
        self._clients: set[_Client] = set()
        self._listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._stopped = False
        self._thread = threading.Thread(target=self._accept, name="control-accept", daemon=True)

    def start(self) -> None:
        """Take connections; a socket left by a killed daemon is replaced."""
        self._path.unlink(missing_ok=True)
        self._listen(self._listener)
        self._thread.start()

    def _listen(self, listener: socket.socket) -> None:
        listener.bind(str(self._path))
        os.chmod(self._path, 0o600)
        listener.settimeout(LOOK_EVERY_S)
        listener.listen()

    def _listen_again(self) -> None:
        """Where a cleaner took the socket away, make another: nobody could reach this daemon any more.

        Not in a folder that was put in the place of this one's: what listens there is not ours to say.
        """
        if os.path.lexists(self._path) or _identity(self._folder.root) != self._root:
            return
        fresh = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            control_address(self._folder)  # makes the folder of a short path anew, where that went too
            self._listen(fresh)
        except (FieldError, OSError):
            fresh.close()
            return
        with self._lock:
            old = fresh if self._stopped else self._listener
            if not self._stopped:
                self._listener = fresh
        old.close()

    def stop(self) -> None:
        """Hang up on everybody, after what is queued for them."""
        with self._lock:
            self._stopped = True
            listener = self._listener
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        self._path.unlink(missing_ok=True)
        with self._lock:
            clients = list(self._clients)
        until = time.monotonic() + LAST_ANSWER_S  # for all of them together, however many do not read
        for client in clients:
            client.finish(max(0.0, until - time.monotonic()))
        for client in clients:
            client.hung_up.wait(max(0.0, until - time.monotonic()))

    def give_up(self) -> None:
        """Not to start after all; what another daemon listens on is left alone."""
        self._listener.close()

    def tell(self, event: Message) -> None:
        """Send an event to every subscriber; returns at once."""
        with self._lock:
            for client in self._clients:
                if client.subscribed:
                    client.send(event)

    def subscribe(self, client: _Client, request: Request) -> None:
        """Answer with the present state, then tell every later event: none overtakes the answer."""
        with self._lock:
            client.subscribed = True
            client.reply(request)

    @property
    def watched(self) -> bool:
        """Whether somebody has subscribed."""
        with self._lock:
            return any(client.subscribed for client in self._clients)

    def forget(self, client: _Client) -> None:
        """A client has left."""
        with self._lock:
            self._clients.discard(client)

    def _accept(self) -> None:
        while True:
            try:
                peer, _ = self._listener.accept()
            except TimeoutError:
                self._listen_again()
                continue
            except OSError:
                return
            with self._lock:
                welcome = is_same_user(peer) and len(self._clients) < CLIENTS_MAX
            if not welcome:
                peer.close()
                continue
            client = _Client(peer, self)
            with self._lock:
                self._clients.add(client)
            client.start()


def _identity(folder: Path) -> tuple[int, int] | None:
    try:
        found = folder.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
