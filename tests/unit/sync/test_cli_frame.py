"""The frame of every command line: one object, the right exit code, values that begin with a hyphen."""

from __future__ import annotations

import argparse
import errno
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from sync.cli.frame import Findings, Parser, join_values, run
from sync.contract.errors import InputRefused, NeedsPerson, RetryLater
from sync.replica.database import DatabaseError, OperationalError


def _parser() -> Parser:
    parser = Parser(prog="probe")
    report = parser.commands().add_parser("report")
    report.add_argument("--at")
    report.add_argument("--note", default="")
    report.add_argument("--photo", action="append")
    return parser


def _run(*argv: str, handler: Any = None) -> int:
    def echo(arguments: argparse.Namespace) -> dict[str, Any]:
        return {"at": arguments.at, "note": arguments.note, "data": str(arguments.data)}

    return run(_parser(), {"report": handler or echo}, list(argv))


def _object(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    out = capsys.readouterr().out
    assert out.count("\n") == 1
    found: dict[str, Any] = json.loads(out)
    return found


@pytest.mark.parametrize("at", ["-97.3086,36.2927", "113.9,22.5", "-1,-2", "-.5,0"])
def test_coordinates_with_a_sign_parse(at: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run("report", "--json", "--at", at) == 0
    assert _object(capsys)["at"] == at


def test_a_note_may_begin_with_hyphens(capsys: pytest.CaptureFixture[str]) -> None:
    assert _run("report", "--json", "--note", "--- 路面有泥") == 0
    assert _object(capsys)["note"] == "--- 路面有泥"


def test_a_missing_value_before_a_known_option_is_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert _run("report", "--at", "--json") == 2
    assert _object(capsys)["error"]["code"] == "usage"


def test_a_note_may_be_two_hyphens_and_json_after_it_still_counts(capsys: pytest.CaptureFixture[str]) -> None:
    assert _run("report", "--note", "--", "--json") == 0
    assert _object(capsys)["note"] == "--"


def test_an_empty_data_folder_is_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert _run("report", "--data", "", "--json") == 2
    assert _object(capsys)["error"]["code"] == "usage"


def test_nothing_is_joined_after_a_double_hyphen() -> None:
    assert join_values(["--", "--at", "-1,2"], ["--at"], frozenset()) == ["--", "--at", "-1,2"]


@pytest.mark.parametrize("argv", [(), ("--json",), ("dance", "--json"), ("report", "--json", "--wrong")])
def test_wrong_usage_exits_2(argv: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(*argv) == 2
    if "--json" in argv:
        assert _object(capsys)["ok"] is False
    else:
        assert "usage" in capsys.readouterr().err


def test_common_options_work_before_and_after_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert _run("--data", "/a", "--json", "report") == 0
    assert _object(capsys)["data"] == "/a"
    assert _run("report", "--data", "/b", "--json") == 0
    assert _object(capsys)["data"] == "/b"


@pytest.mark.parametrize(
    ("error", "code"),
    [(InputRefused("class_invalid", value="x"), 3), (NeedsPerson("locked"), 4), (RetryLater("timeout"), 5)],
)
def test_an_expected_error_gives_its_exit_code_and_one_object(
    error: Exception, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(_: argparse.Namespace) -> dict[str, Any]:
        raise error

    assert _run("report", "--json", handler=fail) == code
    found = _object(capsys)
    assert found["ok"] is False
    assert set(found["error"]) == {"code", "message"}
    assert _run("report", handler=fail) == code
    assert capsys.readouterr().err.strip() == found["error"]["message"]


def test_findings_show_their_result_beside_the_error(capsys: pytest.CaptureFixture[str]) -> None:
    def find(_: argparse.Namespace) -> dict[str, Any]:
        raise Findings(NeedsPerson("doctor_found", names="clock"), {"checks": [1]})

    assert _run("report", "--json", handler=find) == 4
    found = _object(capsys)
    assert found["error"]["code"] == "doctor_found"
    assert found["checks"] == [1]


def test_an_interrupt_ends_in_one_object_and_try_later(capsys: pytest.CaptureFixture[str]) -> None:
    def interrupted(_: argparse.Namespace) -> dict[str, Any]:
        raise KeyboardInterrupt

    assert _run("report", "--json", handler=interrupted) == 5
    assert _object(capsys)["error"]["code"] == "interrupted"


def test_undecodable_bytes_in_an_argument_never_break_the_output(capsys: pytest.CaptureFixture[str]) -> None:
    assert _run("report", "--json", "--note", "a\udcffb") == 0
    assert _object(capsys)["note"] == "a\udcffb"


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (DatabaseError("database disk image is malformed"), "folder_broken"),
        (OperationalError("database or disk is full"), "disk_full"),
        (OSError(errno.ENOSPC, "No space left on device"), "disk_full"),
        (PermissionError(errno.EACCES, "Permission denied"), "folder_unwritable"),
        (OSError(errno.EIO, "Input/output error"), "disk_failed"),
    ],
)
def test_what_the_storage_answers_is_said_plainly_wherever_it_strikes(
    error: Exception, code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    def strike(_: argparse.Namespace) -> dict[str, Any]:
        raise error

    assert _run("report", "--json", handler=strike) == 4
    assert _object(capsys)["error"]["code"] == code


def test_a_database_error_that_nobody_can_mend_stays_a_bug() -> None:
    def strike(_: argparse.Namespace) -> dict[str, Any]:
        raise OperationalError("no such column: plaet")

    with pytest.raises(OperationalError):
        _run("report", handler=strike)


def test_what_people_wrote_cannot_command_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    assert _run("report", "--note", "a\x1b[31m\x9b\x07\x7f\u202e\nb\tc 👩\u200d🚒") == 0
    shown = capsys.readouterr().out
    assert "note: a\\x1b[31m\\x9b\\x07\\x7f\\u202e\nb\tc 👩\u200d🚒\n" in shown


def test_a_command_may_have_a_sentence_of_its_own_for_a_code(capsys: pytest.CaptureFixture[str]) -> None:
    def unreachable(_: argparse.Namespace) -> dict[str, Any]:
        raise RetryLater("unreachable")

    parser = Parser(prog="probe")
    commands = parser.commands()
    for name in ("enrol", "once"):
        commands.add_parser(name)
    said = []
    for name in ("enrol", "once"):
        assert run(parser, dict.fromkeys(("enrol", "once"), unreachable), [name, "--json"]) == 5
        said.append(_object(capsys)["error"])
    assert [error["code"] for error in said] == ["unreachable", "unreachable"]
    assert said[0]["message"] != said[1]["message"]


@pytest.mark.parametrize("target", ["closed", "/dev/full"])
def test_output_that_goes_nowhere_ends_no_command(target: str, monkeypatch: pytest.MonkeyPatch) -> None:
    stream = None if target == "closed" else Path(target).open("w")  # noqa: SIM115 - closed by the writer's end
    for name in ("stdout", "stderr"):
        monkeypatch.setattr(sys, name, stream)
    codes = [_run("report", "--json"), _run("report"), _run("dance"), _run("dance", "--json")]
    if stream is not None:
        stream.close()
    assert codes == [0, 0, 2, 2]
