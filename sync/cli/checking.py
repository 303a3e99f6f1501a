"""``doctor`` and ``verify``: examine the tablet, and hash every original again."""

from __future__ import annotations

import argparse
import os
import sys

import msgspec

from sync.cli.frame import Findings, Result, chosen_language
from sync.cli.looking import SHUT, link_state
from sync.cli.output import write
from sync.cli.words import padded, word
from sync.clock import Clock, SystemClock
from sync.contract.errors import FieldError, NeedsPerson
from sync.examine import (
    STORE_CHECKS,
    Check,
    examine_admission,
    examine_city_data,
    examine_link,
    examine_service,
    examine_store,
    examine_surroundings,
    examine_tablet,
)
from sync.link_state import plain
from sync.messages import sentence
from sync.originals import verify_originals
from sync.replica.database import DatabaseError
from sync.replica.folder import DataFolder
from sync.replica.work import WorkStore
from sync.vault.opening import find_key, system_vault

PROGRESS_EVERY = 50
ADVICE = {
    "daemon_not_running": "doctor_service_advice",
    "not_ours": "doctor_not_ours_advice",
    "server_identity": "doctor_not_ours_advice",
    "token_expired": "doctor_admission_advice",
    "device_refused": "doctor_admission_advice",
    "city_data_damaged": "doctor_city_data_advice",
}
"""What to do about an error that was met; the sentences of all others say so themselves."""


class _Progress:
    """Says to a person at a terminal how many originals have been looked at."""

    def __init__(self, *, quiet: bool) -> None:
        self._quiet = quiet or not sys.stderr.isatty()

    def tell(self, done: int) -> None:
        """So many."""
        if not self._quiet and done % PROGRESS_EVERY == 0:
            write(
                sys.stderr, sentence("doctor_originals_progress", {"done": done}, chosen_language(os.environ))
            )


def do_doctor(arguments: argparse.Namespace) -> Result:
    """Examine everything that can be looked at; exit 4 when something is not well."""
    folder = DataFolder(arguments.data)
    clock = SystemClock()
    vault = system_vault(folder, clock)
    link = list(examine_link(folder, vault, clock))
    checks = [
        *examine_tablet(folder, vault),
        examine_service(*link_state(folder)),
        *link,
        *_store_checks(folder, clock, arguments, reached=all(check.ok is not None for check in link)),
        examine_city_data(folder),
        *examine_surroundings(folder),
    ]
    language = chosen_language(os.environ)
    result: Result = {"checks": [_told(check, language) for check in checks]}
    bad = [word("check", check.name, language) for check in checks if check.ok is False]
    if bad:
        raise Findings(NeedsPerson("doctor_found", names=", ".join(bad)), result)
    return result


def do_verify(arguments: argparse.Namespace) -> Result:
    """Hash all originals; exit 4 when one is not what was saved."""
    folder = DataFolder(arguments.data)
    store = WorkStore(folder, find_key(folder).key, looking=True)
    try:
        verified = verify_originals(store)
    finally:
        store.close()
    result: Result = msgspec.to_builtins(verified)
    if verified.findings:
        count = len(verified.findings)
        raise Findings(NeedsPerson("verify_found", count=count, checked=verified.checked), result)
    return result


def show_doctor(result: Result) -> str:
    """The examination for a person."""
    language = chosen_language(os.environ)
    signs = {True: "ok", False: "!!", None: "--"}
    lines = []
    for check in result["checks"]:
        name = padded(word("check", check["name"], language), 12)
        lines.append(f"{signs[check['ok']]}  {name}{check['detail']}")
        if check["advice"]:
            lines.append(f"    {'':<12}{check['advice']}")
    return "\n".join(lines)


def _store_checks(
    folder: DataFolder, clock: Clock, arguments: argparse.Namespace, *, reached: bool
) -> list[Check]:
    try:
        store = WorkStore(folder, find_key(folder).key, looking=True)
    except FieldError as error:
        ok = None if error.code in SHUT else False
        checks = [Check(name, ok, plain(error.facts), error.code) for name in STORE_CHECKS]
        return [Check("admission", None), *checks]
    try:
        told = _Progress(quiet=arguments.json).tell
        checks = list(examine_store(store, clock, originals=arguments.originals, told=told))
        return [_admission(store) if reached else Check("admission", None), *checks]
    finally:
        store.close()


def _admission(store: WorkStore) -> Check:
    """Whether central takes this tablet for one of its own."""
    try:
        identity = store.meta.require_identity()
    except (FieldError, DatabaseError):  # said by the checks of the store
        return Check("admission", None)
    return examine_admission(identity, store.folder)


def _told(check: Check, language: str) -> Result:
    """A check in words: what was found, and what to do where it is not well."""
    facts = {name: word(name, fact, language) for name, fact in check.facts.items() if fact is not None}
    if check.code:
        code = check.code
    else:
        code = "doctor_not_looked_at" if check.ok is None and not check.facts else f"doctor_{check.name}"
    detail = sentence(code, facts, language)
    own = ADVICE.get(check.code, "") if check.code else f"doctor_{check.name}_advice"
    wanted = check.ok is False or check.code == "daemon_not_running"
    advice = sentence(own, facts, language) if own and wanted else ""
    return {"name": check.name, "ok": check.ok, "detail": detail, "advice": advice, "facts": check.facts}
