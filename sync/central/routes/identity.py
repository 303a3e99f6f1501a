"""Who one is: enrolment, an officer's first sign-in, a fresh token; and whether central is there at all."""

from __future__ import annotations

from datetime import datetime

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from sync.central.readiness import KEPT_S
from sync.central.routes.exchange import answer, central_of, read_json
from sync.central.routes.problems import problem_response
from sync.contract.errors import RetryLater
from sync.contract.wire import EnrolRequest, SignInAnswer, SignInRequest, TokenAnswer, TokenRequest


class Health(msgspec.Struct, frozen=True):
    """Central is up and can read its store."""

    ok: bool
    epoch: str
    sequence: int
    server_time: datetime


async def health(request: Request) -> Response:
    """``GET /v1/health``: needs no token."""
    central = central_of(request)
    sequence = await central.work(central.store.head)
    return answer(Health(True, central.store.epoch, sequence, central.world.now()))


class Ready(msgspec.Struct, frozen=True):
    """Central can take everything in, durably."""

    ready: bool


async def ready(request: Request) -> Response:
    """``GET /v1/ready``: needs no token; ``not_ready`` with what is wrong, as far as others may know it."""
    central = central_of(request)
    troubles = await central.work(central.readiness.troubles)
    if troubles:
        return problem_response(
            RetryLater("not_ready", after_s=KEPT_S), facts={"troubles": ",".join(troubles)}
        )
    return answer(Ready(True))


async def enrol(request: Request) -> Response:
    """``POST /v1/enrol``: a one-time secret for a device's identity."""
    central = central_of(request)
    body = await read_json(request, EnrolRequest)
    address = request.client.host if request.client else ""
    return answer(await central.work(central.devices.enrol, body, address))


async def sign_in(request: Request) -> Response:
    """``POST /v1/sign-in``: an officer's PIN for their card and the device's escrow key.

    Needs no token: the tablet's lies in the very store that this is to open.
    """
    central = central_of(request)
    body = await read_json(request, SignInRequest)
    escrow = await central.work(central.devices.escrow, body.device_id)
    card = await central.work(central.officers.sign_in, body.officer_id, body.pin)
    return answer(SignInAnswer(card, escrow))


async def token(request: Request) -> Response:
    """``POST /v1/token``: a fresh token for a device that signs for it; needs no token."""
    central = central_of(request)
    body = await read_json(request, TokenRequest)
    return answer(TokenAnswer(await central.work(central.devices.renew, body)))
