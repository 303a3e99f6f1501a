"""My reports and the messages of their cases."""

from __future__ import annotations

from pathlib import Path

from album import Album
from conftest import OpenDesk
from field_app import put_rows, run_job
from look_capture import draft
from look_tasks import WAY
from scenery import (
    LONG_ADDRESS,
    LONG_NOTE,
    acts,
    case,
    hours_ago,
    press,
    street,
    street_file,
    there,
    to_the_end,
)
from shell_fakes import Bench
from test_messages_attached import TONE, FedMicrophone

from fieldapp.capture.desk import Desk
from fieldapp.capture.report import submit_report
from sync.contract.lifecycle import ActKind
from sync.contract.records import Act, FileRef, Lane, Origin, Photo, PhotoRole
from sync.contract.wire import encode_record, sha256_hex
from sync.replica.fetched import keep_fetched


def open_report(bench: Bench, case_id: str) -> None:
    bench.shell.pages.reports.select(case_id)
    bench.wait(lambda: bench.shell.pages.reports.ready or bench.shell.pages.reports.history.rowCount() > 0)


def test_reports(at_work: OpenDesk, album: Album) -> None:
    bench = at_work(page="reports")
    album.take(bench, "reports-first")
    mine = [
        case(bench, state, reporter="G1001", assignee="U3001", class_code=code, reported_at=hours_ago(9 * n))
        for n, (state, code) in enumerate(
            (("dispatched", "03-11"), ("closed", "03-12"), ("void", "01-36"), ("reported", "04-09-01"))
        )
    ]
    acts(
        bench,
        mine[1],
        *WAY,
        ("handle", "U3001", "已清理"),
        ("feed_back", "U3001", ""),
        ("verify", "G1001", "现场已清理"),
        ("close", "C4001", ""),
        ("learn", "C4001", "雨前先查井盖，夜间加派一组"),
    )
    acts(bench, mine[2], ("void", "C4001", "重复上报"))
    waiting = draft(bench, 2, class_code="03-11", note=LONG_NOTE, address=LONG_ADDRESS, plate="粤B12345")
    run_job(bench.qtbot, bench.shell.writer, lambda desk: submit_report(desk, waiting))
    bench.shell.events.recordsChanged.emit(frozenset({waiting}))
    bench.wait(lambda: bench.shell.pages.reports.items.rowCount() >= 5)
    album.take(bench, "reports-list")
    open_report(bench, waiting)
    album.take(bench, "reports-waiting")
    open_report(bench, mine[1])
    album.take(bench, "reports-closed")
    to_the_end(bench, "reports.detail")
    album.take(bench, "reports-closed-end")
    open_report(bench, mine[2])
    album.take(bench, "reports-void")
    bench.shell.pages.reports.search("没有这样的")
    bench.wait(lambda: bench.shell.pages.reports.items.rowCount() == 0)
    album.take(bench, "reports-nothing-found")


def told(desk: Desk, case_id: str) -> None:
    """What command and others wrote."""
    picture = street(1)
    keep_fetched(desk.folder, sha256_hex(picture), iter([picture]))
    stamp = desk.work.meta.stamp(desk.clock)
    photo = Photo(
        1,
        PhotoRole.SCENE,
        Origin.IMPORTED,
        (FileRef(Lane.ORIGINAL, sha256_hex(picture), len(picture), "image/jpeg"),),
    )
    gone = Photo(
        2, PhotoRole.SCENE, Origin.IMPORTED, (FileRef(Lane.ORIGINAL, "ab" * 32, 300_000, "image/jpeg"),)
    )
    voice = Photo(
        3,
        PhotoRole.VOICE,
        Origin.IMPORTED,
        (FileRef(Lane.ORIGINAL, "cd" * 32, 64_000, "audio/wav"),),
        length_ms=7000,
    )
    for order, (who, note, photos) in enumerate(
        (("C4001", "请补一张门牌照片", ()), ("G1002", LONG_NOTE, (photo, gone)), ("D5001", "", (voice,)))
    ):
        act_id = f"01900000-0000-7000-8000-{case_id[-6:]}8{order:05d}"
        act = Act(act_id, case_id, ActKind.MESSAGE, who, "central", stamp, note, photos=photos)
        put_rows(
            desk,
            "case_act",
            {
                "act_id": act_id,
                "case_id": case_id,
                "act_order": 9_000_000 + order,
                "kind": "message",
                "officer_id": who,
                "note": note,
                "standing": "accepted",
                "done_at": hours_ago(3 - order),
                "received_at": hours_ago(3 - order),
                "record": encode_record(act),
            },
        )


def test_messages(at_work: OpenDesk, album: Album, tmp_path: Path) -> None:
    bench = at_work(page="messages")
    album.take(bench, "messages-empty")
    made = [
        case(bench, "reported", reporter="G1001", class_code=code) for code in ("03-11", "03-12", "01-36")
    ]
    for one in made[:2]:
        run_job(bench.qtbot, bench.shell.writer, lambda desk, one=one: told(desk, one))
    bench.shell.events.tablesChanged.emit(frozenset({"city_case", "case_act"}))
    messages = bench.shell.pages.messages
    bench.wait(lambda: messages.unread >= 2)
    album.take(bench, "messages-list")
    messages.open(made[0])
    bench.wait(lambda: len(messages.messages.rows()) == 3 and messages.draft.is_of(made[0]))
    messages.write("马上补，预计十分钟到现场")
    with bench.qtbot.waitSignal(messages.sent, timeout=30_000):
        press(bench, "messages.send")
    bench.wait(lambda: len(messages.messages.rows()) == 4)
    album.take(bench, "messages-thread")
    microphone = FedMicrophone()
    messages.voice.recorder._microphone = microphone
    press(bench, "messages.record")
    microphone.take(TONE)
    bench.wait(lambda: messages.voice.length == "0:02")
    album.take(bench, "messages-recording")
    press(bench, "messages.record.stop")
    messages.draft.importPhotos([str(street_file(tmp_path)), str(street_file(tmp_path, 1))], "scene")
    bench.wait(lambda: messages.draft.attached == 3)
    messages.write(LONG_NOTE)
    bench.wait(lambda: there(bench, "messages.attachedVoice.0"))
    album.take(bench, "messages-writing")
