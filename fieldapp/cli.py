"""The ``fieldapp`` command: without a command it opens the window, with one it needs no display.

    fieldapp lookup PLATE [--at LON,LAT …] · report --class CODE --photo FILE … · tasks · act CASE ACT
    fieldapp read-qr FILE · read-plate FILE · base-map [FILE]
    fieldapp shift […]: a whole shift through the window, to see that these programs work on this machine

The commands run the same use cases as the pages.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from unicodedata import normalize

from fieldapp import cli_lookup, cli_map, cli_reading, cli_remarks
from fieldapp.capture.act import find_case, submit_act, view_case
from fieldapp.capture.desk import Desk
from fieldapp.capture.drafts import COMMAND, DraftBody, discard_untouched, start_draft
from fieldapp.capture.duties import PAIRED
from fieldapp.capture.opening import open_desk
from fieldapp.capture.photos import import_photo
from fieldapp.capture.report import submit_report
from fieldapp.capture.withdrawing import take_back
from fieldapp.cli_shown import show_lookup, show_tasks
from fieldapp.geo.nmea import last_place
from sync.cli.frame import Parser, Result, run
from sync.contract.errors import FieldError, InputRefused, NeedsPerson
from sync.contract.lifecycle import ActKind
from sync.contract.records import NOWHERE, Photo, PhotoRole, Place, PlaceSource, check_place
from sync.control import ControlClient
from sync.replica.folder import DataFolder
from sync.vault.opening import find_key

_NUMBER = r"([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|[+-]?(?:nan|inf))"
_AT = re.compile(f"{_NUMBER},{_NUMBER}", re.ASCII)
COMMANDS = ("lookup", "report", "tasks", "act", *cli_reading.COMMANDS, *cli_map.COMMANDS)


def main(argv: Sequence[str] | None = None) -> int:
    """Entry point of the console script."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if arguments[:1] == ["shift"]:
        from fieldapp.demo.shift.command_line import main as play_shift

        return play_shift(arguments[1:])
    if not any(argument in (*COMMANDS, "-h", "--help", "--json") for argument in arguments):
        from fieldapp.app import main as open_window

        return open_window(arguments)
    handlers = {"lookup": _lookup, "report": _report, "tasks": _tasks, "act": _act}
    handlers |= cli_reading.handlers(_desk) | cli_map.handlers()
    return run(_parser(), handlers, arguments, shown={"lookup": show_lookup, "tasks": show_tasks})


def _parser() -> Parser:
    parser = Parser(
        prog="fieldapp", description="The field app. Without a command it opens the window.", epilog=_PIN_HELP
    )
    commands = parser.commands()
    lookup = "a truck's permits and blacklist, and whether it may be here, now, with its load; offline"
    cli_lookup.add_options(commands.add_parser("lookup", help=lookup))
    report = commands.add_parser("report", help="save a report with photos")
    report.add_argument("--class", dest="class_code", required=True, metavar="CODE")
    report.add_argument("--photo", action="append", type=Path, default=[], metavar="FILE", help="repeatable")
    _add_place(report)
    report.add_argument("--note", default="", metavar="TEXT")
    commands.add_parser("tasks", help="the cases dispatched to the officer")
    act = commands.add_parser("act", help="append an act to a case")
    act.add_argument("case", metavar="CASE", help="a case's id or its short end")
    act.add_argument("act", metavar="ACT", choices=[k.value for k in ActKind if k is not ActKind.REPORT])
    act.add_argument("--photo", action="append", type=Path, default=[], metavar="FILE", help="repeatable")
    act.add_argument(
        "--before", action="append", type=Path, default=[], metavar="FILE", help="how it was; repeatable"
    )
    _add_place(act)
    act.add_argument("--note", default="", metavar="TEXT")
    cli_reading.add_commands(commands)
    cli_map.add_commands(commands)
    return parser


def _add_place(command: argparse.ArgumentParser) -> None:
    where = command.add_mutually_exclusive_group()
    where.add_argument("--at", metavar="LON,LAT", help="WGS-84 degrees")
    where.add_argument("--nmea", type=Path, metavar="FILE", help="the last fix of an NMEA recording")
    command.add_argument("--accuracy", type=float, metavar="M", help="metres")


_PIN_HELP = (
    "Commands act for the officer who is signed in; in a script set FIELDAPP_OFFICER and FIELDAPP_PIN."
)


@contextmanager
def _desk(arguments: argparse.Namespace) -> Iterator[Desk]:
    folder = DataFolder(arguments.data)
    opened = find_key(folder)
    if opened.officer_id is None:
        raise NeedsPerson("sign_in_first")
    desk = open_desk(folder, opened.key, opened.officer_id)
    try:
        yield desk
    finally:
        desk.work.close()
        desk.reference.close()


def _lookup(arguments: argparse.Namespace) -> Result:
    place = NOWHERE if arguments.at is None else parse_at(arguments.at, arguments.accuracy)
    with _desk(arguments) as desk:
        answer = cli_lookup.answer(desk, arguments, place)
        _wake_daemon(desk.folder)
    return answer


def _report(arguments: argparse.Namespace) -> Result:
    place = _place(arguments)
    with _desk(arguments) as desk:
        body = DraftBody(class_code=arguments.class_code, note=arguments.note, place=place, by=COMMAND)
        draft_id, mine = start_draft(desk, body=body), set()
        try:
            for photo in arguments.photo:
                mine.add(import_photo(desk, draft_id, photo).photo_id)
            saved = submit_report(desk, draft_id)
        except FieldError:
            discard_untouched(desk, draft_id, body, mine)
            raise
        _wake_daemon(desk.folder)
    return {
        "report_id": saved.record_id,
        "photos": [_photo(photo) for photo in saved.photos],
        "grid_cell": saved.grid_cell,
        **cli_remarks.on_report(saved.grid_cell),
    }


def _tasks(arguments: argparse.Namespace) -> Result:
    with _desk(arguments) as desk:
        rows = desk.work.city.cases_of(desk.officer.officer_id)
        views = [view_case(desk, str(row["case_id"])) for row in rows]
    return {
        "tasks": [
            {
                "case_id": view.row["case_id"],
                "state": view.standing.state.value,
                "class_code": view.row["class_code"],
                "note": view.row["note"],
                "grid_cell": view.row["grid_cell"],
                "due_at": view.row["due_at"],
                "pending_acts": len(view.pending),
                "acts_offered": [kind.value for kind in view.offered],
            }
            for view in views
        ]
    }


def _act(arguments: argparse.Namespace) -> Result:
    kind = ActKind(arguments.act)
    if kind is ActKind.WITHDRAW:
        return _withdraw(arguments)
    place = _place(arguments)
    with _desk(arguments) as desk:
        case_id = find_case(desk, arguments.case)
        body, draft_id, mine = DraftBody(note=arguments.note, by=COMMAND), "", set()
        try:
            if arguments.photo or arguments.before:
                draft_id = start_draft(desk, kind=kind.value, case_id=case_id, body=body)
                role = PhotoRole.AFTER if kind in PAIRED else PhotoRole.SCENE
                for photo in arguments.before:
                    mine.add(import_photo(desk, draft_id, photo, role=PhotoRole.BEFORE).photo_id)
                for photo in arguments.photo:
                    mine.add(import_photo(desk, draft_id, photo, role=role).photo_id)
            note = "" if draft_id else arguments.note  # in its draft, which others may have seen
            saved = submit_act(desk, case_id, kind, note=note, place=place, draft_id=draft_id)
        except FieldError:
            if draft_id:
                discard_untouched(desk, draft_id, body, mine)
            raise
        view = view_case(desk, case_id)
        _wake_daemon(desk.folder)
    return {
        "act_id": saved.record_id,
        "case_id": case_id,
        "state": view.standing.state.value,
        "photos": [_photo(photo) for photo in saved.photos],
        **(cli_remarks.on_arrival(place, view.row) if kind is ActKind.ARRIVE else {}),
    }


def _withdraw(arguments: argparse.Namespace) -> Result:
    with _desk(arguments) as desk:
        taken = take_back(desk, arguments.case)
        _wake_daemon(desk.folder)
    return {"taken_back": taken.record_id, "case_id": taken.case_id, "how": taken.how.value}


def _wake_daemon(folder: DataFolder) -> None:
    """Tell a running daemon that something is there to go, and give it the key it may not have."""
    with suppress(FieldError), ControlClient(folder) as daemon:
        daemon.ask("unlock", key=find_key(folder).key)
        daemon.ask("nudge")


def _photo(photo: Photo) -> dict[str, object]:
    return {"name": photo.name, "sha256": photo.original.sha256, "bytes": photo.original.bytes}


def _place(arguments: argparse.Namespace) -> Place:
    if arguments.at is not None:
        return parse_at(arguments.at, arguments.accuracy)
    if arguments.nmea is not None:
        return last_place(arguments.nmea)
    return NOWHERE


def parse_at(text: str, accuracy_m: float | None) -> Place:
    """A typed position ``LON,LAT``; marked as a pin, since nobody measured it."""
    found = _AT.fullmatch(normalize("NFKC", text).replace(" ", ""))
    if found is None:
        raise InputRefused("position_malformed", value=text[:40])
    return check_place(Place(PlaceSource.PIN, float(found[1]), float(found[2]), accuracy_m))


if __name__ == "__main__":
    sys.exit(main())
