"""tus 1.0 resumable uploads, all extensions but concatenation. The file's hash is in Upload-Metadata.

HEAD waits for its turn, so that it always tells the true offset.
The last answer goes out only when the file is verified, fsynced and vouched for.
"""

from __future__ import annotations

import base64
import binascii
from email.utils import format_datetime

from starlette.requests import Request
from starlette.responses import Response

from sync.central.composition import Central
from sync.central.routes.exchange import central_of, device_of, whole_number
from sync.central.routes.problems import problem_response
from sync.central.routes.receiving import Receiving
from sync.central.store.checks import MEDIA_TYPE
from sync.central.store.objects import UPLOADS_PATH
from sync.central.store.uploads import Upload
from sync.contract.errors import InputRefused
from sync.contract.ids import check_id, check_sha256
from sync.contract.wire import PHOTO_BYTES_MAX

TUS = "1.0.0"
OFFSET_STREAM = "application/offset+octet-stream"
NUMBER_MAX = 10**17
METADATA_MAX = 4096
ALGORITHMS = ("sha256", "sha1")


async def options(_request: Request) -> Response:
    """``OPTIONS /v1/uploads``: what of tus is spoken here; needs no token."""
    headers = {
        "Tus-Resumable": TUS,
        "Tus-Version": TUS,
        "Tus-Extension": "creation,creation-with-upload,expiration,checksum,termination",
        "Tus-Checksum-Algorithm": ",".join(ALGORITHMS),
        "Tus-Max-Size": str(PHOTO_BYTES_MAX),
    }
    return Response(status_code=204, headers=headers)


async def create(request: Request) -> Response:
    """``POST /v1/uploads``: begin an upload, perhaps with its first bytes."""
    _require_tus(request)
    central = central_of(request)
    device = await device_of(request)
    if "upload-defer-length" in request.headers:
        raise InputRefused("header_invalid", name="Upload-Defer-Length")
    size = whole_number(request.headers.get("upload-length"), "Upload-Length", low=0, high=NUMBER_MAX)
    sha256, media_type = read_metadata(request.headers.get("upload-metadata", ""))
    said = read_checksum(request.headers.get("upload-checksum"))
    brings_bytes = request.headers.get("content-type", "") == OFFSET_STREAM
    whose = (device.device_id, sha256, size, media_type)
    if brings_bytes:
        upload = central.uploads.draft(*whose)
    else:
        upload = await central.work(central.uploads.create, *whose)
    where = {"Location": UPLOADS_PATH + upload.upload_id}
    if not brings_bytes:
        return Response(status_code=201, headers={**_spoken(upload), **where})
    async with central.turns.take(upload.upload_id) as turn:
        offset = await Receiving(central, upload, 0, said, is_kept=False).run(request, turn)
    spoken = _spoken(upload, is_done=offset == upload.bytes)
    return Response(status_code=201, headers={**spoken, **where, "Upload-Offset": str(offset)})


async def head(request: Request) -> Response:
    """``HEAD /v1/uploads/{id}``: how many bytes are here."""
    _require_tus(request)
    central = central_of(request)
    upload = await _find(request, central)
    async with central.turns.take(upload.upload_id):
        upload = await _find(request, central)
        offset = await central.work(central.uploads.resume, upload)
    headers = {
        **_spoken(upload),
        "Upload-Offset": str(offset),
        "Upload-Length": str(upload.bytes),
        "Cache-Control": "no-store",
    }
    return Response(status_code=200, headers=headers)


async def patch(request: Request) -> Response:
    """``PATCH /v1/uploads/{id}``: go on from Upload-Offset."""
    _require_tus(request)
    central = central_of(request)
    upload = await _find(request, central)
    if request.headers.get("content-type", "") != OFFSET_STREAM:
        raise InputRefused("media_type_unsupported", value=request.headers.get("content-type", "")[:64])
    given = whole_number(request.headers.get("upload-offset"), "Upload-Offset", low=0, high=NUMBER_MAX)
    said = read_checksum(request.headers.get("upload-checksum"))
    async with central.turns.take(upload.upload_id) as turn:
        upload = await _find(request, central)
        held = await central.work(central.uploads.offset, upload)
        if given != held:
            refusal = InputRefused("offset_mismatch", offset=held)
            return problem_response(refusal, {"Tus-Resumable": TUS, "Upload-Offset": str(held)})
        receiving = Receiving(central, upload, held, said, is_kept=True)
        offset = held if upload.done else await receiving.run(request, turn)
    return Response(status_code=204, headers={**_spoken(upload), "Upload-Offset": str(offset)})


async def delete(request: Request) -> Response:
    """``DELETE /v1/uploads/{id}``: the sender gives up; a file that is complete stays."""
    _require_tus(request)
    central = central_of(request)
    upload = await _find(request, central)
    async with central.turns.take(upload.upload_id):
        await central.work(central.uploads.discard, await _find(request, central))
    return Response(status_code=204, headers={"Tus-Resumable": TUS})


async def overridden(request: Request) -> Response:
    """``POST /v1/uploads/{id}`` with X-HTTP-Method-Override, for clients behind old proxies."""
    meant = request.headers.get("x-http-method-override", "").upper()
    if meant in ("PATCH", "DELETE"):
        return await (patch if meant == "PATCH" else delete)(request)
    raise InputRefused("header_invalid", name="X-HTTP-Method-Override")


def read_metadata(text: str) -> tuple[str, str]:
    """Hash and media type from Upload-Metadata (``key base64,key base64``)."""
    if len(text) > METADATA_MAX:
        raise InputRefused("header_invalid", name="Upload-Metadata")
    values: dict[str, str] = {}
    for pair in filter(None, (part.strip() for part in text.split(","))):
        key, _, value = pair.partition(" ")
        try:
            values[key] = base64.b64decode(value, validate=True).decode("utf-8")
        except (binascii.Error, UnicodeDecodeError):
            raise InputRefused("header_invalid", name="Upload-Metadata") from None
    media_type = values.get("filetype", "application/octet-stream").lower()
    if not MEDIA_TYPE.fullmatch(media_type):
        raise InputRefused("header_invalid", name="Upload-Metadata")
    return check_sha256(values.get("sha256", "")), media_type


def read_checksum(text: str | None) -> tuple[str, bytes] | None:
    """Algorithm and digest of Upload-Checksum (``algorithm base64``)."""
    if text is None:
        return None
    algorithm, _, value = text.partition(" ")
    try:
        digest = base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError):
        raise InputRefused("header_invalid", name="Upload-Checksum") from None
    if algorithm not in ALGORITHMS:
        raise InputRefused("header_invalid", name="Upload-Checksum")
    return algorithm, digest


def _spoken(upload: Upload, *, is_done: bool = False) -> dict[str, str]:
    """What every good answer about an upload says; a finished one does not expire."""
    headers = {"Tus-Resumable": TUS}
    if not (upload.done or is_done):
        headers["Upload-Expires"] = format_datetime(upload.expires_at, usegmt=True)
    return headers


def _require_tus(request: Request) -> None:
    if request.headers.get("tus-resumable") != TUS:
        raise InputRefused("tus_version", version=TUS)


async def _find(request: Request, central: Central) -> Upload:
    device = await device_of(request)
    upload_id = check_id(request.path_params["upload_id"])
    return await central.work(central.uploads.find, device.device_id, upload_id)
