"""One request's bytes into the part file of its upload, until the peer is done, gone, silent or superseded.

Pieces are gathered for a moment and written together, off the event loop; whatever ends the request, all that
came is in the part file before anybody else gets the turn. An upload that comes whole in its first request is
written down once, with its file; one that takes longer as soon as its first bytes are written.
"""

from __future__ import annotations

import asyncio
import hashlib
import time

from starlette.requests import ClientDisconnect, Request

from sync.central.composition import Central
from sync.central.store.uploads import Upload
from sync.central.turns import Turn
from sync.contract.errors import InputRefused, RetryLater

GATHERED_BYTES = 1 << 19
GATHERED_S = 0.25
IDLE_S = 0.05
"""After so long without a byte what was gathered is written, and a newer request is given way to."""
GIVES_WAY_S = 1.0
"""So long at most a request that is still being sent keeps a newer one waiting."""
Checksum = tuple[str, bytes]


class Receiving:
    """One request's share of an upload. ``is_kept``: the upload is written down already."""

    def __init__(
        self, central: Central, upload: Upload, offset: int, said: Checksum | None, *, is_kept: bool
    ) -> None:
        self._central = central
        self._upload = upload
        self._begun_at = offset
        self._said = said
        self._is_kept = is_kept
        self._gathered: list[bytes] = []
        self._written = offset
        self._checksum = hashlib.new(said[0], usedforsecurity=False) if said else None
        self._whole = hashlib.sha256() if offset == 0 else None
        self._last_write = self._last_heard = time.monotonic()
        self._asked_to_go: float | None = None
        self._is_synced = False
        self._writing = asyncio.Lock()
        """Held while what was gathered is added to or written."""

    @property
    def offset(self) -> int:
        """How many bytes have come."""
        return self._written + sum(map(len, self._gathered))

    async def run(self, request: Request, turn: Turn) -> int:
        """Take what comes; answers the offset. A whole upload is verified and durable when this returns.

        One that was never written down, because the disk was full, say, leaves no bytes behind.
        """
        try:
            return await self._receive(request, turn)
        except BaseException:
            if not self._is_kept:
                self._central.uploads.abandon(self._upload)
            raise

    async def _receive(self, request: Request, turn: Turn) -> int:
        try:
            await self._take(request, turn)
        except (ClientDisconnect, RetryLater, InputRefused):
            # What came before the cut may already be the whole file.
            if self.offset < self._upload.bytes:
                await self._central.work(self._write)
                raise
        await self._central.work(self._end)
        return self._written

    async def _take(self, request: Request, turn: Turn) -> None:
        reading = asyncio.create_task(self._read(request, turn))
        stirred = asyncio.create_task(turn.stirred.wait())
        stall_s = self._central.settings.stall_s
        try:
            while not reading.done():
                until = max(self._last_heard + stall_s - time.monotonic(), 0)
                await asyncio.wait({reading, stirred}, timeout=until, return_when=asyncio.FIRST_COMPLETED)
                if not reading.done():
                    await self._look(turn)
                    if stirred.done():
                        turn.stirred.clear()
                        stirred = asyncio.create_task(turn.stirred.wait())
            reading.result()
        finally:
            stirred.cancel()
            async with self._writing:  # what is being written is written to its end
                reading.cancel()

    async def _read(self, request: Request, turn: Turn) -> None:
        """Gather what comes; a good deal of it is written at once, while the peer is kept waiting."""
        async for piece in request.stream():
            if not piece:
                continue
            self._last_heard = time.monotonic()
            async with self._writing:
                if self.offset + len(piece) > self._upload.bytes:
                    raise InputRefused("upload_too_long", bytes=self._upload.bytes)
                if not self._gathered:
                    self._look_after(IDLE_S, turn)
                self._gathered.append(piece)
                if self._is_due():
                    await self._write_now()

    async def _look(self, turn: Turn) -> None:
        """Let go for a newer request, give a silent peer up, or write what was gathered."""
        if turn.is_superseded:
            self._give_way(turn)
        async with self._writing:
            quiet_s = time.monotonic() - self._last_heard
            if quiet_s >= self._central.settings.stall_s:
                raise RetryLater("upload_stalled", after_s=1)
            if self._gathered and quiet_s >= IDLE_S:
                await self._write_now()
            elif self._gathered:
                self._look_after(IDLE_S - quiet_s, turn)

    def _give_way(self, turn: Turn) -> None:
        """At once where nothing comes any more; what is still coming may end within a moment."""
        now = time.monotonic()
        if self._asked_to_go is None:
            self._asked_to_go = now
        left_s = min(self._last_heard + IDLE_S, self._asked_to_go + GIVES_WAY_S) - now
        if left_s <= 0:
            raise RetryLater("upload_superseded", after_s=1)
        self._look_after(left_s, turn)

    def _look_after(self, seconds: float, turn: Turn) -> None:
        asyncio.get_running_loop().call_later(seconds, turn.stirred.set)

    async def _write_now(self) -> None:
        await self._central.work(self._write)
        self._last_heard = max(self._last_heard, self._last_write)  # the peer is not to blame for our disk

    def _is_due(self) -> bool:
        if self.offset == self._upload.bytes:
            return False  # the end is near and writes everything
        waited_s = time.monotonic() - self._last_write
        return waited_s >= GATHERED_S or self.offset - self._written >= GATHERED_BYTES

    # From here on: in a thread.

    def _write(self) -> None:
        data, self._gathered = b"".join(self._gathered), []
        uploads = self._central.uploads
        if data:
            with uploads.open_part(self._upload) as part:
                is_last = self._written + len(data) == self._upload.bytes
                uploads.append(part, data, is_last=is_last)
                self._is_synced = is_last
            for digest in (self._checksum, self._whole):
                if digest:
                    digest.update(data)
        self._written += len(data)
        self._last_write = time.monotonic()
        if not self._is_kept and self._written < self._upload.bytes:
            uploads.keep(self._upload)
            self._is_kept = True

    def _end(self) -> None:
        self._write()
        uploads = self._central.uploads
        if self._said and self._checksum and self._checksum.digest() != self._said[1]:
            uploads.cut_back(self._upload, self._begun_at)
            if not self._is_kept:
                uploads.discard(self._upload)
            raise InputRefused("hash_mismatch", sha256=self._upload.sha256)
        if self._written == self._upload.bytes:
            known = self._whole.hexdigest() if self._whole else ""
            uploads.finish(self._upload, known, is_synced=self._is_synced)
