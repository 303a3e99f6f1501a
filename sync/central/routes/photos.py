"""Files offered by hash and handed out again."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from sync.central.routes.exchange import BATCH_BYTES_MAX, answer, central_of, device_of, read_json
from sync.central.routes.ranges import file_response
from sync.contract.errors import InputRefused, NeedsPerson
from sync.contract.wire import PUSH_BATCH, OfferReply, OfferRequest


async def offer(request: Request) -> Response:
    """``POST /v1/photos/offer``: at most 200 files; each is held, needed or refused."""
    central = central_of(request)
    device = await device_of(request)
    body = await read_json(request, OfferRequest, BATCH_BYTES_MAX)
    if len(body.files) > PUSH_BATCH:
        raise InputRefused("batch_too_large", count=len(body.files), limit=PUSH_BATCH)
    return answer(OfferReply(await central.work(central.objects.offer, device.device_id, body.files)))


async def photo(request: Request) -> Response:
    """``GET /v1/photos/{sha256}``: a file's bytes, whole or a range of them."""
    central = central_of(request)
    await device_of(request)
    sha256 = request.path_params["sha256"]
    held = await central.work(central.objects.find, sha256)
    if held is None:
        raise NeedsPerson("photo_unknown", sha256=sha256[:64])
    return file_response(request, held.path, etag=held.sha256, size=held.bytes, media_type=held.media_type)
