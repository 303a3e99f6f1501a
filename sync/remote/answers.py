"""What an answer means. Pure: status, headers and bytes in; a value or an error out.

An answer counts only if it is ours: JSON of the very shape that was asked for, or one of our own problems. A
sign-in page of some network with status 200 is not an answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

import msgspec

from sync.contract.errors import FieldError, InputRefused, NeedsPerson, RetryLater
from sync.contract.wire import Problem
from sync.remote.base import CursorGone

JSON = "application/json"
PROBLEM_JSON = "application/problem+json"
OUR_PROBLEMS = "urn:fieldapp:problem:"
RETRY_AFTER_MAX_S = 3600.0
RENEWABLE = frozenset({"token_expired", "token_invalid", "token_missing"})
_OF_THE_ASKER = frozenset(
    {"device_refused", "signature_invalid", "photo_unknown"}
    | {"code_unknown", "code_used", "code_expired", "pin_wrong", "officer_inactive"}
)
"""Problems with 403 or 404 that are about who asks, or what was asked to be given; all others are about what
was sent."""
_SAYS_WHY = frozenset({"city_missing", "not_ready"})
"""Why a server that is not overburdened cannot serve: worth saying instead of "busy"."""
T = TypeVar("T")


class Answer(msgspec.Struct, frozen=True):
    """An answer as it came: header names in lower case, the body within its limit."""

    status: int
    headers: Mapping[str, str]
    body: bytes = b""

    @property
    def media_type(self) -> str:
        """The media type without its parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


def decode(answer: Answer, shape: type[T]) -> T:
    """The value of a good answer; raises what a bad one means."""
    require_ok(answer)
    if answer.media_type != JSON:
        raise RetryLater("not_ours", media_type=answer.media_type[:80])
    try:
        return msgspec.json.decode(answer.body, type=shape)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise RetryLater("not_ours", reason="shape") from error


def require_ok(answer: Answer, *, allowed: tuple[int, ...] = (200,)) -> None:
    """Raise what a status other than the allowed ones means."""
    if answer.status not in allowed:
        raise failure(answer)


def problem_of(answer: Answer) -> Problem | None:
    """Our own problem in an answer, or None."""
    if answer.media_type != PROBLEM_JSON:
        return None
    try:
        problem = msgspec.json.decode(answer.body, type=Problem)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    return problem if problem.type.startswith(OUR_PROBLEMS) and problem.status == answer.status else None


def failure(answer: Answer) -> FieldError:
    """The error a bad answer stands for."""
    status, problem, after_s = answer.status, problem_of(answer), retry_after(answer)
    if status == 507:
        return RetryLater("server_full", after_s=after_s)
    if status in (429, 503):
        said = problem is not None and (status == 429 or problem.code in _SAYS_WHY)
        own = problem.code if problem is not None and said else "server_busy"
        return RetryLater(own, after_s=after_s, **_facts(problem))
    if status >= 500:
        return RetryLater("server_error", after_s=after_s, status=status)
    if problem is None:
        return RetryLater("not_ours", status=status)
    return _from_problem(status, problem, after_s)


def _from_problem(status: int, problem: Problem, after_s: float | None) -> FieldError:
    code, facts = problem.code, _facts(problem)
    if status == 410:
        return CursorGone(code, **facts)
    if status == 401:
        return NeedsPerson("token_expired" if code in RENEWABLE else code, **facts)
    if status in (403, 404):
        return _not_for_us(code, facts)
    if status == 408 or code == "upload_superseded":
        return RetryLater(code, after_s=after_s, **facts)
    return InputRefused(code, **facts)


def _not_for_us(code: str, facts: dict[str, Any]) -> FieldError:
    """What may not be or is not there: the device itself, the address, or only the thing that was sent."""
    if code in _OF_THE_ASKER:
        return NeedsPerson(code, **facts)
    if code in ("snapshot_unknown", "base_map_replaced"):
        return RetryLater(code, **facts)
    if code == "not_found":  # no such endpoint: what was sent to it is not to blame
        return RetryLater("server_refuses", **facts)
    return InputRefused(code, **facts)


def _facts(problem: Problem | None) -> dict[str, Any]:
    """The facts that may become an error's: none that would pass for its other arguments."""
    found = {} if problem is None else problem.facts
    return {name: value for name, value in found.items() if name not in ("self", "code", "after_s")}


def retry_after(answer: Answer) -> float | None:
    """The seconds a server asks us to stay away, bounded; dates are left out, clocks being what they are."""
    text = answer.headers.get("retry-after", "").strip()
    if not (text.isascii() and text.isdecimal()):
        return None
    return min(float(text[:9]), RETRY_AFTER_MAX_S)
