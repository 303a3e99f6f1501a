"""The commands about messages: say something on a case, and see what was said on it and who has read it."""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sync.central.attachments import take_in
from sync.central.commands import opened
from sync.central.composition import Central
from sync.central.desk import Desk, DeskAct
from sync.cli.frame import Result
from sync.clock import SystemClock
from sync.contract.errors import InputRefused
from sync.contract.lifecycle import ActKind


def add_commands(add: Callable[..., Any]) -> None:
    """Put them beside the others."""
    message = add("message", help="say something on a case to those in the field")
    message.add_argument("case", metavar="CASE")
    message.add_argument("--note", default="", metavar="TEXT")
    message.add_argument(
        "--photo", action="append", default=[], type=Path, metavar="FILE", help="JPEG or PNG; may be repeated"
    )
    message.add_argument(
        "--voice", action="append", default=[], type=Path, metavar="FILE", help="WAV, at most a minute"
    )
    message.add_argument("--officer", default="", help="who speaks (default: the first who may)")
    messages = add("messages", help="what was said on a case, and who has read it")
    messages.add_argument("case", metavar="CASE")
    messages.add_argument("--read", action="store_true", help="also tell the field that command has read it")
    messages.add_argument("--save", type=Path, metavar="FOLDER", help="put photos and voice notes there")
    messages.add_argument("--officer", default="", help="who reads (default: the first who may)")


def do_message(arguments: argparse.Namespace) -> Result:
    """One message."""
    if not (arguments.note.strip() or arguments.photo or arguments.voice):
        raise InputRefused("message_empty")
    with opened(arguments) as central:
        central.ledger.find(arguments.case)  # before anything is taken in
        attached = take_in(central, arguments.photo, arguments.voice)
        case_id, act = _desk(central).act(
            arguments.case,
            ActKind.MESSAGE,
            officer_id=arguments.officer.upper(),
            note=arguments.note,
            photos=attached,
        )
    return _told(case_id, act)


def do_messages(arguments: argparse.Namespace) -> Result:
    """The messages of a case."""
    with opened(arguments) as central:
        if arguments.read:
            _desk(central).act(arguments.case, ActKind.READ, officer_id=arguments.officer.upper())
        case_id, messages = central.ledger.messages(arguments.case)
        if arguments.save is not None:
            _save(central, messages, arguments.save)
    return {"case_id": case_id, "messages": messages}


def show_messages(result: Result) -> str:
    """One line a message."""
    lines = [
        f"{one['received_at']}  {one['officer_id']:<6}  {one['note']!r}  read by: "
        f"{', '.join(one['read_by']) or '-'}{''.join(_file_line(file) for file in one['files'])}"
        for one in result["messages"]
    ]
    return "\n".join(lines) or "-"


def _file_line(file: dict[str, Any]) -> str:
    length = f" {file['length_ms'] / 1000:.1f} s" if file["length_ms"] else ""
    where = file.get("saved", "") or file["sha256"]
    return f"\n    {file['role']} {file['lane']}{length}  {'' if file['held'] else 'not here yet  '}{where}"


def _save(central: Central, messages: list[dict[str, Any]], folder: Path) -> None:
    """Copy out what is here; a file that has not arrived is left out and says so."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, message in enumerate(messages, 1):
        for place, file in enumerate(message["files"], 1):
            if not file["held"]:
                continue
            ending = {"image/jpeg": ".jpg", "image/png": ".png", "audio/wav": ".wav"}.get(
                file["media_type"], ""
            )
            target = folder / f"{number:04}-{place}-{file['lane']}{ending}"
            shutil.copyfile(central.objects.path_of(file["sha256"]), target)
            file["saved"] = str(target)


def _desk(central: Central) -> Desk:
    return Desk(central.store, central.world, SystemClock())


def _told(case_id: str, act: DeskAct) -> Result:
    return {"case_id": case_id, "act_id": act.act_id, "officer_id": act.officer_id, "sequence": act.sequence}
