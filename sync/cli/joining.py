"""``enrol``, ``sign-in``, ``sign-out``."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from contextlib import suppress

from sync.cli.frame import Findings, Result
from sync.clock import SystemClock
from sync.contract.errors import FieldError, InputRefused, NeedsPerson
from sync.contract.ids import check_officer_id
from sync.control import ControlClient
from sync.enrol import enrol
from sync.replica.folder import DataFolder
from sync.signing_in import SignedIn, sign_in, sign_out
from sync.vault import session
from sync.vault.opening import PIN, find_key
from sync.vault.wrapping import check_pin

PIN_LINE_MAX = 64


def do_enrol(arguments: argparse.Namespace) -> Result:
    """Let this tablet in; with ``--officer`` sign them in as well."""
    officer = check_officer_id(arguments.officer) if arguments.officer else ""
    pin = check_pin(_pin(arguments)) if officer else ""
    folder = DataFolder(arguments.data)
    key = None
    if folder.holds_work():
        with suppress(FieldError):
            key = find_key(folder).key
    enrolled = enrol(folder, arguments.server, arguments.code, arguments.name, SystemClock(), key=key)
    tell_daemon(folder, enrolled.key)
    city = enrolled.identity.city
    result: Result = {
        "device_id": enrolled.identity.device_id,
        "server": enrolled.identity.server,
        "city": {"zh": city.name_zh, "en": city.name_en, "division": city.division},
        "officer": enrolled.officer_id or None,
        "signed_in": session.recall(folder) is not None,
    }
    if not officer:
        return result
    try:
        signed_in = sign_in(folder, officer, pin)
    except FieldError as error:  # the enrolment stands all the same
        raise Findings(error, result) from error
    return {**result, **_signed_in(folder, signed_in)}


def do_sign_in(arguments: argparse.Namespace) -> Result:
    """Sign an officer in and let a waiting daemon open the store."""
    folder = DataFolder(arguments.data)
    signed_in = sign_in(folder, arguments.officer, _pin(arguments))
    tell_daemon(folder, signed_in.key)
    return _signed_in(folder, signed_in)


def do_sign_out(arguments: argparse.Namespace) -> Result:
    """Nobody is signed in any more; a running daemon goes on sending."""
    folder = DataFolder(arguments.data)
    before = session.recall(folder)
    sign_out(folder)
    return {"signed_out": before is not None, "officer": before.officer_id if before else None}


def tell_daemon(folder: DataFolder, key: bytes) -> None:
    """Hand the key to a daemon that waits for it, if there is one."""
    with suppress(FieldError), ControlClient(folder) as client:
        client.ask("unlock", key=key)


def _signed_in(folder: DataFolder, signed_in: SignedIn) -> Result:
    """``session`` is false where this system keeps no session: then each command needs the PIN again."""
    card = signed_in.card
    return {
        "officer": signed_in.officer_id,
        "name": card.name if card else None,
        "role": card.role if card else None,
        "signed_in": True,
        "session": session.recall(folder) is not None,
    }


def _pin(arguments: argparse.Namespace) -> str:
    """The PIN from FIELDAPP_PIN, from standard input, or asked for; never from an argument."""
    given = os.environ.get(PIN)
    if given:
        return given
    if arguments.pin_stdin:
        return sys.stdin.readline(PIN_LINE_MAX).strip()
    if not sys.stdin.isatty():
        raise NeedsPerson("pin_missing")
    try:
        return getpass.getpass("PIN: ")
    except EOFError:
        raise InputRefused("pin_invalid") from None
