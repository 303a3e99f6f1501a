"""Positions from gpsd: asked to send NMEA, and heard out on what it says of itself in between.

    connect → {"class":"VERSION",…} → ?WATCH={"enable":true,"nmea":true}; → DEVICES, WATCH, then sentences

Whoever answers and is no gpsd, one too new or too old, and one without a receiver are each said plainly. A
gpsd that has nothing to tell is asked whether it is still there before it is hung up on.
"""

from __future__ import annotations

import msgspec
from PySide6.QtCore import QObject, Slot

from fieldapp.services.position_feeds import REST_MS, SocketFeed, single_shot

GPSD_WATCH = b'?WATCH={"enable":true,"nmea":true};\n'
GPSD_ASK = b"?DEVICES;\n"
GPSD_SLEEP = b'?WATCH={"enable":false};\n'
"""While somebody stands still: gpsd may let the receiver sleep until the next watch."""
PROTOCOL = 3
_LINE_MAX = 8_192


class _Word(msgspec.Struct, rename={"kind": "class"}):
    """A line of gpsd's own."""

    kind: str
    proto_major: int = PROTOCOL
    devices: list[msgspec.Raw] | None = None


class GpsdFeed(SocketFeed):
    """A gpsd over TCP."""

    def __init__(self, host: str, port: int, parent: QObject) -> None:
        super().__init__(host, port, parent, GPSD_WATCH)
        self._rest = b""
        self._is_gpsd = False
        self._asked = False
        self._resting = False
        self._wake = single_shot(self, lambda: self.say(GPSD_WATCH))
        self.fixed.connect(self._doze)

    def rest(self, resting: bool) -> None:
        """One position every few seconds: the watch is dropped in between."""
        self._resting = resting
        if not resting and self._wake.isActive():
            self._wake.stop()
            self.say(GPSD_WATCH)

    def stop(self) -> None:
        """Hang up for good."""
        self._wake.stop()
        super().stop()

    def heard(self, data: bytes) -> None:
        """Take gpsd's own lines out of the stream; the rest are sentences."""
        self._asked = False
        *lines, self._rest = (self._rest + data).split(b"\n")
        if len(self._rest) > _LINE_MAX:
            lines, self._rest = [*lines, self._rest], b""
        sentences = [line for line in lines if not line.startswith(b"{")]
        for line in lines:
            if line.startswith(b"{"):
                self._word(line)
        if not self._is_gpsd and any(line.strip() for line in sentences):
            self.failed.emit("gpsd_foreign")
        elif sentences:
            super().heard(b"\n".join(sentences) + b"\n")

    def opened(self) -> None:
        """A new connection: who answers has to say what it is first."""
        self._rest, self._is_gpsd, self._asked = b"", False, False
        self._wake.stop()

    def silent(self) -> None:
        """Nothing came for a while: a gpsd whose receiver sleeps still answers."""
        if self._is_gpsd and not self._asked:
            self._asked = True
            self.say(GPSD_ASK)
        else:
            super().silent()

    @Slot(object)
    def _doze(self, _place: object) -> None:
        if self._resting and not self._wake.isActive():
            self._wake.start(REST_MS)
            self.say(GPSD_SLEEP)

    def _word(self, line: bytes) -> None:
        try:
            word = msgspec.json.decode(line, type=_Word)
        except (msgspec.DecodeError, UnicodeDecodeError):
            return
        self._is_gpsd = True
        if word.kind == "VERSION" and word.proto_major != PROTOCOL:
            self.failed.emit("gpsd_version")
        elif word.kind == "DEVICES":
            self.failed.emit("" if word.devices else "gpsd_no_device")
        elif word.kind == "ERROR":
            self.failed.emit("gpsd_version")
