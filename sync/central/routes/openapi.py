"""``GET /v1/openapi.json``: every endpoint in OpenAPI 3.1, with schemas made from the wire's own types."""

from __future__ import annotations

from functools import cache
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from sync.central.routes.identity import Health, Ready
from sync.central.routes.problems import PROBLEM_JSON
from sync.contract import wire
from sync.contract.records import Act, Report
from sync.contract.tables import Stream

JSON = "application/json"
BYTES = {"type": "string", "format": "binary"}
TUS_HEADER = ("Tus-Resumable", "header", {"const": "1.0.0"}, True)
OFFSET = ("Upload-Offset", "header", {"type": "integer", "minimum": 0}, True)

_SHAPES: tuple[type[msgspec.Struct], ...] = (
    wire.PushRequest,
    wire.PushReply,
    wire.OfferRequest,
    wire.OfferReply,
    wire.ChangesPage,
    wire.SnapshotManifest,
    wire.Urgent,
    wire.EnrolRequest,
    wire.EnrolAnswer,
    wire.SignInRequest,
    wire.SignInAnswer,
    wire.TokenRequest,
    wire.TokenAnswer,
    wire.Problem,
    Health,
    Ready,
    Report,
    Act,
)
Parameter = tuple[str, str, dict[str, Any], bool]


class Endpoint(msgspec.Struct, frozen=True):
    """One method of one path, as the description needs it."""

    method: str
    path: str
    summary: str
    refusals: tuple[int, ...]
    request: type[msgspec.Struct] | str | None = None
    answer: type[msgspec.Struct] | str | None = None
    status: int = 200
    parameters: tuple[Parameter, ...] = ()
    open: bool = False


_RANGE: Parameter = ("Range", "header", {"type": "string"}, False)
_UPLOAD: Parameter = ("upload_id", "path", {"type": "string", "format": "uuid"}, True)

ENDPOINTS = (
    Endpoint("get", "/health", "Whether central is up", (), answer=Health, open=True),
    Endpoint("get", "/ready", "Whether central can take in", (503,), answer=Ready, open=True),
    Endpoint("get", "/openapi.json", "This description", (), answer=JSON, open=True),
    Endpoint(
        "post",
        "/enrol",
        "Let a device in with its one-time secret",
        (400, 403, 413, 415, 422, 429, 503),
        request=wire.EnrolRequest,
        answer=wire.EnrolAnswer,
        open=True,
    ),
    Endpoint(
        "post",
        "/sign-in",
        "An officer's first sign-in on a device",
        (400, 403, 413, 415, 422, 429),
        request=wire.SignInRequest,
        answer=wire.SignInAnswer,
        open=True,
    ),
    Endpoint(
        "post",
        "/token",
        "A fresh token for a device that signs for it",
        (400, 403, 409, 413, 415, 422),
        request=wire.TokenRequest,
        answer=wire.TokenAnswer,
        open=True,
    ),
    Endpoint(
        "post",
        "/push",
        "At most 200 operations, each answered by itself",
        (400, 401, 403, 413, 415, 422, 503, 507),
        request=wire.PushRequest,
        answer=wire.PushReply,
    ),
    Endpoint(
        "get",
        "/changes",
        "What changed after a cursor, held while there is nothing",
        (400, 401, 403, 410),
        answer=wire.ChangesPage,
        parameters=(
            ("stream", "query", {"enum": [stream.value for stream in Stream]}, True),
            ("cursor", "query", {"type": "string", "maxLength": 200}, False),
            ("seen", "query", {"type": "string", "maxLength": 800}, False),
            ("limit", "query", {"type": "integer", "minimum": 1, "maximum": wire.PAGE_LIMIT}, False),
            ("wait", "query", {"type": "number", "minimum": 0}, False),
        ),
    ),
    Endpoint(
        "post",
        "/photos/offer",
        "At most 200 files: held, needed or refused",
        (400, 401, 403, 413, 415, 422),
        request=wire.OfferRequest,
        answer=wire.OfferReply,
    ),
    Endpoint(
        "get",
        "/photos/{sha256}",
        "A file's bytes, or a range of them",
        (401, 403, 404, 416, 422),
        answer="application/octet-stream",
        parameters=(("sha256", "path", {"type": "string", "pattern": "^[0-9a-f]{64}$"}, True), _RANGE),
    ),
    Endpoint(
        "get",
        "/urgent",
        "Permits taken away after a sequence, and the blacklist",
        (400, 401, 403),
        answer=wire.Urgent,
        parameters=(
            ("epoch", "query", {"type": "string"}, False),
            ("after", "query", {"type": "integer"}, False),
        ),
    ),
    Endpoint(
        "get",
        "/snapshot",
        "The newest snapshot's manifest, built anew when it is from before a sequence",
        (400, 401, 403),
        answer=wire.SnapshotManifest,
        parameters=(("at_least", "query", {"type": "integer"}, False),),
    ),
    Endpoint(
        "get",
        "/snapshot/{name}",
        "A snapshot's packed bytes, or a range of them",
        (401, 403, 404, 416),
        answer="application/zstd",
        parameters=(("name", "path", {"type": "string"}, True), _RANGE),
    ),
    Endpoint("options", "/uploads", "What of tus is spoken here", (), status=204, open=True),
    Endpoint(
        "post",
        "/uploads",
        "Begin an upload (tus creation), perhaps with its first bytes",
        (400, 401, 403, 408, 409, 412, 413, 422, 429, 460, 507),
        request="application/offset+octet-stream",
        status=201,
        parameters=(
            TUS_HEADER,
            ("Upload-Length", "header", {"type": "integer", "minimum": 1}, True),
            ("Upload-Metadata", "header", {"type": "string"}, True),
        ),
    ),
    Endpoint(
        "head",
        "/uploads/{upload_id}",
        "How many bytes are here",
        (401, 403, 404, 412, 422),
        parameters=(TUS_HEADER, _UPLOAD),
    ),
    Endpoint(
        "patch",
        "/uploads/{upload_id}",
        "Go on with an upload",
        (400, 401, 403, 404, 408, 409, 412, 413, 415, 422, 460, 507),
        request="application/offset+octet-stream",
        status=204,
        parameters=(TUS_HEADER, OFFSET, _UPLOAD),
    ),
    Endpoint(
        "post",
        "/uploads/{upload_id}",
        "PATCH for clients that cannot send it, with X-HTTP-Method-Override",
        (400, 401, 403, 404, 408, 409, 412, 413, 415, 422, 460, 507),
        request="application/offset+octet-stream",
        status=204,
        parameters=(TUS_HEADER, OFFSET, _UPLOAD),
    ),
    Endpoint(
        "options",
        "/uploads/{upload_id}",
        "What of tus is spoken here",
        (),
        status=204,
        open=True,
        parameters=(_UPLOAD,),
    ),
)


async def openapi(_request: Request) -> Response:
    """The description; needs no token."""
    return Response(_document(), media_type=JSON)


@cache
def _document() -> bytes:
    _, components = msgspec.json.schema_components(_SHAPES, ref_template="#/components/schemas/{name}")
    paths: dict[str, Any] = {}
    for endpoint in ENDPOINTS:
        paths.setdefault(wire.API + endpoint.path, {})[endpoint.method] = _operation(endpoint)
    document = {
        "openapi": "3.1.0",
        "info": {"title": "fieldapp central", "version": "1"},
        "paths": paths,
        "components": {
            "schemas": components,
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{"token": []}],
    }
    return msgspec.json.encode(document)


def _operation(endpoint: Endpoint) -> dict[str, Any]:
    good: dict[str, Any] = {"description": endpoint.summary}
    if endpoint.answer is not None:
        good["content"] = _content(endpoint.answer)
    problem = {PROBLEM_JSON: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    refusals = {str(status): {"description": "A problem", "content": problem} for status in endpoint.refusals}
    operation: dict[str, Any] = {
        "summary": endpoint.summary,
        "responses": {str(endpoint.status): good, **refusals},
    }
    if endpoint.request is not None:
        operation["requestBody"] = {"content": _content(endpoint.request)}
    if endpoint.parameters:
        operation["parameters"] = [
            {"name": name, "in": where, "schema": schema, "required": required}
            for name, where, schema, required in endpoint.parameters
        ]
    if endpoint.open:
        operation["security"] = []
    return operation


def _content(shape: type[msgspec.Struct] | str) -> dict[str, Any]:
    if isinstance(shape, str):
        return {shape: {"schema": {} if shape == JSON else BYTES}}
    return {JSON: {"schema": {"$ref": f"#/components/schemas/{shape.__name__}"}}}
