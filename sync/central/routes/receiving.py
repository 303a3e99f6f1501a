"""One request's bytes into the part file of its upload, until the peer is done, gone, silent or superseded.

Pieces are gathered for a moment and written together, off the event loop; whatever ends the request, all that
came is in the part file before anybody else gets the turn. An upload that comes whole in its first request is
written down once, with its file; one that takes longer as soon as its first bytes are written.
"""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections.abc import AsyncIterator

from starlette.requests import ClientDisconnect, Request

from sync.central.composition import Central
from sync.central.store.uploads import Upload
from sync.central.turns import Turn
from sync.contract.errors import InputRefused, RetryLater

GATHERED_BYTES = 1 << 19
GATHERED_S = 0.25
IDLE_S = 0.05
"""After so long without a byte what was gathered is written."""
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
        self._last_write = time.monotonic()

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
        pieces = request.stream()
        superseded = asyncio.create_task(_told(turn))
        try:
            while (piece := await self._next(pieces, superseded)) is not None:
                if self.offset + len(piece) > self._upload.bytes:
                    raise InputRefused("upload_too_long", bytes=self._upload.bytes)
                self._gathered.append(piece)
                if self._is_due():
                    await self._central.work(self._write)
        finally:
            superseded.cancel()

    async def _next(
        self, pieces: AsyncIterator[bytes], superseded: asyncio.Task[bytes | None]
    ) -> bytes | None:
        """The next bytes, None at the end; instead of a long wait it is superseded or stalled."""
        coming = asyncio.create_task(_after(pieces))
        either = {coming, superseded}
        if self._gathered:
            done, _ = await asyncio.wait(either, timeout=IDLE_S, return_when=asyncio.FIRST_COMPLETED)
            if not done:
                await self._central.work(self._write)
        stall_s = self._central.settings.stall_s
        done, _ = await asyncio.wait(either, timeout=stall_s, return_when=asyncio.FIRST_COMPLETED)
        if coming in done:
            return coming.result()
        coming.cancel()
        raise RetryLater("upload_superseded" if superseded in done else "upload_stalled", after_s=1)

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
                uploads.append(part, data)
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
            uploads.finish(self._upload, self._whole.hexdigest() if self._whole else "")


async def _told(turn: Turn) -> bytes | None:
    await turn.superseded.wait()
    return None


async def _after(pieces: AsyncIterator[bytes]) -> bytes | None:
    try:
        return await anext(pieces)
    except StopAsyncIteration:
        return None
