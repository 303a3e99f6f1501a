"""Errors become problems: the right status, and never a word about the inside."""

import asyncio
import errno

import msgspec
import pytest
from starlette.requests import Request

from sync.central.routes.problems import STATUS, on_bug, on_database_busy, on_os_error, problem_response
from sync.contract.errors import FieldError, InputRefused, NeedsPerson, RetryLater
from sync.contract.wire import Problem
from sync.messages import sentences
from sync.replica.database import OperationalError
from sync.resources import resource

NOBODY = Request({"type": "http"})


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (InputRefused("never_heard_of"), 422),
        (NeedsPerson("never_heard_of"), 403),
        (RetryLater("never_heard_of"), 503),
        (NeedsPerson("cursor_gone"), 410),
        (InputRefused("hash_mismatch"), 460),
    ],
)
def test_error_gets_its_status(error: FieldError, status: int) -> None:
    assert problem_response(error).status_code == status


@pytest.mark.parametrize(
    ("text", "status", "code"),
    [("database is locked", 503, "server_busy"), ("database or disk is full", 507, "disk_full")],
)
def test_trouble_with_the_database_asks_to_come_again(text: str, status: int, code: str) -> None:
    answer = asyncio.run(on_database_busy(NOBODY, OperationalError(text)))
    problem = msgspec.json.decode(answer.body, type=Problem)
    assert (answer.status_code, problem.code) == (status, code)
    assert int(answer.headers["Retry-After"]) > 0


def test_full_disk_under_the_files_is_507_and_other_trouble_is_ours() -> None:
    full = OSError(errno.ENOSPC, "No space left on device")
    assert asyncio.run(on_os_error(NOBODY, full)).status_code == 507
    with pytest.raises(OSError, match="denied"):
        asyncio.run(on_os_error(NOBODY, OSError(errno.EACCES, "denied")))


def test_bug_is_told_without_its_insides() -> None:
    answer = asyncio.run(on_bug(NOBODY, ValueError("secret path")))
    assert answer.status_code == 500
    assert b"secret" not in bytes(answer.body)


def test_every_code_with_its_own_status_is_in_the_protocol_and_has_sentences() -> None:
    protocol = resource("docs", "protocol.md").read_text(encoding="utf-8")
    assert [code for code in STATUS if f"`{code}`" not in protocol] == []
    for language in ("en", "zh"):
        assert [code for code in STATUS if code not in sentences(language)] == []
