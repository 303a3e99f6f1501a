"""The ready-built reference database: its manifest, its bytes by ranges, and what cannot wait for it."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from sync.central.routes.exchange import answer, central_of, device_of, packed_answer, whole_number
from sync.central.routes.ranges import file_response
from sync.central.store.urgent import urgent_for
from sync.contract.errors import NeedsPerson


async def manifest(request: Request) -> Response:
    """``GET /v1/snapshot?at_least=``: where the frames lie, their hashes, and the cursor to go on from."""
    central = central_of(request)
    await device_of(request)
    at_least = whole_number(request.query_params.get("at_least", "0"), "at_least", low=0, high=10**17)
    return answer(await central.work(central.snapshots.current, at_least))


async def urgent(request: Request) -> Response:
    """``GET /v1/urgent?epoch=&after=``: permits taken away after a sequence, and the blacklist."""
    central = central_of(request)
    await device_of(request)
    epoch = request.query_params.get("epoch", "")
    after = whole_number(request.query_params.get("after", "0"), "after", low=0, high=10**17)
    page = await central.work(urgent_for, central.store, central.world, epoch[:64], after)
    return await central.work(packed_answer, request, page)


async def packed(request: Request) -> Response:
    """``GET /v1/snapshot/{name}``: the packed file; ask for a frame with Range."""
    central = central_of(request)
    await device_of(request)
    name = request.path_params["name"]
    found = await central.work(central.snapshots.find, name)
    if found is None:
        raise NeedsPerson("snapshot_unknown", name=name[:80])
    published, path = found
    return file_response(
        request, path, etag=published.raw_sha256, size=published.bytes, media_type="application/zstd"
    )
