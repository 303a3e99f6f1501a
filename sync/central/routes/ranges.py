"""A file as an answer: whole, one range of it (RFC 9110), or "you have it" by its ETag."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import anyio
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from sync.central.routes.problems import problem_response
from sync.contract.errors import InputRefused

PIECE = 256 << 10
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


def file_response(request: Request, path: Path, *, etag: str, size: int, media_type: str) -> Response:
    """Answer a GET or HEAD for an unchanging file named by ``etag``."""
    tag = f'"{etag}"'
    headers = {
        "ETag": tag,
        "Accept-Ranges": "bytes",
        "Cache-Control": "private, max-age=31536000, immutable",
        "X-Content-Type-Options": "nosniff",
    }
    if tag in [part.strip() for part in request.headers.get("if-none-match", "").split(",")]:
        return Response(status_code=304, headers=headers)
    start, end, status = 0, size, 200
    wanted = request.headers.get("range", "")
    if wanted and request.headers.get("if-range", tag) == tag:
        span = span_of(wanted, size)
        if span == (0, 0):
            return problem_response(
                InputRefused("range_unsatisfiable", bytes=size), {"Content-Range": f"bytes */{size}"}
            )
        if span is not None:
            start, end = span
            status = 206
            headers["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    headers["Content-Length"] = str(end - start)
    if request.method == "HEAD":
        return Response(status_code=status, headers=headers, media_type=media_type)
    return StreamingResponse(_pieces(path, start, end), status, headers, media_type=media_type)


def span_of(wanted: str, size: int) -> tuple[int, int] | None:
    """Start and end of a single range, (0, 0) for one outside the file, None for what may be ignored."""
    match = _RANGE.fullmatch(wanted.strip())
    if match is None or not (match[1] or match[2]):
        return None
    if not match[1]:
        length = min(int(match[2]), size)
        return (size - length, size) if length else (0, 0)
    start = int(match[1])
    end = min(int(match[2]) + 1, size) if match[2] else size
    if start >= size:
        return (0, 0)
    return (start, end) if start < end else None


async def _pieces(path: Path, start: int, end: int) -> AsyncIterator[bytes]:
    async with await anyio.open_file(path, "rb") as file:
        await file.seek(start)
        while start < end:
            piece = await file.read(min(PIECE, end - start))
            if not piece:
                return
            start += len(piece)
            yield piece
