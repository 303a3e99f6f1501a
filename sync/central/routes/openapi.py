"""``GET /v1/openapi.json``: every endpoint in OpenAPI 3.1, with schemas made from the wire's own types."""

from __future__ import annotations

from functools import cache
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from sync.central.routes.alert_endpoints import ALERT_ENDPOINTS, ALERT_SHAPES
from sync.central.routes.credential import CredentialAsked, CredentialTold
from sync.central.routes.desk_endpoints import DESK_ENDPOINTS, DESK_SHAPES
from sync.central.routes.endpoints import ENDPOINTS, JSON, Endpoint
from sync.central.routes.identity import Health, Ready
from sync.central.routes.problems import PROBLEM_JSON
from sync.central.routes.rating import Rated, Rating
from sync.contract import map_offer, wire
from sync.contract.records import Act, Report

BYTES = {"type": "string", "format": "binary"}

_SHAPES: tuple[type[msgspec.Struct], ...] = (
    wire.PushRequest,
    wire.PushReply,
    wire.OfferRequest,
    wire.OfferReply,
    wire.ChangesPage,
    wire.SnapshotManifest,
    wire.Urgent,
    map_offer.MapAnswer,
    wire.EnrolRequest,
    wire.EnrolAnswer,
    wire.SignInRequest,
    wire.SignInAnswer,
    wire.TokenRequest,
    wire.TokenAnswer,
    wire.Problem,
    Health,
    Ready,
    Rating,
    Rated,
    CredentialAsked,
    CredentialTold,
    Report,
    Act,
)


async def openapi(_request: Request) -> Response:
    """The description; needs no token."""
    return Response(_document(), media_type=JSON)


@cache
def _document() -> bytes:
    _, components = msgspec.json.schema_components(
        (*_SHAPES, *DESK_SHAPES, *ALERT_SHAPES), ref_template="#/components/schemas/{name}"
    )
    components = _plain_tuples(components)
    paths: dict[str, Any] = {}
    for endpoint in (*ENDPOINTS, *DESK_ENDPOINTS, *ALERT_ENDPOINTS):
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


def _plain_tuples(schema: Any) -> Any:
    """A schema whose tuples of one kind are said as lists of so many, which more readers understand."""
    if isinstance(schema, list):
        return [_plain_tuples(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    told = {name: _plain_tuples(value) for name, value in schema.items()}
    kinds = told.get("prefixItems", [])
    if kinds and all(kind == kinds[0] for kind in kinds):
        told["items"] = told.pop("prefixItems")[0]
    return told


def _operation(endpoint: Endpoint) -> dict[str, Any]:
    good: dict[str, Any] = {"description": endpoint.summary}
    if endpoint.answer is not None:
        good["content"] = _content(endpoint.answer)
    problem = {PROBLEM_JSON: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    refusals = {
        str(status): {"description": "A problem", "content": problem} for status in endpoint.all_refusals
    }
    operation: dict[str, Any] = {
        "summary": endpoint.summary,
        "responses": {**{str(status): good for status in endpoint.statuses}, **refusals},
    }
    if endpoint.request is not None:
        required = not isinstance(endpoint.request, str)
        operation["requestBody"] = {"required": required, "content": _content(endpoint.request)}
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
