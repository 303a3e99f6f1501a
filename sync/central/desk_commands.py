"""One command of ``fieldapp-central`` for each decision of the command desk."""

from __future__ import annotations

import argparse
from collections.abc import Callable

import msgspec

from sync.central.commands import opened
from sync.central.desk import Desk
from sync.cli.frame import Result
from sync.clock import SystemClock
from sync.contract.lifecycle import LIFE_CYCLE, ActKind

COMMANDS: dict[str, tuple[ActKind, str]] = {
    "open": (ActKind.OPEN, "open a case (立案), perhaps under a condition"),
    "ask-check": (ActKind.ASK_CHECK, "have a report checked on site before it is opened (核实)"),
    "grant-delay": (ActKind.GRANT_DELAY, "grant more time (延时)"),
    "refuse-delay": (ActKind.REFUSE_DELAY, "refuse the delay that was asked for"),
    "accept-return": (ActKind.ACCEPT_RETURN, "accept that a case was returned (回退)"),
    "refuse-return": (ActKind.REFUSE_RETURN, "give a returned case back to who returned it"),
    "suspend": (ActKind.SUSPEND, "suspend a case (挂账): its clock stops"),
    "refuse-suspend": (ActKind.REFUSE_SUSPEND, "refuse the suspension that was asked for"),
    "resume": (ActKind.RESUME, "take a suspended case up again"),
    "supervise": (ActKind.SUPERVISE, "put a leader's eye on a case (督办)"),
    "close": (ActKind.CLOSE, "close a verified case (结案)"),
    "void": (ActKind.VOID, "void a case (作废)"),
    "learn": (ActKind.LEARN, "write down what was learned from a closed case (复盘)"),
}


def add_commands(add: Callable[..., argparse.ArgumentParser]) -> None:
    """Every decision with its arguments; a note is mandatory where the life cycle wants one."""
    for name, (kind, text) in COMMANDS.items():
        command = add(name, help=text)
        command.add_argument("case", metavar="CASE")
        command.add_argument("--officer", default="", help="who decides (default: the first who may)")
        command.add_argument("--note", default="", required=LIFE_CYCLE[kind].needs_note)
        command.add_argument("--id", default="", metavar="UUID", help="of the act: twice is done once")
        command.set_defaults(minutes=0, condition="", learned="", desk_kind=kind)
        if kind is ActKind.GRANT_DELAY:
            command.add_argument(
                "--minutes", type=_minutes, default=0, help="that count (default: as asked, else one day)"
            )
        if kind is ActKind.CLOSE:
            command.add_argument("--learned", default="", help="what was learned from it (复盘)")
        if kind is ActKind.OPEN:
            command.add_argument("--condition", default="", help="opening condition (default: the class's)")


def do_desk_act(arguments: argparse.Namespace) -> Result:
    """One decision."""
    with opened(arguments) as central:
        desk = Desk(central.store, central.world, SystemClock())
        case_id, act = desk.act(
            arguments.case,
            arguments.desk_kind,
            officer_id=arguments.officer,
            note=arguments.note,
            act_id=arguments.id,
            minutes=arguments.minutes,
            condition=arguments.condition,
            learned=arguments.learned,
        )
    return {"case_id": case_id, **msgspec.to_builtins(act)}


def _minutes(text: str) -> int:
    number = int(text)
    if not 0 < number <= 60 * 24 * 365:
        raise ValueError(text)
    return number
