"""The base map that the city offers: what it is, and its bytes by ranges."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from sync.central.routes.exchange import answer, central_of, device_of
from sync.central.routes.ranges import file_response
from sync.contract.errors import NeedsPerson
from sync.contract.map_offer import MapAnswer


async def offer(request: Request) -> Response:
    """``GET /v1/base-map``: what is offered, signed; an empty answer for nothing."""
    central = central_of(request)
    await device_of(request)
    return answer(MapAnswer(await central.work(central.maps.current)))


async def file(request: Request) -> Response:
    """``GET /v1/base-map/{sha256}``: the file; ask with Range for what is missing."""
    central = central_of(request)
    await device_of(request)
    sha256 = request.path_params["sha256"]
    found = await central.work(central.maps.find, sha256)
    if found is None:
        raise NeedsPerson("base_map_replaced", sha256=sha256[:64])
    told, path = found
    return file_response(
        request, path, etag=told.sha256, size=told.bytes, media_type="application/vnd.mbtiles"
    )
