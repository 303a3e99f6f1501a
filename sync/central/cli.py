"""``fieldapp-central``: run a central and work at its desk, also while it serves in another process."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from enum import Enum
from pathlib import Path

import platformdirs

from sync.central import (
    alert_commands,
    check_commands,
    clash_commands,
    commands,
    desk_commands,
    map_commands,
    message_commands,
    patrol_commands,
    qr_commands,
    rescue_commands,
    shown,
    visit_commands,
)
from sync.central.desk import DESK_ACTS
from sync.central.seeding import DEMO_SEED
from sync.cli.frame import Parser, run
from sync.contract.lifecycle import ActKind, CaseState

PAGE_MAX = 1000


def main() -> int:
    """The console script."""
    return command(sys.argv[1:])


def command(argv: list[str]) -> int:
    """Run one command; answers the exit code."""
    handlers = {
        "serve": commands.do_serve,
        "seed": commands.do_seed,
        "enrol-code": qr_commands.do_enrol_code,
        "permit-qr": qr_commands.do_permit_qr,
        "dispatch": commands.do_dispatch,
        "act": commands.do_act,
        **dict.fromkeys(desk_commands.COMMANDS, desk_commands.do_desk_act),
        "clashes": clash_commands.do_clashes,
        **dict.fromkeys(clash_commands.RULINGS, clash_commands.do_ruling),
        "cases": commands.do_cases,
        "case": commands.do_case,
        "lookups": commands.do_lookups,
        "officers": commands.do_officers,
        "units": commands.do_units,
        "devices": commands.do_devices,
        "scope": commands.do_scope,
        "check": check_commands.do_check,
        "message": message_commands.do_message,
        "messages": message_commands.do_messages,
        "visits": visit_commands.do_visits,
        "rate": visit_commands.do_rate,
        "credential": visit_commands.do_credential,
        "tracks": patrol_commands.do_tracks,
        "track": patrol_commands.do_track,
        "shift-checks": patrol_commands.do_shift_checks,
        "positions": patrol_commands.do_positions,
        "alert": alert_commands.do_alert,
        "alerts": alert_commands.do_alerts,
        "alert-act": alert_commands.do_alert_act,
        "squads": alert_commands.do_squads,
        "calls": alert_commands.do_calls,
        "base-map": map_commands.do_base_map,
        "draw-base-map": map_commands.do_draw_base_map,
        "import": rescue_commands.do_import,
        "rescued": rescue_commands.do_rescued,
    }
    texts = {
        "cases": shown.show_cases,
        "check": check_commands.show_check,
        "clashes": clash_commands.show_clashes,
        "case": shown.show_case,
        "lookups": shown.show_lookups,
        "officers": shown.show_officers,
        "devices": shown.show_devices,
        "rescued": shown.show_rescued,
        "units": shown.show_units,
        "messages": message_commands.show_messages,
        "visits": visit_commands.show_visits,
        "tracks": patrol_commands.show_tracks,
        "shift-checks": patrol_commands.show_shift_checks,
        "positions": patrol_commands.show_positions,
        "alerts": alert_commands.show_alerts,
        "squads": alert_commands.show_squads,
        "calls": alert_commands.show_calls,
        "import": rescue_commands.show_import,
    }
    return run(make_parser(), handlers, argv, shown=texts, free_text=("--note",))


def make_parser() -> Parser:
    """Every command with its arguments."""
    parser = Parser(prog="fieldapp-central", description="The reference central API of one city.")
    parser.set_defaults(data=Path(platformdirs.user_data_dir("fieldapp-central", appauthor=False)))
    add = parser.commands().add_parser
    serve = add("serve", help="serve tablets until told to stop")
    serve.add_argument("--host", default="127.0.0.1", help="address to listen on")
    serve.add_argument(
        "--time-ahead", type=Path, metavar="FILE", help="for demonstrations: run ahead by the seconds in FILE"
    )
    serve.add_argument("--port", type=_port, default=0, help="0 takes any free one")
    serve.add_argument(
        "--name", action="append", default=[], metavar="HOST", help="another name for the certificate"
    )
    seed = add("seed", help="fill with the demo city")
    seed.add_argument("--permits", type=_count, default=100_000)
    seed.add_argument("--seed", type=int, default=DEMO_SEED)
    seed.add_argument("--again", action="store_true", help="also when there is a city already")
    map_commands.add_commands(add)
    code = add("enrol-code", help="a one-time code for a new tablet")
    code.add_argument("--officer", default="", help="whom it is for")
    code.add_argument("--hours", type=_hours, default=24.0, help="how long it serves")
    code.add_argument("--qr", type=Path, metavar="FILE", help="also as a QR with the address, PNG or SVG")
    code.add_argument(
        "--server", default="", metavar="URL", help="address in the QR (default: where it serves)"
    )
    permit = add("permit-qr", help="sign a permit's QR")
    permit.add_argument("permit", metavar="PERMIT")
    permit.add_argument("--out", type=Path, required=True, metavar="FILE", help="PNG or SVG")
    dispatch = add(
        "dispatch",
        help="dispatch a case, opening it first when needed; also from who has it to another (改派)",
    )
    dispatch.add_argument("case", metavar="CASE")
    whom = dispatch.add_mutually_exclusive_group()
    whom.add_argument("--to", default="", metavar="OFFICER", help="(default: of the unit the report names)")
    whom.add_argument(
        "--to-unit", default="", metavar="UNIT", help="number or name: whoever of it has the fewest cases"
    )
    dispatch.add_argument("--note", default="")
    act = add("act", help="another act of the command desk")
    act.add_argument("case", metavar="CASE")
    act.add_argument("kind", metavar="ACT", type=_desk_act, help=_names(DESK_ACTS))
    act.add_argument("--officer", default="", help="who acts (default: the first who may)")
    act.add_argument("--note", default="")
    act.add_argument("--to", default="", metavar="OFFICER")
    desk_commands.add_commands(add)
    cases = add("cases", help="list cases, newest first")
    cases.add_argument("--state", type=_case_state, help=_names(CaseState))
    cases.add_argument("--limit", type=_page, default=50)
    cases.add_argument("--cursor", default="")
    case = add("case", help="one case with its acts and photos")
    case.add_argument("case", metavar="CASE")
    lookups = add("lookups", help="who looked which plate up, newest first")
    lookups.add_argument("--plate", default="", help="of this plate alone")
    lookups.add_argument("--limit", type=_page, default=50)
    lookups.add_argument("--before", type=_sequence, default=0, metavar="N", help="as told by the last page")
    add("officers", help="list officers")
    add("units", help="list the responsible units, what they answer for, and their officers")
    add("devices", help="list the tablets that were let in, with their areas")
    scope = add("scope", help="give a tablet an area; what lies outside leaves it at its next pull")
    scope.add_argument("device", metavar="DEVICE")
    scope.add_argument(
        "--area", default="", metavar="DIGITS", help="6, 9, 12 or 15 (default: the whole city)"
    )
    add("check", help="hash every received file, look at database and snapshots; what is damaged comes anew")
    clash_commands.add_commands(add, _page)
    message_commands.add_commands(add)
    visit_commands.add_commands(add, _page)
    patrol_commands.add_commands(add, _page, _sequence)
    alert_commands.add_commands(add, _page)
    rescue = add("import", help="take in a tablet's rescue file; twice changes nothing")
    rescue.add_argument("file", type=Path, metavar="FILE")
    rescued = add("rescued", help="drafts that came in rescue files, newest first")
    rescued.add_argument("--limit", type=_page, default=50)
    return parser


def _names(kinds: Iterable[Enum]) -> str:
    return ", ".join(str(kind.value) for kind in kinds)


def _desk_act(text: str) -> ActKind:
    kind = next((kind for kind in DESK_ACTS if kind.value == text), None)
    if kind is None:
        raise argparse.ArgumentTypeError(f"{text!r} is none of {_names(DESK_ACTS)}")
    return kind


def _case_state(text: str) -> CaseState:
    state = next((state for state in CaseState if state.value == text), None)
    if state is None:
        raise argparse.ArgumentTypeError(f"{text!r} is none of {_names(CaseState)}")
    return state


def _port(text: str) -> int:
    number = int(text)
    if not 0 <= number <= 65535:
        raise ValueError(text)
    return number


def _count(text: str) -> int:
    number = int(text)
    if not 0 < number <= 5_000_000:
        raise ValueError(text)
    return number


def _page(text: str) -> int:
    number = int(text)
    if not 0 < number <= PAGE_MAX:
        raise ValueError(text)
    return number


def _sequence(text: str) -> int:
    number = int(text)
    if not 0 <= number < 1 << 62:
        raise ValueError(text)
    return number


def _hours(text: str) -> float:
    number = float(text)
    if not 0 < number <= 24 * 365:
        raise ValueError(text)
    return number


if __name__ == "__main__":
    sys.exit(main())
