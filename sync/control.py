"""The daemon's control socket: one JSON object a line, in both directions.

    → {"cmd": one of hello unlock nudge round status subscribe settings send_now fetch base_map pause resume
       lock stop,
       "id": a text or number that comes back, "key": the data key in hex (unlock only),
       "change": {name: value, …} (settings only), "sha256": a file's hash (fetch only),
       "do": look, ask, fetch or give_up, "any_link": also over a metered link (base_map only)}
    ← {"ok": true, "id": …, …}   or   {"ok": false, "id": …, "error": {"code", "kind", "facts"}}
    ← {"event": "state", "link", "busy", "code", "facts", "last_answer", "next_attempt", "failures"}
    ← {"event": "changed", "tables": […], "records": […]}
    ← {"event": "progress", "record", "sha256", "sent", "bytes"}
    ← {"event": "fill", "done", "total"}
    ← {"event": "fetched", "sha256", "code"}
    ← {"event": "base_map", "state", "code", "facts", "sha256", "name", "datum", "bytes", "done"}

Events come only after ``subscribe``, whose answer carries the present ``state``: none before that answer.
Answers come in the order of the requests; events may come in between. ``round`` answers when a round is
over, with what it did (``"agree": true`` agrees to what ``mass_delete`` asked, ``"refill": true`` takes the
city's data anew); ``nudge`` answers at once. ``settings`` answers with the sending rules in force (members
of ``sending.SendingRules``) and takes changes to them over, durably; ``send_now`` lifts all rules, once,
for what is pending now; ``pause`` and ``resume`` change the rule of that name. ``state`` carries the
members of ``link_state.LinkState``. A subscriber that does not read is dropped; it should subscribe again
and re-read.

``fetch`` asks for a file of others by its hash and answers at once; ``fetched`` follows when it lies in the
folder ``fetched``, or with the code that says why it does not.

``base_map`` answers with the members of ``map_state.MapState``: what central offers and how far it is.
``look`` has central asked in the background, ``ask`` waits for its answer, ``fetch`` wishes what is offered
(it comes beside the rounds, behind all that is to be sent), ``give_up`` takes the wish back.

Only processes of the same user are spoken to; a client makes sure of that before it sends a key.
"""

from __future__ import annotations

import os
import socket
import struct
import sys
from collections import deque
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from sync.contract.errors import FieldError, InputRefused, NeedsPerson, RetryLater
from sync.link_state import plain
from sync.replica.folder import DataFolder

PROTOCOL = 1
LINE_MAX = 1 << 20
ANSWER_S = 10.0
ROUND_S = 600.0

Message = dict[str, Any]
_KINDS: dict[str, type[FieldError]] = {
    "retry_later": RetryLater,
    "needs_person": NeedsPerson,
    "input_refused": InputRefused,
}


class Request(msgspec.Struct, frozen=True):
    """A line from a client."""

    cmd: str
    id: str | int | None = None
    key: str = ""
    agree: bool = False
    refill: bool = False
    change: dict[str, Any] = {}
    sha256: str = ""
    do: str = ""
    any_link: bool = False


def control_address(folder: DataFolder) -> str:
    """Where the daemon of a data folder listens: the one place that knows it."""
    return str(folder.socket)


def error_message(error: FieldError) -> Message:
    """An error as it travels over the socket."""
    kind = next((name for name, shape in _KINDS.items() if isinstance(error, shape)), "needs_person")
    return {"code": error.code, "kind": kind, "facts": plain(error.facts)}


def is_same_user(peer: socket.socket) -> bool:
    """Whether the process at the other end belongs to the same user (where the system can tell)."""
    if not sys.platform.startswith("linux"):
        return True
    data = peer.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
    return int(struct.unpack("3i", data)[1]) == os.getuid()


class ControlClient:
    """A blocking client for command lines. Use it as a context."""

    def __init__(self, folder: DataFolder, *, answer_s: float = ANSWER_S) -> None:
        """Connect; ``daemon_not_running`` where nobody listens."""
        self._answer_s = answer_s
        self._buffer = b""
        self._early: deque[Message] = deque()  # events that came while an answer was waited for
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._socket.settimeout(answer_s)
        try:
            self._socket.connect(control_address(folder))
            trusted = is_same_user(self._socket)
        except OSError as error:
            self._socket.close()
            raise RetryLater("daemon_not_running") from error
        if not trusted:
            self._socket.close()
            raise RetryLater("daemon_not_running")

    def __enter__(self) -> ControlClient:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Hang up."""
        self._socket.close()

    def ask(
        self,
        cmd: str,
        *,
        key: bytes = b"",
        agree: bool = False,
        refill: bool = False,
        change: Mapping[str, Any] | None = None,
        sha256: str = "",
        do: str = "",
        any_link: bool = False,
        answer_s: float | None = None,
    ) -> Message:
        """Send a request and return its answer; an error comes back as the very error it was."""
        request = Request(
            cmd,
            key=key.hex(),
            agree=agree,
            refill=refill,
            change=dict(change or {}),
            sha256=sha256,
            do=do,
            any_link=any_link,
        )
        self._socket.settimeout(self._answer_s if answer_s is None else answer_s)
        try:
            self._socket.sendall(msgspec.json.encode(request) + b"\n")
        except OSError as error:
            raise RetryLater("daemon_not_running") from error
        for message in self._messages():
            if "event" not in message:
                return _good(message)
            self._early.append(message)
        raise RetryLater("daemon_not_running")

    def round(self, *, agree: bool = False, refill: bool = False) -> Message:
        """Ask for a round and wait for what it did."""
        result = self.ask("round", agree=agree, refill=refill, answer_s=ROUND_S)["result"]
        return result if isinstance(result, dict) else {}

    def events(self, *, wait_s: float | None = None) -> Iterator[Message]:
        """Events in their order, after ``ask("subscribe")``; ``daemon_busy`` after ``wait_s`` of silence.

        Those that came while an answer was waited for come first.
        """
        self._socket.settimeout(wait_s)
        while self._early:
            yield self._early.popleft()
        yield from (message for message in self._messages() if "event" in message)

    def _messages(self) -> Iterator[Message]:
        while True:
            line, found, rest = self._buffer.partition(b"\n")
            if found:
                self._buffer = rest
                yield msgspec.json.decode(line, type=Message)
                continue
            try:
                data = self._socket.recv(65_536)
            except TimeoutError as error:
                raise RetryLater("daemon_busy") from error
            except OSError:
                return
            if not data:
                return
            self._buffer += data


def _good(message: Message) -> Message:
    if message.get("ok"):
        return message
    error = message.get("error", {})
    kind = _KINDS.get(error.get("kind", ""), NeedsPerson)
    facts = {k: v for k, v in error.get("facts", {}).items() if k not in ("code", "after_s")}
    raise kind(error.get("code", "control_refused"), **facts)
