"""Records in and changes out."""

from __future__ import annotations

import time

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from sync.central.routes.exchange import (
    BATCH_BYTES_MAX,
    answer,
    central_of,
    device_of,
    packed_answer,
    read_json,
    whole_number,
)
from sync.contract.errors import InputRefused
from sync.contract.tables import Stream
from sync.contract.wire import PAGE_LIMIT, PUSH_BATCH, WAIT_MAX_S

CURSOR_MAX = 200
SEEN_MAX = 800


class PushBatch(msgspec.Struct, frozen=True):
    """A batch whose items are looked at one by one, so that a bad one blocks none of the others."""

    items: list[msgspec.Raw]


async def push(request: Request) -> Response:
    """``POST /v1/push``: at most 200 operations, answered one by one."""
    central = central_of(request)
    device = await device_of(request)
    batch = await read_json(request, PushBatch, BATCH_BYTES_MAX)
    if len(batch.items) > PUSH_BATCH:
        raise InputRefused("batch_too_large", count=len(batch.items), limit=PUSH_BATCH)
    return answer(await central.work(central.intake.push, device.device_id, batch.items))


async def changes(request: Request) -> Response:
    """``GET /v1/changes?stream=&cursor=&limit=&wait=``: what changed after the cursor, or a wait for it."""
    central = central_of(request)
    device = await device_of(request)
    query = request.query_params
    try:
        stream = Stream(query.get("stream", ""))
    except ValueError:
        raise InputRefused("header_invalid", name="stream") from None
    cursor = query.get("cursor", "")
    if len(cursor) > CURSOR_MAX:
        raise InputRefused("cursor_invalid")
    limit = whole_number(query.get("limit", str(PAGE_LIMIT)), "limit", low=1, high=PAGE_LIMIT)
    seen = query.get("seen", "")
    if len(seen) > SEEN_MAX:
        raise InputRefused("cursor_invalid")
    until = time.monotonic() + _seconds(query.get("wait", "0"))
    while True:
        head = await central.work(central.store.head)
        page = await central.work(central.feed.page, device, stream, cursor, limit, seen)
        left = until - time.monotonic()
        if page.changes or left <= 0 or not await central.pulse.wait(head, left):
            return await central.work(packed_answer, request, page)


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        raise InputRefused("header_invalid", name="wait") from None
    if not 0 <= seconds < float("inf"):
        raise InputRefused("header_invalid", name="wait")
    return min(seconds, WAIT_MAX_S)
