"""The commands about messages: say something on a case, and see what was said on it and who has read it."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

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
    message.add_argument("--note", required=True, metavar="TEXT")
    message.add_argument("--officer", default="", help="who speaks (default: the first who may)")
    messages = add("messages", help="what was said on a case, and who has read it")
    messages.add_argument("case", metavar="CASE")
    messages.add_argument("--read", action="store_true", help="also tell the field that command has read it")
    messages.add_argument("--officer", default="", help="who reads (default: the first who may)")


def do_message(arguments: argparse.Namespace) -> Result:
    """One message."""
    if not arguments.note.strip():
        raise InputRefused("message_empty")
    with opened(arguments) as central:
        case_id, act = _desk(central).act(
            arguments.case, ActKind.MESSAGE, officer_id=arguments.officer.upper(), note=arguments.note
        )
    return _told(case_id, act)


def do_messages(arguments: argparse.Namespace) -> Result:
    """The messages of a case."""
    with opened(arguments) as central:
        if arguments.read:
            _desk(central).act(arguments.case, ActKind.READ, officer_id=arguments.officer.upper())
        case_id, messages = central.ledger.messages(arguments.case)
    return {"case_id": case_id, "messages": messages}


def show_messages(result: Result) -> str:
    """One line a message."""
    lines = [
        f"{one['received_at']}  {one['officer_id']:<6}  {one['note']!r}  read by: "
        f"{', '.join(one['read_by']) or '-'}"
        for one in result["messages"]
    ]
    return "\n".join(lines) or "-"


def _desk(central: Central) -> Desk:
    return Desk(central.store, central.world, SystemClock())


def _told(case_id: str, act: DeskAct) -> Result:
    return {"case_id": case_id, "act_id": act.act_id, "officer_id": act.officer_id, "sequence": act.sequence}
