"""Canaries: after a shift nothing internal or personal can be read anywhere in the tablet's data folder.

A canary of its own stands in every text column of every internal and personal table, in the notes of the
tablet's own records, and in an officer's PIN. The folder is searched while the stores are open (their
write-ahead logs are there then), and again after they were closed.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sync.central.store.store import put_row
from sync.clock import SystemClock
from sync.contract.lifecycle import ActKind
from sync.contract.tables import REFERENCE_TABLES, TABLES, WORK_TABLES, Row, Table, Visibility
from sync.daemon_log import DaemonLog
from sync.enrol import enrol
from sync.link import Link
from sync.listener import Silence
from sync.replica.folder import DataFolder
from sync.replica.work import WorkStore
from sync.signing_in import sign_in
from sync.vault import Vault, session, wrapping
from tests.contract.central_server import PIN, CentralUnderTest
from tests.contract.tablet import OFFICER, Tablet

CLOCK = SystemClock()
BEGIN = "canary-"
NOTE = f"{BEGIN}own-note-王小明"
PUBLIC = f"{BEGIN}public-plate"


def canary_row(table: Table, number: int) -> Row:
    """A row whose every text names its table and column."""
    return {
        name: f"{BEGIN}{table.name}-{name}-{number}" if kind == "TEXT" else number
        for name, kind in table.columns
    }


def readable(folder: Path) -> set[str]:
    """What the files show of the PIN and of all that begins as a canary does, in UTF-8 or UTF-16."""
    found = set()
    for path in folder.rglob("*"):
        data = path.read_bytes() if path.is_file() else b""
        for encoding in ("utf-8", "utf-16-le"):
            for mark in (BEGIN, PIN):
                for hit in re.finditer(re.escape(mark.encode(encoding)), data):
                    text = data[hit.start() : hit.start() + 80].decode(encoding, "replace")
                    found.add(PUBLIC if text.startswith(PUBLIC) else f"{path.relative_to(folder)}: {text}")
    return found


def test_every_table_says_who_may_see_it_and_only_public_ones_lie_in_the_clear() -> None:
    assert {table.visibility for table in REFERENCE_TABLES} == {Visibility.PUBLIC}
    assert Visibility.PUBLIC not in {table.visibility for table in WORK_TABLES}
    assert {*REFERENCE_TABLES, *WORK_TABLES} == set(TABLES.values())


def test_nothing_internal_or_personal_can_be_read_in_the_folder_after_a_shift(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wrapping, "MEMORY_KIB", 64)
    monkeypatch.setattr(wrapping, "PIN_SECONDS", 0.0)
    rows = [(table, canary_row(table, number)) for table in WORK_TABLES for number in range(300)]
    folder = DataFolder(tmp_path / "tablet")
    with CentralUnderTest(tmp_path / "central") as central:
        with central.central.store.writing() as db:
            for table, row in rows:
                put_row(db, table.name, row)
            put_row(db, "permit", {"permit_id": "P9", "plate": PUBLIC})
        enrolled = enrol(folder, central.url, central.enrol_code(), "tablet", CLOCK, vault=Vault(folder))
        sign_in(folder, "G1001", PIN, vault=Vault(folder))
        log = DaemonLog(folder)
        link = Link(folder, enrolled.key, CLOCK, Silence())
        app = WorkStore(folder, enrolled.key)
        try:
            link.round(lambda: None)
            shift = Tablet.__new__(Tablet)
            shift.officer = OFFICER
            shift.device_id, shift.folder, shift.clock, shift.work = link.device_id, folder, CLOCK, app  # type: ignore[assignment]
            report = shift.report(note=NOTE)
            shift.act(report.report_id, ActKind.OPEN, note=NOTE)
            link.round(lambda: None)
            log.info("round", pushed=2)
            while_open = readable(folder.root)
            assert app.city.counts()["blacklist"] == 300
            assert any(path.name == "work.db-wal" for path in folder.root.iterdir())
        finally:
            app.close()
            link.close()
            log.close()
            session.forget(folder)
    assert while_open == {PUBLIC}
    assert readable(folder.root) == {PUBLIC}
