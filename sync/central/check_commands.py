"""``check``: is what central keeps still what it was? Database, received files by their hashes, snapshots.

What is damaged and can be had again is set aside, so that it comes again: snapshots are built anew, files
asked for from the tablets that sent them.
"""

from __future__ import annotations

import argparse
import os

from sync.central.commands import opened
from sync.central.composition import Central
from sync.cli.frame import Findings, Result, chosen_language
from sync.contract.errors import NeedsPerson
from sync.messages import sentence


def do_check(arguments: argparse.Namespace) -> Result:
    """Look at everything, also while the server runs; exit 4 when something is not well."""
    with opened(arguments) as central:
        found = _looked_at(central)
    checks = [
        {"name": name, "ok": not names, "found": names, "message": _said(name, names)}
        for name, names in found.items()
    ]
    result: Result = {"checks": checks}
    bad = [name for name, names in found.items() if names]
    if bad:
        raise Findings(NeedsPerson("central_check_found", names=", ".join(bad)), result)
    return result


def _looked_at(central: Central) -> dict[str, list[str]]:
    damaged = central.missing.examine()
    return {
        "database": central.store.faults(),
        "files_damaged": damaged,
        "files_lost": sorted(set(central.missing.lost()) - set(damaged)),
        "snapshots": central.snapshots.look(),
        "base_map": central.maps.look(),
        "readiness": central.readiness.troubles(),
    }


def _said(name: str, names: list[str]) -> str:
    code = f"central_check.{name}" if names else f"central_check.{name}_ok"
    facts = {"count": len(names), "first": names[0][:80] if names else ""}
    return sentence(code, facts, chosen_language(os.environ))


def show_check(result: Result) -> str:
    """A line a check."""
    return "\n".join(f"{'+' if one['ok'] else '!'} {one['message']}" for one in result["checks"])
