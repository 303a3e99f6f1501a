"""Frames that lie side by side, asked for in one request and told apart as they arrive.

On a link with a slow turn-around a request a frame would wait longer than it reads.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sync.contract.wire import Frame

RUN_BYTES = 16 << 20
"""The most that one request asks for: a link that breaks off costs no more than a frame in any case."""


def runs_of(frames: Iterable[Frame]) -> Iterator[list[Frame]]:
    """Frames in order, in runs that lie side by side."""
    run: list[Frame] = []
    for frame in frames:
        joins = run and run[-1].start + run[-1].length == frame.start
        if run and not (joins and one_range(run).length + frame.length <= RUN_BYTES):
            yield run
            run = []
        run.append(frame)
    if run:
        yield run


def one_range(run: list[Frame]) -> Frame:
    """A run as one stretch of bytes; it has no hash of its own."""
    length, raw = sum(frame.length for frame in run), sum(frame.raw_bytes for frame in run)
    return Frame(run[0].start, length, "", raw)


class Carved:
    """Bytes as they arrive, cut where the frames end."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = iter(pieces)
        self._rest = b""

    def next(self, length: int) -> Iterator[bytes]:
        """The next bytes; fewer when there are no more."""
        while length:
            piece = self._rest or next(self._pieces, None)
            if piece is None:
                return
            self._rest = piece[length:]
            length -= min(length, len(piece))
            yield piece[: len(piece) - len(self._rest)]

    def end(self) -> None:
        """Hear the sender out, so that its connection can serve again."""
        for _ in self._pieces:
            return
