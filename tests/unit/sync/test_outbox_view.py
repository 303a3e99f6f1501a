"""What a person sees of a record on its way: joined state, reason, files."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from sync.contract.records import Lane
from sync.link_state import LinkState
from sync.originals import verify_originals
from sync.outbox_view import of_entry, outbox_items
from sync.remote.memory import MemoryCentral, MemoryRemote
from sync.replica.drafts import Draft
from sync.replica.outbox import Entry, ItemState
from sync.replica.uploads import Upload
from sync.sending import FULL_SIZE, Sending
from tests.contract.tablet import CITY_ROWS, DEVICE, MORNING, OFFICER, Tablet, full_row

ONLINE = LinkState("online", busy=True)
OFFLINE = LinkState("offline", code="unreachable", next_attempt="2026-03-02T01:00:09+00:00")


@pytest.fixture
def saved(tmp_path: Path) -> tuple[Entry, list[Upload]]:
    with Tablet(tmp_path) as tablet:
        report = tablet.report(b"one", b"two", lanes=(Lane.ORIGINAL, Lane.THUMBNAIL))
        entry = tablet.work.outbox.entry(report.report_id)
        assert entry is not None
        return entry, tablet.work.uploads.of_record(report.report_id)


def _with(
    entry: Entry, uploads: list[Upload], record: ItemState, files: ItemState
) -> tuple[Entry, list[Upload]]:
    change = msgspec.structs.replace
    return change(entry, state=record), [change(upload, state=files) for upload in uploads]


def test_a_record_is_sent_only_with_all_its_files(saved: tuple[Entry, list[Upload]]) -> None:
    entry, uploads = _with(*saved, ItemState.SENT, ItemState.SENT)
    assert of_entry(entry, uploads, ONLINE).state is ItemState.SENT
    uploads[-1] = msgspec.structs.replace(uploads[-1], state=ItemState.WAITING)
    item = of_entry(entry, uploads, ONLINE)
    assert item.state is ItemState.WAITING
    assert (item.files.files, item.files.files_sent) == (4, 3)
    assert (item.files.photos, item.files.photos_sent) == (2, 1)


def test_one_refused_file_needs_somebody(saved: tuple[Entry, list[Upload]]) -> None:
    entry, uploads = _with(*saved, ItemState.SENT, ItemState.SENT)
    refused = msgspec.structs.replace(uploads[0], state=ItemState.NEEDS_YOU, code="file_damaged")
    item = of_entry(entry, [refused, *uploads[1:]], ONLINE)
    assert (item.state, item.code) == (ItemState.NEEDS_YOU, "file_damaged")


def test_what_a_killed_daemon_left_sending_is_waiting(saved: tuple[Entry, list[Upload]]) -> None:
    entry, uploads = _with(*saved, ItemState.SENDING, ItemState.WAITING)
    assert of_entry(entry, uploads, ONLINE).state is ItemState.SENDING
    item = of_entry(entry, uploads, OFFLINE)
    assert (item.state, item.code) == (ItemState.WAITING, "unreachable")
    assert item.next_attempt == OFFLINE.next_attempt


@pytest.mark.parametrize(
    ("link", "code"),
    [("locked", "locked"), ("paused", "daemon_paused"), ("not_running", "daemon_not_running")],
)
def test_what_holds_up_everything_is_the_reason_of_what_was_never_tried(
    link: str, code: str, saved: tuple[Entry, list[Upload]]
) -> None:
    assert of_entry(*saved, LinkState(link)).code == code


def test_what_keeps_the_store_shut_is_the_reason_and_not_that_somebody_should_sign_in(
    saved: tuple[Entry, list[Upload]],
) -> None:
    full = LinkState("locked", code="disk_full", facts={"free_mb": 0})
    item = of_entry(*saved, full)
    assert (item.code, item.facts) == ("disk_full", {"free_mb": 0})


HELD = LinkState(
    "online",
    last_answer="2026-03-02T01:00:00+00:00",
    next_attempt="2026-03-02T01:05:00+00:00",
    sending=Sending(dict.fromkeys(FULL_SIZE, "waits_for_wifi")),
)


def test_what_waits_for_wi_fi_says_so_and_names_no_time(saved: tuple[Entry, list[Upload]]) -> None:
    entry, uploads = _with(*saved, ItemState.SENT, ItemState.WAITING)
    uploads = [
        msgspec.structs.replace(u, state=ItemState.SENT) if u.file.lane is Lane.THUMBNAIL else u
        for u in uploads
    ]
    item = of_entry(entry, uploads, HELD)
    assert (item.state, item.reason, item.held) == (ItemState.WAITING, "waits_for_wifi", "waits_for_wifi")
    assert item.next_attempt == ""
    assert item.last_answer == HELD.last_answer
    body = len(entry.record.body.encode())
    assert item.total_bytes == body + sum(u.file.bytes for u in uploads)
    assert item.sent_bytes == body + item.files.sent_bytes


def test_a_record_that_may_go_tells_its_own_reason_though_its_photos_are_held(
    saved: tuple[Entry, list[Upload]],
) -> None:
    entry, uploads = saved
    refused = msgspec.structs.replace(entry, code="server_busy", attempts=2)
    item = of_entry(refused, uploads, HELD)
    assert (item.reason, item.held, item.answer) == ("server_busy", "waits_for_wifi", "server_busy")
    assert item.next_attempt == HELD.next_attempt


def test_send_now_lets_what_it_reaches_go(saved: tuple[Entry, list[Upload]]) -> None:
    entry, uploads = saved
    now = msgspec.structs.replace(HELD.sending, upto=entry.record.device_seq)
    assert of_entry(entry, uploads, msgspec.structs.replace(HELD, sending=now)).held == ""


def test_drafts_come_first_and_only_ones_own(tmp_path: Path) -> None:
    with Tablet(tmp_path) as tablet:
        report = tablet.report()
        with tablet.work.act():
            for number, officer in enumerate((OFFICER, "W9999")):
                draft_id = f"0198c0de-0000-7000-8000-00000000000{number}"
                tablet.work.drafts.save(Draft(draft_id, officer, "report", "", "{}", MORNING, "", "open"))
        items = outbox_items(tablet.work, OFFLINE, [OFFICER], 10)
    assert [item.state for item in items] == [ItemState.DRAFT, ItemState.WAITING]
    assert items[1].id == report.report_id


def test_originals_are_held_against_their_bytes(tmp_path: Path) -> None:
    with Tablet(tmp_path) as tablet:
        tablet.report(b"good", b"changed", b"gone")
        tablet.path_of(b"changed").write_bytes(b"other")
        tablet.path_of(b"gone").unlink()
        verified = verify_originals(tablet.work)
    assert verified.checked == 3
    assert sorted(finding.what for finding in verified.findings) == ["changed", "missing"]


def test_an_original_that_central_has_may_be_gone_here(tmp_path: Path) -> None:
    central = MemoryCentral()
    for table, row in CITY_ROWS:
        central.put_row(table, full_row(table, **row))
    with Tablet(tmp_path, epoch=central.epoch) as tablet:
        tablet.report(b"sent")
        tablet.engine(MemoryRemote(central, DEVICE)).round()
        tablet.path_of(b"sent").unlink()
        verified = verify_originals(tablet.work)
    assert (verified.receipts, verified.let_go, verified.findings) == (1, 1, [])
