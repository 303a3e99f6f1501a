"""``fieldapp-central clashes``, ``uphold`` and ``set-aside``: what was done on a case that had moved on."""

from __future__ import annotations

import argparse
from collections.abc import Callable

import msgspec

from sync.central.commands import opened
from sync.central.desk import Desk
from sync.central.store.clashes import Clashes
from sync.cli.frame import Result
from sync.clock import SystemClock
from sync.contract.lifecycle import LIFE_CYCLE, ActKind

RULINGS: dict[str, tuple[ActKind, str]] = {
    "uphold": (ActKind.UPHOLD, "let refused work count (认可): the case waits for verification"),
    "set-aside": (
        ActKind.SET_ASIDE,
        "decide that a refused act does not count (不予采用); it stays to be seen",
    ),
}


def add_commands(add: Callable[..., argparse.ArgumentParser], page: Callable[[str], int]) -> None:
    """The three commands."""
    add("clashes", help="acts on cases that had moved on, undecided").add_argument(
        "--limit", type=page, default=50
    )
    for name, (kind, text) in RULINGS.items():
        command = add(name, help=text)
        command.add_argument("case", metavar="CASE")
        command.add_argument(
            "--act", default="", metavar="UUID", help="the refused act (default: of the case's only clash)"
        )
        command.add_argument("--officer", default="", help="who decides (default: the first who may)")
        command.add_argument("--note", default="", required=LIFE_CYCLE[kind].needs_note)
        command.set_defaults(desk_kind=kind)


def do_clashes(arguments: argparse.Namespace) -> Result:
    """The clashes that wait for the desk."""
    with opened(arguments) as central:
        found: Result = msgspec.to_builtins(Clashes(central.store).page(arguments.limit))
    return found


def do_ruling(arguments: argparse.Namespace) -> Result:
    """One ruling."""
    with opened(arguments) as central:
        about = arguments.act or Clashes(central.store).only_one(arguments.case)
        case_id, act = Desk(central.store, central.world, SystemClock()).act(
            arguments.case,
            arguments.desk_kind,
            officer_id=arguments.officer,
            note=arguments.note,
            about=about,
        )
    return {"case_id": case_id, "about": about, **msgspec.to_builtins(act)}


def show_clashes(result: Result) -> str:
    """One line a clash, its acts below."""
    lines = []
    for clash in result["clashes"]:
        owner = clash["assignee"] or "-"
        lines.append(
            f"{clash['short_id']}  {clash['state']:<10} {clash['class_code']:<9} with {owner},"
            f" done by {clash['officer_id']}: {'work' if clash['work'] else 'no work'}"
        )
        lines += [
            f"    {act['done_at']}  {act['kind']:<12} {act['code']}, photos {act['photos']}"
            f"  {act['act_id']}  {' '.join(act['note'].split())[:60]}"
            for act in clash["acts"]
        ]
    return "\n".join(lines) or "-"
