"""Every endpoint of the API as a table: what it takes, what it answers, how it refuses."""

from __future__ import annotations

from typing import Any

import msgspec

from sync.central.routes.credential import CredentialAsked, CredentialTold
from sync.central.routes.identity import Health, Ready
from sync.central.routes.rating import Rated, Rating
from sync.contract import map_offer, wire
from sync.contract.tables import Stream

JSON = "application/json"
HTML = "text/html"
OFFSET_STREAM = "application/offset+octet-stream"
Parameter = tuple[str, str, dict[str, Any], bool]

EVERYWHERE = (503,)
"""Too much at once, or the store is busy."""
KNOWN_DEVICE = (401, 403)
JSON_BODY = (400, 413, 415, 422)
STORING = (507,)
BYTES_IN = (400, 408, 409, 413, 415, 422, 460, 507)

_TUS: Parameter = ("Tus-Resumable", "header", {"type": "string", "const": "1.0.0"}, True)
_OFFSET: Parameter = ("Upload-Offset", "header", {"type": "integer", "minimum": 0}, True)
_CHECKSUM: Parameter = (
    "Upload-Checksum",
    "header",
    {"type": "string", "pattern": "^(sha1|sha256) [A-Za-z0-9+/]+=*$"},
    False,
)
_OVERRIDE: Parameter = ("X-HTTP-Method-Override", "header", {"enum": ["PATCH", "DELETE"]}, True)
_RANGE: Parameter = ("Range", "header", {"type": "string", "pattern": "^bytes=[0-9]*-[0-9]*$"}, False)
_UPLOAD: Parameter = ("upload_id", "path", {"type": "string", "format": "uuid"}, True)
_VISIT: Parameter = ("visit_id", "path", {"type": "string", "format": "uuid"}, True)
_SHA256: dict[str, Any] = {"type": "string", "pattern": "^[0-9a-f]{64}$"}


class Endpoint(msgspec.Struct, frozen=True):
    """One method of one path, as the description needs it."""

    method: str
    path: str
    summary: str
    refusals: tuple[int, ...] = ()
    request: type[msgspec.Struct] | str | None = None
    answer: type[msgspec.Struct] | str | None = None
    statuses: tuple[int, ...] = (200,)
    parameters: tuple[Parameter, ...] = ()
    open: bool = False

    @property
    def all_refusals(self) -> tuple[int, ...]:
        """Its own ways to refuse, and those that follow from what it takes."""
        found = {*self.refusals, *EVERYWHERE}
        found |= set() if self.open else set(KNOWN_DEVICE)
        if isinstance(self.request, str):
            found |= set(BYTES_IN)
        elif self.request is not None:
            found |= set(JSON_BODY)
        return tuple(sorted(found))


ENDPOINTS = (
    Endpoint("get", "/health", "Whether central is up", answer=Health, open=True),
    Endpoint("get", "/ready", "Whether central can take in", answer=Ready, open=True),
    Endpoint("get", "/openapi.json", "This description", answer=JSON, open=True),
    Endpoint(
        "post",
        "/enrol",
        "Let a device in with its one-time secret",
        (403, 409, 429),
        request=wire.EnrolRequest,
        answer=wire.EnrolAnswer,
        open=True,
    ),
    Endpoint(
        "post",
        "/sign-in",
        "An officer's first sign-in on a device",
        (403, 429),
        request=wire.SignInRequest,
        answer=wire.SignInAnswer,
        open=True,
    ),
    Endpoint(
        "post",
        "/token",
        "A fresh token for a device that signs for it",
        (403, 409),
        request=wire.TokenRequest,
        answer=wire.TokenAnswer,
        open=True,
    ),
    Endpoint(
        "get",
        "/visits/{visit_id}/rating",
        "The page on which a visited party rates a visit",
        answer=HTML,
        parameters=(_VISIT,),
        open=True,
    ),
    Endpoint(
        "post",
        "/visits/{visit_id}/rating",
        "A visited party's rating, once, with the code of its QR",
        (403, 404, 409, 429),
        request=Rating,
        answer=Rated,
        parameters=(_VISIT,),
        open=True,
    ),
    Endpoint(
        "get",
        "/credential",
        "The page on which the other side checks an officer's credential",
        answer=HTML,
        open=True,
    ),
    Endpoint(
        "post",
        "/credential",
        "What an officer's credential is worth, with the words of its QR",
        request=CredentialAsked,
        answer=CredentialTold,
        open=True,
    ),
    Endpoint(
        "post",
        "/push",
        "At most 200 operations, each answered by itself",
        STORING,
        request=wire.PushRequest,
        answer=wire.PushReply,
    ),
    Endpoint(
        "get",
        "/changes",
        "What changed after a cursor, held while there is nothing",
        (400, 410),
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
        request=wire.OfferRequest,
        answer=wire.OfferReply,
    ),
    Endpoint(
        "get",
        "/photos/{sha256}",
        "A file's bytes, or a range of them",
        (404, 416, 422),
        answer="*/*",
        statuses=(200, 206, 304),
        parameters=(("sha256", "path", _SHA256, True), _RANGE),
    ),
    Endpoint(
        "get",
        "/urgent",
        "Permits taken away after a sequence, and the blacklist",
        (400,),
        answer=wire.Urgent,
        parameters=(
            ("epoch", "query", {"type": "string"}, False),
            ("after", "query", {"type": "integer", "minimum": 0}, False),
        ),
    ),
    Endpoint("get", "/snapshot", "The newest snapshot's manifest", answer=wire.SnapshotManifest),
    Endpoint(
        "get",
        "/snapshot/{name}",
        "A snapshot's packed bytes, or a range of them",
        (404, 416),
        answer="application/zstd",
        statuses=(200, 206, 304),
        parameters=(("name", "path", {"type": "string", "minLength": 1}, True), _RANGE),
    ),
    Endpoint("get", "/base-map", "The base map that the city offers, if any", answer=map_offer.MapAnswer),
    Endpoint(
        "get",
        "/base-map/{sha256}",
        "The base map's bytes, or a range of them",
        (404, 416),
        answer="application/vnd.mbtiles",
        statuses=(200, 206, 304),
        parameters=(("sha256", "path", _SHA256, True), _RANGE),
    ),
    Endpoint("options", "/uploads", "What of tus is spoken here", statuses=(204,), open=True),
    Endpoint(
        "post",
        "/uploads",
        "Begin an upload (tus creation), perhaps with its first bytes",
        (412, 429),
        request=OFFSET_STREAM,
        statuses=(201,),
        parameters=(
            _TUS,
            _CHECKSUM,
            ("Upload-Length", "header", {"type": "integer", "minimum": 1}, True),
            ("Upload-Metadata", "header", {"type": "string"}, True),
        ),
    ),
    Endpoint(
        "head",
        "/uploads/{upload_id}",
        "How many bytes are here",
        (404, 412, 422),
        parameters=(_TUS, _UPLOAD),
    ),
    Endpoint(
        "patch",
        "/uploads/{upload_id}",
        "Go on with an upload",
        (404, 412),
        request=OFFSET_STREAM,
        statuses=(204,),
        parameters=(_TUS, _OFFSET, _CHECKSUM, _UPLOAD),
    ),
    Endpoint(
        "delete",
        "/uploads/{upload_id}",
        "Give an upload up (tus termination)",
        (404, 412, 422),
        statuses=(204,),
        parameters=(_TUS, _UPLOAD),
    ),
    Endpoint(
        "post",
        "/uploads/{upload_id}",
        "PATCH or DELETE for clients that cannot send them",
        (404, 412),
        request=OFFSET_STREAM,
        statuses=(204,),
        parameters=(_TUS, _OVERRIDE, _OFFSET, _CHECKSUM, _UPLOAD),
    ),
    Endpoint(
        "options",
        "/uploads/{upload_id}",
        "What of tus is spoken here",
        statuses=(204,),
        open=True,
        parameters=(_UPLOAD,),
    ),
)
