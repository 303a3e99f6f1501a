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
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

import platformdirs

from sync.cli.output import Result as Result
from sync.cli.output import Shown as Shown
from sync.cli.output import chosen_language as chosen_language
from sync.cli.output import json_line as json_line
from sync.cli.output import make_streams_safe, print_error, print_result, say_bug, write
from sync.cli.usage import usage_line, usage_sentence
from sync.contract.errors import EXIT_DONE, EXIT_USAGE, FieldError, RetryLater
from sync.messages import sentence, sentence_in
from sync.replica.database import DatabaseError
from sync.replica.reference import damage_in
from sync.replica.storage_errors import of_anything

Handler = Callable[[argparse.Namespace], Result]

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
            type=_folder,
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

    def _get_values(self, action: argparse.Action, arg_strings: list[str]) -> Any:
        """Two hyphens that were joined to their option are its value; argparse would throw them away."""
        if action.option_strings and arg_strings == ["--"]:
            return self._get_value(action, "--")
        return super()._get_values(action, arg_strings)

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


def _folder(text: str) -> Path:
    if not text:
        raise argparse.ArgumentTypeError("a folder is needed")
    return Path(text)


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
    given = join_values(argv, free_text, parser.known_options())
    as_json = wants_json(given)
    language = chosen_language(os.environ)
    command = ""
    make_streams_safe()
    sys.excepthook = partial(say_bug, as_json)
    try:
        arguments = parser.parse_args(given)
        command = str(arguments.command)
        with _plain_storage_errors(arguments.data):
            result = handlers[command](arguments)
    except SystemExit as asked_for_help:
        return int(asked_for_help.code or EXIT_DONE)
    except UsageError as error:
        said = usage_sentence(str(error), language)
        print_error("usage", said, as_json, {}, also=usage_line(error.usage, language))
        return EXIT_USAGE
    except Findings as found:
        if not as_json:
            print_result(found.result, (shown or {}).get(command))
        print_error(found.error.code, _said(command, found.error, language), as_json, found.result)
        return found.error.exit_code
    except FieldError as error:
        print_error(error.code, _said(command, error, language), as_json, {})
        return error.exit_code
    except KeyboardInterrupt:
        print_error("interrupted", sentence("interrupted", {}, language), as_json, {})
        return RetryLater.exit_code
    if as_json:
        write(sys.stdout, json_line({"ok": True, **result}))
    else:
        print_result(result, (shown or {}).get(command))
    return EXIT_DONE


@contextmanager
def _plain_storage_errors(folder: Path) -> Iterator[None]:
    """A full disk or a damaged store is said plainly wherever it strikes."""
    try:
        yield
    except (DatabaseError, OSError) as error:
        plain = of_anything(error, folder)
        if plain is None:
            raise
        raise (damage_in(folder, plain) if isinstance(error, DatabaseError) else plain) from error


def _said(command: str, error: FieldError, language: str) -> str:
    """The sentence of an error, the command's own where it has one (``enrol.unreachable``)."""
    return sentence_in(command, error.code, error.facts, language)


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
