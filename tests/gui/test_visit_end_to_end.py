"""A visit to a real central and back: credential, paper and signatures byte for byte, rating."""

from pathlib import Path
from queue import Queue

import pytest
from pytestqt.qtbot import QtBot

import sync.vault.wrapping as wrapping
from fieldapp.capture.opening import open_desk
from fieldapp.capture.visit import submit_visit
from fieldapp.capture.visit_draft import show_credential
from fieldapp.qr.credential_check import CredentialStanding, SheetStanding, check_credential, check_sheet_code
from fieldapp.services.visit_paper import write_paper
from fieldapp.services.visit_rows import checked_paper, visit_whole
from sync.central.credentials import issue_to_all
from sync.clock import SystemClock
from sync.contract.records import PhotoRole, RecordType, Visit
from sync.contract.visit_qr import write_sheet_code
from sync.contract.wire import decode_record, sha256_hex
from sync.control import Message
from sync.enrol import enrol
from sync.fetching import Fetcher
from sync.link import Link
from sync.listener import Silence
from sync.replica.folder import DataFolder
from sync.replica.outbox import ItemState
from sync.vault import Vault, session
from tests.contract.central_server import CentralUnderTest
from tests.unit.capture.visit_desk import ready_visit


def test_visit_reaches_central_whole_and_its_row_comes_back_with_the_rating(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wrapping, "MEMORY_KIB", 64)
    monkeypatch.setattr(wrapping, "PIN_SECONDS", 0.0)
    folder, clock = DataFolder(tmp_path / "tablet"), SystemClock()
    with CentralUnderTest(tmp_path / "central") as central:
        store = central.central.store
        issue_to_all(store, central.central.signing, clock.now().date())
        enrolled = enrol(folder, central.url, central.enrol_code(), "tablet", clock, vault=Vault(folder))
        link = Link(folder, enrolled.key, clock, Silence())
        try:
            link.round(lambda: None)
            desk = open_desk(folder, enrolled.key, "I2001")
            credential = desk.work.city.credential("I2001")
            assert credential is not None
            assert check_credential(desk, str(credential["text"])).standing is CredentialStanding.GOOD
            opened = ready_visit(desk, second_id="I2002")
            show_credential(desk, opened.draft.draft_id)
            saved = submit_visit(desk, opened.draft.draft_id, write_paper)
            link.round(lambda: None)
            entry = desk.work.outbox.entry(saved.visit_id)
            assert entry is not None
            assert (entry.state, entry.code) == (ItemState.SENT, "")
            assert {upload.state for upload in desk.work.uploads.of_record(saved.visit_id)} == {
                ItemState.SENT
            }
            visit = decode_record(RecordType.VISIT, entry.record.body)
            assert isinstance(visit, Visit)
            for photo in visit.photos:
                there = central.central.objects.path_of(photo.original.sha256).read_bytes()
                assert sha256_hex(there) == photo.original.sha256
            paper = next(photo for photo in visit.photos if photo.role is PhotoRole.SHEET)
            assert central.central.objects.path_of(paper.original.sha256).read_bytes().startswith(b"%PDF-")
            assert central.central.visits.rate(saved.visit_id, visit.rating_code, 5)["stars"] == 5
            link.round(lambda: None)
            row = desk.work.city.visit(saved.visit_id)
            assert row is not None
            assert (row["stars"], row["sheet_sha256"]) == (5, saved.sheet_sha256)
            qr = write_sheet_code(saved.visit_id, saved.sheet_sha256)
            assert check_sheet_code(desk, qr).standing is SheetStanding.SAME
            assert (
                read_elsewhere(tmp_path / "other", central, saved.visit_id) == Path(saved.paper).read_bytes()
            )
            desk.work.close()
            desk.reference.close()
        finally:
            link.close()
            session.forget(folder)


def read_elsewhere(root: Path, central: CentralUnderTest, visit_id: str) -> bytes:
    """The on-site record as the second officer's own tablet gets it."""
    folder, clock = DataFolder(root), SystemClock()
    enrolled = enrol(folder, central.url, central.enrol_code(), "other", clock, vault=Vault(folder))
    link, told = Link(folder, enrolled.key, clock, Silence()), Queue[Message]()
    fetcher = Fetcher(folder, lambda: link.remote, told.put)
    try:
        link.round(lambda: None)
        desk = open_desk(folder, enrolled.key, "I2002")
        whole = visit_whole(desk, visit_id)
        assert (whole.paper, checked_paper(desk, visit_id)) == ("", "")
        fetcher.ask(whole.wanted)
        assert told.get(timeout=60)["code"] == ""
        paper = Path(checked_paper(desk, visit_id))
        assert paper.suffix == ".pdf"
        desk.work.close()
        desk.reference.close()
        return paper.read_bytes()
    finally:
        fetcher.stop()
        link.close()
        session.forget(folder)
