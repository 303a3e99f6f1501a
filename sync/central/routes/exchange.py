"""Reading requests and writing answers: limits first, then shape, then work in a thread."""

from __future__ import annotations

import gzip
from typing import TypeVar

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from sync.central.composition import Central
from sync.central.store.checks import NOT_JSON_SO
from sync.central.store.devices import Device
from sync.contract.errors import InputRefused, NeedsPerson

JSON_BYTES_MAX = 64 << 10
BATCH_BYTES_MAX = 16 << 20
PACK_FROM = 2 << 10
"""Bytes from which an answer is packed."""
T = TypeVar("T")


def central_of(request: Request) -> Central:
    """The central this request came to."""
    central = request.app.state.central
    assert isinstance(central, Central)
    return central


async def read_body(request: Request, limit: int) -> bytes:
    """The whole body; ``body_too_large`` as soon as that is known."""
    announced = request.headers.get("content-length", "")
    if announced.isdecimal() and int(announced[:18]) > limit:
        raise InputRefused("body_too_large", limit=limit)
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > limit:
            raise InputRefused("body_too_large", limit=limit)
    return bytes(body)


async def read_json(request: Request, shape: type[T], limit: int = JSON_BYTES_MAX) -> T:
    """The body as a value of that shape; other media types, garbage and other shapes are refused."""
    media_type = request.headers.get("content-type", "application/json").partition(";")[0].strip().lower()
    encoding = request.headers.get("content-encoding", "identity").strip().lower()
    if media_type != "application/json" or encoding != "identity":
        raise InputRefused("media_type_unsupported", value=media_type[:64])
    body = await read_body(request, limit)
    try:
        return msgspec.json.decode(body, type=shape)
    except msgspec.ValidationError as error:
        raise InputRefused("request_invalid", reason=str(error)[:200]) from None
    except NOT_JSON_SO:
        raise InputRefused("json_invalid") from None


async def device_of(request: Request) -> Device:
    """The device behind the bearer token."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise NeedsPerson("token_missing")
    return await central_of(request).work(central_of(request).devices.authenticate, token.strip())


def whole_number(text: str | None, name: str, *, low: int, high: int) -> int:
    """A header or query value that must be a whole number within bounds."""
    if text is None or not text.isascii() or not text.isdecimal() or len(text) > 18:
        raise InputRefused("header_invalid", name=name)
    number = int(text)
    if not low <= number <= high:
        raise InputRefused("header_invalid", name=name, low=low, high=high)
    return number


def packed_answer(request: Request, value: msgspec.Struct) -> Response:
    """A value as JSON, packed where that is worth it and the asker can unpack it."""
    body = msgspec.json.encode(value)
    headers = {"Cache-Control": "no-store", "Vary": "Accept-Encoding"}
    if len(body) >= PACK_FROM and "gzip" in request.headers.get("accept-encoding", ""):
        body = gzip.compress(body, 6, mtime=0)
        headers["Content-Encoding"] = "gzip"
    return Response(body, 200, headers, media_type="application/json")


def answer(value: msgspec.Struct | dict[str, object], status: int = 200) -> Response:
    """A value as JSON that nobody on the way may keep."""
    return Response(
        msgspec.json.encode(value), status, {"Cache-Control": "no-store"}, media_type="application/json"
    )
