"""Errors as RFC 9457 problems, with our stable code and facts beside the standard members.

``STATUS`` is the one table from code to HTTP status; a code that is not in it goes by its kind.
"""

from __future__ import annotations

import errno
import math
from http import HTTPStatus

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from sync.central.store.intake import Facts, plain_facts
from sync.contract.errors import FieldError, InputRefused, NeedsPerson, RetryLater
from sync.contract.wire import Problem
from sync.replica.database import OperationalError

PROBLEM_JSON = "application/problem+json"
CHECKSUM_MISMATCH = 460
"""What tus calls it when bytes have another hash than was said."""

STATUS: dict[str, int] = {
    "request_invalid": 422,
    "json_invalid": 400,
    "header_invalid": 400,
    "cursor_invalid": 400,
    "token_missing": 401,
    "token_invalid": 401,
    "token_expired": 401,
    "device_refused": 403,
    "signature_invalid": 403,
    "nonce_used": 409,
    "record_conflict": 409,
    "act_not_allowed": 409,
    "dispatch_to_same": 409,
    "case_not_found": 404,
    "visit_unknown": 404,
    "already_rated": 409,
    "desk_act_unknown": 422,
    "unit_unknown": 404,
    "unit_without_officers": 409,
    "dispatch_to_nobody": 422,
    "ruling_unknown": 404,
    "ruling_not_work": 409,
    "alert_unknown": 404,
    "alert_taken": 409,
    "alert_over": 409,
    "alert_act_not_allowed": 409,
    "alert_to_unfit": 422,
    "alert_needs_reason": 422,
    "code_unknown": 403,
    "code_used": 403,
    "code_expired": 403,
    "pin_wrong": 403,
    "officer_inactive": 403,
    "too_many_attempts": 429,
    "too_many_uploads": 429,
    "cursor_gone": 410,
    "upload_unknown": 404,
    "photo_unknown": 404,
    "snapshot_unknown": 404,
    "base_map_replaced": 404,
    "offset_mismatch": 409,
    "upload_superseded": 409,
    "upload_stalled": 408,
    "upload_too_long": 413,
    "file_too_large": 413,
    "body_too_large": 413,
    "batch_too_large": 413,
    "media_type_unsupported": 415,
    "tus_version": 412,
    "hash_mismatch": CHECKSUM_MISMATCH,
    "range_unsatisfiable": 416,
    "server_busy": 503,
    "not_ready": 503,
    "city_missing": 503,
    "disk_full": 507,
    "store_busy": 503,
    "disk_failed": 500,
    "folder_broken": 500,
    "folder_unwritable": 500,
}

_BY_STATUS = {400: "request_invalid", 404: "not_found", 405: "method_not_allowed", 500: "server_fault"}


def status_of(error: FieldError) -> int:
    """The HTTP status of an expected error."""
    kinds = ((RetryLater, 503), (InputRefused, 422), (NeedsPerson, 403))
    by_kind = next((status for kind, status in kinds if isinstance(error, kind)), 500)
    return STATUS.get(error.code, by_kind)


def problem_response(
    error: FieldError, headers: dict[str, str] | None = None, *, facts: Facts | None = None
) -> Response:
    """An expected error as a problem; of our own troubles others learn only what ``facts`` says."""
    status = status_of(error)
    more = dict(headers or {})
    if isinstance(error, RetryLater) and (error.after_s is not None or status in (429, 503)):
        more["Retry-After"] = str(max(1, math.ceil(error.after_s or 1)))
    if status == 401:
        more["WWW-Authenticate"] = "Bearer"
    problem = Problem(
        type=f"urn:fieldapp:problem:{error.code}",
        title=_title(status),
        status=status,
        code=error.code,
        facts=facts or (plain_facts(error) if status < 500 else {}),
    )
    return Response(msgspec.json.encode(problem), status, more, media_type=PROBLEM_JSON)


def _title(status: int) -> str:
    return "Checksum Mismatch" if status == CHECKSUM_MISMATCH else HTTPStatus(status).phrase


async def on_field_error(_request: Request, error: Exception) -> Response:
    """Any expected error that a route raised."""
    if not isinstance(error, FieldError):
        raise error
    return problem_response(error)


async def on_http_error(_request: Request, error: Exception) -> Response:
    """What the router itself answers: no such path, no such method."""
    if not isinstance(error, HTTPException):
        raise error
    code = _BY_STATUS.get(error.status_code, "request_invalid")
    problem = Problem(
        type=f"urn:fieldapp:problem:{code}",
        title=_title(error.status_code),
        status=error.status_code,
        code=code,
    )
    headers = dict(error.headers or {})
    return Response(msgspec.json.encode(problem), error.status_code, headers, media_type=PROBLEM_JSON)


async def on_bug(_request: Request, _error: Exception) -> Response:
    """Our bug: the traceback is logged by the server, the peer only learns that it was one."""
    problem = Problem(
        type="urn:fieldapp:problem:server_fault", title=_title(500), status=500, code="server_fault"
    )
    return Response(msgspec.json.encode(problem), 500, media_type=PROBLEM_JSON)


async def on_database_busy(_request: Request, error: Exception) -> Response:
    """The database is locked for too long, or its disk is full: both pass."""
    if not isinstance(error, OperationalError):
        raise error
    full = "full" in str(error)
    return problem_response(RetryLater("disk_full" if full else "server_busy", after_s=30 if full else 2))


async def on_os_error(_request: Request, error: Exception) -> Response:
    """A full disk under the files; any other trouble with files is ours."""
    if not isinstance(error, OSError) or error.errno not in (errno.ENOSPC, errno.EDQUOT):
        raise error
    return problem_response(RetryLater("disk_full", after_s=30))


async def on_gone_client(_request: Request, _error: Exception) -> Response:
    """The peer went away in the middle of its request: nobody is left to answer."""
    return Response(status_code=400)


HANDLERS = {
    FieldError: on_field_error,
    HTTPException: on_http_error,
    OperationalError: on_database_busy,
    ClientDisconnect: on_gone_client,
    OSError: on_os_error,
    Exception: on_bug,
}
