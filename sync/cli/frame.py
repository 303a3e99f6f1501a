"""What every command line of the product shares: arguments, one JSON object, sentences, exit codes.

    exit 0 done · 1 our bug · 2 usage · 3 input refused · 4 needs a person · 5 try again later

A handler takes the parsed arguments and returns a dict, or raises a ``FieldError``. With ``--json`` exactly
one object goes to standard output: ``{"ok": true, …}`` or ``{"ok": false, "error": {"code", "message"}}``,
for wrong usage too. Without it a person reads plain lines; errors go to standard error.

    parser = Parser(prog="fieldapp", description="…")
    commands = parser.commands()
    lookup = commands.add_parser("lookup", help="…")
    run(parser, {"lookup": do_lookup}, sys.argv[1:])
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, NoReturn

import platformdirs

from sync.contract.errors import EXIT_DONE, EXIT_USAGE, FieldError, RetryLater
from sync.messages import sentence

Result = dict[str, Any]
Handler = Callable[[argparse.Namespace], Result]
Shown = Callable[[Result], str]

_SIGNED_VALUE = re.compile(r"-[\d.]")


class UsageError(Exception):
    """The arguments do not fit; ``usage`` is the short help of the command they were meant for."""

    def __init__(self, text: str, usage: str) -> None:
        super().__init__(text)
        self.usage = usage


class Findings(Exception):
    """An error that has a whole result to show with it: ``doctor`` found something, ``once`` got half way."""

    def __init__(self, error: FieldError, result: Result) -> None:
        super().__init__(error.code)
        self.error = error
        self.result = result


class Parser(argparse.ArgumentParser):
    """An argument parser that raises instead of exiting and knows ``--data`` and ``--json`` everywhere."""

    def __init__(self, **options: Any) -> None:
        super().__init__(allow_abbrev=False, **options)
        below = isinstance(self, Command)  # a command's own default must not undo what stood before it
        silent: Any = argparse.SUPPRESS
        self.add_argument(
            "--data",
            type=Path,
            metavar="DIR",
            default=silent if below else default_data_folder(),
            help="data folder of this tablet (default: the user's own)",
        )
        self.add_argument(
            "--json", action="store_true", default=silent if below else False, help="one JSON object"
        )

    def commands(self) -> argparse._SubParsersAction[Command]:
        """Where commands are added: ``commands().add_parser("status", help="…")``."""
        return self.add_subparsers(dest="command", required=True, metavar="COMMAND", parser_class=Command)

    def error(self, message: str) -> NoReturn:
        """Raise ``UsageError``; ``run`` says it in the form that was asked for."""
        raise UsageError(message, self.format_usage().strip())

    def known_options(self) -> frozenset[str]:
        """Every option of this parser and of its commands."""
        found = set(self._option_string_actions)
        for action in self._actions:
            if isinstance(action, argparse._SubParsersAction):
                for command in action.choices.values():
                    found |= command.known_options()
        return frozenset(found)


class Command(Parser):
    """One command of a parser."""


def default_data_folder() -> Path:
    """The user's own data folder."""
    return Path(platformdirs.user_data_dir("fieldapp", appauthor=False))


def run(
    parser: Parser,
    handlers: Mapping[str, Handler],
    argv: Sequence[str],
    *,
    shown: Mapping[str, Shown] | None = None,
    free_text: Iterable[str] = ("--at", "--note"),
) -> int:
    """Parse, run the command's handler, print, and return the exit code.

    ``shown`` makes a result readable for a person, per command; without one its members are listed.
    ``free_text`` names options whose value may begin with a hyphen.
    """
    as_json = wants_json(argv)
    language = chosen_language(os.environ)
    _make_streams_safe()
    if as_json:
        sys.excepthook = _bug_as_json
    try:
        arguments = parser.parse_args(join_values(argv, free_text, parser.known_options()))
        result = handlers[str(arguments.command)](arguments)
    except SystemExit as asked_for_help:
        return int(asked_for_help.code or EXIT_DONE)
    except UsageError as error:
        _print_error("usage", str(error), as_json, {}, also=error.usage)
        return EXIT_USAGE
    except Findings as found:
        text = sentence(found.error.code, found.error.facts, language)
        if not as_json:
            _print_result(found.result, (shown or {}).get(str(arguments.command)))
        _print_error(found.error.code, text, as_json, found.result)
        return found.error.exit_code
    except FieldError as error:
        _print_error(error.code, sentence(error.code, error.facts, language), as_json, {})
        return error.exit_code
    except KeyboardInterrupt:
        _print_error("interrupted", sentence("interrupted", {}, language), as_json, {})
        return RetryLater.exit_code
    if as_json:
        _write(sys.stdout, json_line({"ok": True, **result}))
    else:
        _print_result(result, (shown or {}).get(str(arguments.command)))
    return EXIT_DONE


def join_values(argv: Sequence[str], options: Iterable[str], known: frozenset[str]) -> list[str]:
    """Join ``--at -97.3,36.2`` into ``--at=-97.3,36.2``, which argparse would take for an option.

    Only a value that begins with a hyphen is joined, and only when it is not itself a known option.
    """
    names = frozenset(options)
    out: list[str] = []
    rest = iter(argv)
    for argument in rest:
        if argument == "--":
            return [*out, argument, *rest]
        if argument not in names:
            out.append(argument)
            continue
        value = next(rest, None)
        if value is None:
            out.append(argument)
        elif _SIGNED_VALUE.match(value) or (value.startswith("-") and value.split("=")[0] not in known):
            out.append(f"{argument}={value}")
        else:
            out += [argument, value]
    return out


def wants_json(argv: Sequence[str]) -> bool:
    """Whether ``--json`` was given, known before the arguments are parsed (they may not parse)."""
    return "--json" in list(argv)[: list(argv).index("--") if "--" in argv else None]


def chosen_language(environment: Mapping[str, str]) -> str:
    """``zh`` or ``en``: FIELDAPP_LANG, else the locale's."""
    for name in ("FIELDAPP_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = environment.get(name, "")
        if value:
            return "zh" if value.lower().startswith("zh") else "en"
    return "en"


def json_line(value: object) -> str:
    """One line of JSON; escaped where the terminal could not show it."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    try:
        text.encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        return json.dumps(value, default=str)
    return text


def _print_result(result: Result, shown: Shown | None) -> None:
    if shown is not None:
        text = shown(result)
    else:
        text = "\n".join(f"{name}: {_plain(value)}" for name, value in result.items())
    if text:
        _write(sys.stdout, text)


def _plain(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)


def _print_error(code: str, text: str, as_json: bool, result: Result, *, also: str = "") -> None:
    if as_json:
        body = {"ok": False, "error": {"code": code, "message": text}, **result}
        _write(sys.stdout, json_line(body))
    else:
        _write(sys.stderr, text if not also else f"{text}\n{also}")


def _write(stream: Any, text: str) -> None:
    try:
        stream.write(text + "\n")
        stream.flush()
    except BrokenPipeError:  # the reader has left; nothing more can be said to it
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _make_streams_safe() -> None:
    """A character that the terminal does not know must never end a command."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


def _bug_as_json(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Our own bugs also end in one object; the traceback goes to standard error. Exit code 1."""
    _print_error("bug", sentence("bug", {"kind": kind.__name__}), True, {})
    sys.__excepthook__(kind, error, trace)
