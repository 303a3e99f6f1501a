"""``fieldapp-sync``: the arguments of every command, and which handler does it."""

from __future__ import annotations

import argparse
import os
import platform
from collections.abc import Sequence
from functools import partial

from sync.cli import checking, joining, looking, mapping, rescuing, running, sending
from sync.cli.frame import Handler, Parser, Shown, run
from sync.cli.usage import whole_number
from sync.cli.words import show_plainly
from sync.vault.opening import OFFICER

OUTBOX_LIMIT = 500
COUNT_MAX = 100_000


def run_sync(argv: Sequence[str]) -> int:
    """Run one command of ``fieldapp-sync`` and return its exit code."""
    return run(sync_parser(), HANDLERS, argv, shown=SHOWN, free_text=("--name",))


def sync_parser() -> Parser:
    """The arguments."""
    parser = Parser(prog="fieldapp-sync", description="Keeps a tablet and its city's server in step.")
    commands = parser.commands()
    enrol = commands.add_parser("enrol", help="let this tablet into a city with a one-time code")
    enrol.add_argument("--server", required=True, metavar="URL", help="https://HOST[:PORT]")
    enrol.add_argument("--code", required=True, help="the code, as it was given")
    enrol.add_argument("--name", default=platform.node(), help="what to call this tablet")
    enrol.add_argument("--officer", metavar="ID", help="also sign this officer in (PIN as for sign-in)")
    enrol.add_argument("--pin-stdin", action="store_true", help=argparse.SUPPRESS)
    sign_in = commands.add_parser("sign-in", help="sign an officer in; the PIN is asked for")
    known = os.environ.get(OFFICER, "")
    sign_in.add_argument(
        "--officer", required=not known, default=known, metavar="ID", help=f"default: {OFFICER}"
    )
    sign_in.add_argument("--pin-stdin", action="store_true", help="read the PIN from standard input")
    commands.add_parser("sign-out", help="sign out; what is pending stays and is still sent")
    commands.add_parser("run", help="run the sync service until it is stopped")
    commands.add_parser("stop", help="stop the sync service; what waits to be sent waits on")
    once = commands.add_parser("once", help="do one round now")
    once.add_argument("--agree-deletes", action="store_true", help="agree to what mass_delete asked")
    once.add_argument("--refill", action="store_true", help="take the city's public data anew, whole")
    commands.add_parser("status", help="how things stand")
    outbox = commands.add_parser("outbox", help="what has gone, what has not, and why")
    outbox.add_argument(
        "--limit",
        type=partial(whole_number, 1, COUNT_MAX),
        default=OUTBOX_LIMIT,
        help="newest records to show",
    )
    sending.add_commands(commands)
    mapping.add_commands(commands)
    doctor = commands.add_parser(
        "doctor", help="examine this tablet; exit 4 when a person must see to something"
    )
    doctor.add_argument(
        "--originals",
        type=partial(whole_number, 1, COUNT_MAX),
        default=None,
        metavar="N",
        help="hash the newest N only (default: all)",
    )
    doctor.add_argument(
        "--no-originals", dest="originals", action="store_const", const=0, help="hash none of them"
    )
    commands.add_parser("verify", help="hash every original and hold it against record and receipt")
    commands.add_parser("repair", help="make the work store anew where it is damaged, say what came back")
    rescue = commands.add_parser(
        "rescue", help="write everything that has not gone into one file for central"
    )
    rescue.add_argument("--to", required=True, metavar="FILE", help="a new file, best on another disk")
    return parser


HANDLERS: dict[str, Handler] = {
    "enrol": joining.do_enrol,
    "sign-in": joining.do_sign_in,
    "sign-out": joining.do_sign_out,
    "run": running.do_run,
    "stop": running.do_stop,
    "once": running.do_once,
    "status": looking.do_status,
    "outbox": looking.do_outbox,
    "settings": sending.do_settings,
    "pause": sending.do_pause,
    "resume": sending.do_resume,
    "send-now": sending.do_send_now,
    "base-map": mapping.do_base_map,
    "doctor": checking.do_doctor,
    "verify": checking.do_verify,
    "repair": rescuing.do_repair,
    "rescue": rescuing.do_rescue,
}
SHOWN: dict[str, Shown] = {
    **dict.fromkeys(HANDLERS, show_plainly),
    "status": looking.show_status,
    "outbox": looking.show_outbox,
    "settings": sending.show_settings,
    "pause": sending.show_settings,
    "resume": sending.show_settings,
    "base-map": mapping.show_base_map,
    "doctor": checking.show_doctor,
    "repair": rescuing.show_repair,
    "rescue": rescuing.show_rescue,
}
