"""``rescue`` writes all that has not gone into one file; ``repair`` makes a damaged store anew."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

import msgspec

from sync.cli.frame import Result, chosen_language
from sync.clock import SystemClock
from sync.messages import sentence
from sync.replica.folder import DataFolder
from sync.replica.work import WorkStore
from sync.rescue.choosing import store_if_it_opens, write_what_can_be
from sync.vault.opening import find_key


def do_rescue(arguments: argparse.Namespace) -> Result:
    """Write the rescue file; nothing of the tablet is changed by it."""
    folder = DataFolder(arguments.data)
    target = Path(arguments.to).expanduser().absolute()
    with store_if_it_opens(folder, lambda: find_key(folder).key) as store:
        rescued = write_what_can_be(folder, store, target, SystemClock())
    result: Result = msgspec.to_builtins(rescued)
    return result


def show_rescue(result: Result) -> str:
    """What was written, for a person."""
    language = chosen_language(os.environ)
    facts = {**result, "megabytes": round(result["bytes"] / 1_000_000, 1)}
    lines = [sentence("rescue_written_locked" if result["locked"] else "rescue_written", facts, language)]
    if result["missing"] or result["damaged"]:
        lines.append(sentence("rescue_incomplete", facts, language))
    return "\n".join(lines)


def do_repair(arguments: argparse.Namespace) -> Result:
    """Examine the store to its end and make it anew where it is damaged; then all of it has been told."""
    folder = DataFolder(arguments.data)
    store = WorkStore(folder, find_key(folder).key)
    try:
        store.mend()
        rebuilt = store.rebuilt()
        news = rebuilt is not None and not rebuilt.told
        store.rebuilt_told()
        return {"rebuilt": msgspec.to_builtins(rebuilt) if news else None}
    finally:
        store.close()


def show_repair(result: Result) -> str:
    """What came back, for a person."""
    language = chosen_language(os.environ)
    if result["rebuilt"] is None:
        return sentence("repair_whole", {}, language)
    return sentence("doctor_rebuilt", result["rebuilt"], language)
