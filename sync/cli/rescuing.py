"""``rescue`` writes all that has not gone into one file; ``repair`` makes a damaged store anew."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

import msgspec

from sync.cli.frame import Result, chosen_language
from sync.clock import SystemClock
from sync.contract.errors import NeedsPerson
from sync.messages import sentence
from sync.replica.folder import DataFolder
from sync.replica.work import WorkStore
from sync.rescue.locked import write_locked_rescue
from sync.rescue.writing import Rescued, write_rescue
from sync.vault.opening import find_key


def do_rescue(arguments: argparse.Namespace) -> Result:
    """Write the rescue file; nothing of the tablet is changed by it."""
    folder = DataFolder(arguments.data)
    target = Path(arguments.to).expanduser().absolute()
    result: Result = msgspec.to_builtins(_written(folder, target))
    return result


def _written(folder: DataFolder, target: Path) -> Rescued:
    """With the data key what has not gone; without it all that lies here, for central to open."""
    try:
        key = find_key(folder).key
    except NeedsPerson as error:
        if error.code not in ("locked", "officer_missing"):
            raise
        return write_locked_rescue(folder, target, SystemClock())
    store = WorkStore(folder, key)
    try:
        return write_rescue(store, target, SystemClock())
    finally:
        store.close()


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
