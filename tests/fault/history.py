"""Every operation as ok, failed or unknown, and whether both sides agree with that afterwards.

- ok (acknowledged): exactly once at central, bytes equal, a receipt of that hash on the tablet.
- failed: nowhere.
- unknown (the process died before it could say): wholly there or wholly not.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from pathlib import PurePath
from typing import Any

import msgspec

from sync.replica.files import PART_SUFFIX


class History(msgspec.Struct):
    """What was asked for and what came of it, by record."""

    ok: set[str] = msgspec.field(default_factory=set)
    failed: set[str] = msgspec.field(default_factory=set)
    unknown: set[str] = msgspec.field(default_factory=set)

    def acknowledged(self, record_id: str) -> None:
        """The app or the peer was told that it is saved."""
        self.unknown.discard(record_id)
        self.ok.add(record_id)

    def refused(self, record_id: str) -> None:
        """It was said not to be saved."""
        self.unknown.discard(record_id)
        self.failed.add(record_id)


def compare(history: History, found: dict[str, Any], *, all_sent: bool = True) -> list[str]:
    """What does not agree; empty when all is well."""
    tablet, central = found["tablet"], found["central"]
    wrong = [f"tablet: {line}" for line in (*tablet["checks"], *tablet["reference"])]
    wrong += [f"central: {line}" for line in central["checks"]]
    wrong += _records(history, tablet, central, all_sent=all_sent)
    wrong += _files(tablet, central, all_sent=all_sent)
    wrong += _dangling(tablet, central, settled=all_sent)
    return wrong


def _records(history: History, tablet: Any, central: Any, *, all_sent: bool) -> list[str]:
    wrong = []
    here = {row[0]: row for row in tablet["records"]}
    there = {row[1]: row[2] for row in central["operations"] if row[3] == "done"}
    twice = Counter(row[1] for row in central["operations"] if row[3] == "done")
    wrong += [f"{record}: {count} times at central" for record, count in twice.items() if count != 1]
    numbers = Counter(row[4] for row in central["operations"])
    wrong += [f"device number {number}: {count} records" for number, count in numbers.items() if count != 1]
    for record in history.ok - here.keys():
        wrong.append(f"{record}: acknowledged, and not on the tablet")
    for record in history.failed & (here.keys() | there.keys()):
        wrong.append(f"{record}: said not to be saved, and there")
    for record, (_, body, sha256, state, code, receipt) in here.items():
        if hashlib.sha256(body.encode()).hexdigest() != sha256:
            wrong.append(f"{record}: the body on the tablet has another hash")
        if all_sent and state != "sent":
            wrong.append(f"{record}: {state} ({code}), not sent")
        if all_sent and record not in there:
            wrong.append(f"{record}: not at central")
        if record in there and there[record] != body:
            wrong.append(f"{record}: another body at central")
        if state == "sent":
            given = json.loads(receipt)
            if (given["id"], given["sha256"]) != (record, sha256) or given["epoch"] != central["epoch"]:
                wrong.append(f"{record}: sent with a receipt of something else: {receipt}")
            if record not in there:
                wrong.append(f"{record}: sent, and not at central")
    wrong += [f"{record}: at central and not on the tablet" for record in there.keys() - here.keys()]
    cases = Counter(central["cases"])
    wrong += [f"{case}: {count} cases" for case, count in cases.items() if count != 1]
    return wrong


def _files(tablet: Any, central: Any, *, all_sent: bool) -> list[str]:
    wrong = []
    held = {sha256 for sha256, _ in central["objects"]}
    for record, slot, lane, sha256, _, state, code, receipt in tablet["uploads"]:
        where = f"{record}/{slot}/{lane}"
        if all_sent and state != "sent":
            wrong.append(f"{where}: {state} ({code}), not sent")
        if state == "sent" and json.loads(receipt)["sha256"] != sha256:
            wrong.append(f"{where}: sent with a receipt for another file")
        if state == "sent" and sha256 not in held:
            wrong.append(f"{where}: sent, and central does not vouch for it")
        folder = tablet["files"] if lane == "original" else tablet["derived"]
        if not any(PurePath(name).name.startswith(sha256) for name in folder):
            wrong.append(f"{where}: its file is not on the tablet")
    for name, sha256 in (tablet["files"] | tablet["derived"]).items():
        if not _unfinished(name) and not PurePath(name).name.startswith(sha256):
            wrong.append(f"{name}: another hash on the tablet: {sha256}")
    for name, sha256 in central["files"].items():
        if name.replace("/", "") != sha256:
            wrong.append(f"{name}: another hash at central: {sha256}")
    stored = set(central["files"].values())
    wrong += [f"{sha256}: vouched for by central, and its bytes are gone" for sha256 in held - stored]
    if all_sent:
        wanted = {row[3] for row in central["wanted"]}
        wrong += [f"{sha256}: wanted by central, and not there" for sha256 in wanted - held]
    return wrong


def _unfinished(name: str) -> bool:
    """What a killed process was just writing; the app sweeps it at its next start."""
    return PurePath(name).name.startswith(".") and name.endswith(PART_SUFFIX)


def _dangling(tablet: Any, central: Any, *, settled: bool) -> list[str]:
    named = {row[3] for row in tablet["uploads"]}
    named |= {file["sha256"] for photo in tablet["photos"] for file in photo["files"]}
    files = {n: sha for n, sha in (tablet["files"] | tablet["derived"]).items() if not _unfinished(n)}
    wrong = [f"{name}: a file of no row on the tablet" for name, sha in files.items() if sha not in named]
    wrong += [f"{name}: beside no photo" for name in tablet["sides"] if name.partition(".")[0] not in named]
    if not settled:  # what a killed central was just receiving is swept when it starts again
        return wrong
    begun = set(central["uploads"])
    wrong += [f"{name}: a part of no upload at central" for name in central["parts"] if name not in begun]
    return wrong
