"""The outbox answers "why is it not sent?" for each item, down to what every file waits for."""

from datetime import UTC, datetime, timedelta

import pytest
from field_app import put_case, run_job
from shell_fakes import Bench, OpenBench, find
from test_shell_crossings import drafted, reported

from fieldapp.capture.act import submit_act
from fieldapp.capture.act_drafts import begin_act, keep_act
from fieldapp.capture.desk import Desk
from fieldapp.services.link import LinkState
from fieldapp.services.outbox_rows import read_rows
from sync.contract.lifecycle import ActKind
from sync.contract.records import Lane
from sync.contract.wire import Receipt
from sync.replica.outbox import ItemState
from sync.sending import Battery, FullSize, LinkKind, Network, SendingRules, decide_sending

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
MOBILE = Network(LinkKind.MOBILE, metered=True)


@pytest.fixture
def bench(open_bench: OpenBench) -> Bench:
    """G1001 at work, at the outbox."""
    opened = open_bench()
    opened.sign_in()
    opened.wait(lambda: opened.stage() == "open")
    opened.shell.app.navigate("outbox")
    opened.link.set_state(LinkState("online", busy=True, last_contact=NOW))
    return opened


def opened(bench: Bench) -> str:
    """A report with one photo, its details in front."""
    record_id = reported(bench)
    bench.wait(lambda: bench.shell.outbox.property("waiting") == 1)
    press(bench, record_id)
    bench.wait(lambda: int(bench.shell.outbox.photos.property("count")) == 1)
    return record_id


def press(bench: Bench, record_id: str) -> None:
    """Open the details of an item of the list."""
    bench.wait(lambda: find(bench.window, f"outbox.item.{record_id}") is not None)
    bench.click(f"outbox.item.{record_id}")


def settle(bench: Bench, record_id: str, *lanes: Lane) -> None:
    """Central has the record and the files of these lanes."""

    def job(desk):
        with desk.work.act():
            entry = desk.work.outbox.entry(record_id)
            body = entry.record.body_sha256
            desk.work.outbox.freeze_batch(9, NOW)
            desk.work.outbox.mark_sent(record_id, Receipt(record_id, body, 1, NOW, "test-epoch"))
            for upload in desk.work.uploads.of_record(record_id):
                if upload.file.lane in lanes:
                    receipt = Receipt(record_id, upload.file.sha256, 2, NOW, "test-epoch")
                    desk.work.uploads.mark_sent(upload.file.sha256, receipt)

    run_job(bench.qtbot, bench.shell.writer, job)
    bench.link.recordsChanged.emit(frozenset({record_id}))


def text(bench: Bench, name: str) -> str:
    item = bench.item(name)
    return str(item.property("value") or item.property("text") or "")


def rules(**chosen) -> LinkState:
    sending = decide_sending(SendingRules(**chosen), MOBILE, Battery())
    return LinkState("online", busy=True, last_contact=NOW, sending=sending)


def test_item_held_by_a_rule_says_which_and_what_lifts_it(bench: Bench) -> None:
    record_id = opened(bench)
    settle(bench, record_id, Lane.THUMBNAIL)
    bench.link.set_state(rules(originals=FullSize.UNMETERED))

    bench.wait(lambda: "不计流量" in text(bench, "outbox.details.reason"))
    assert "立即发送" in text(bench, "outbox.details.next")
    bench.wait(lambda: bench.item("outbox.photo.0.thumbnail").property("status") == "sent")
    assert bench.item("outbox.photo.0.original").property("status") == "waiting"
    assert "不计流量" in text(bench, "outbox.photo.0.original")
    assert bench.shell.outbox.detail(record_id, "status") == "waiting"


def test_files_wait_for_their_record_while_that_has_not_gone(bench: Bench) -> None:
    opened(bench)

    assert text(bench, "outbox.photo.0.original") == "等记录先送达"
    assert bench.item("outbox.details.record").property("status") == "waiting"


def test_offline_says_when_it_is_tried_next_and_when_the_server_last_answered(bench: Bench) -> None:
    opened(bench)
    bench.link.set_state(
        LinkState(
            "offline", "unreachable", last_contact=NOW, next_attempt=datetime.now(UTC) + timedelta(hours=1)
        )
    )

    bench.wait(lambda: text(bench, "outbox.details.nextAttempt") != "")
    bench.wait(lambda: "无法连接服务器" in text(bench, "outbox.details.reason"))
    assert text(bench, "outbox.details.lastAnswer").endswith("11:00")


def test_store_shut_by_a_full_disk_says_so_and_asks_nobody_to_sign_in(bench: Bench) -> None:
    settle(bench, opened(bench), Lane.THUMBNAIL)

    bench.link.set_state(LinkState("locked", "disk_full"))

    bench.wait(lambda: "已满" in text(bench, "outbox.details.reason"))
    assert text(bench, "outbox.details.next") == "问题解决后自动发送"
    bench.wait(lambda: "已满" in text(bench, "outbox.photo.0.original"))


def test_sent_is_shown_only_with_a_receipt_for_every_file(bench: Bench) -> None:
    record_id = opened(bench)
    settle(bench, record_id, Lane.THUMBNAIL, Lane.STAMPED)
    bench.wait(lambda: bench.item("outbox.photo.0.stamped").property("status") == "sent")
    assert bench.shell.outbox.detail(record_id, "status") == "waiting"

    settle(bench, record_id, Lane.ORIGINAL)

    bench.wait(lambda: bench.shell.outbox.detail(record_id, "status") == "sent")
    assert "11:00" in text(bench, "outbox.details.receipt")
    assert not bench.item("outbox.details.sendNow").isVisible()


def test_progress_of_a_file_moves_as_the_daemon_tells(bench: Bench) -> None:
    record_id = opened(bench)
    settle(bench, record_id, Lane.THUMBNAIL, Lane.STAMPED)

    def start(desk):
        (upload,) = (u for u in desk.work.uploads.of_record(record_id) if u.file.lane is Lane.ORIGINAL)
        with desk.work.act():
            desk.work.uploads.start(upload.file, NOW)
        return upload.file

    file = run_job(bench.qtbot, bench.shell.writer, start)
    bench.link.recordsChanged.emit(frozenset({record_id}))
    bench.wait(lambda: bench.item("outbox.photo.0.original").property("status") == "sending")

    bench.link.progressed.emit(record_id, file.sha256, file.bytes / 2, float(file.bytes))

    bench.wait(lambda: any(share in text(bench, "outbox.photo.0.original") for share in ("50", "49")))


def test_send_now_is_asked_of_the_daemon_and_answered_in_words(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bool] = []
    monkeypatch.setattr(bench.link, "send_now", lambda: asked.append(True))
    opened(bench)
    bench.link.set_state(LinkState("offline", "unreachable"))

    bench.click("outbox.details.sendNow")

    assert asked == [True]
    assert "连不上服务器" in text(bench, "outbox.details.asked")


def test_record_is_taken_back_after_a_question_and_is_a_draft_again(bench: Bench) -> None:
    record_id = opened(bench)

    bench.click("outbox.details.takeBack")
    bench.wait(lambda: bench.item("outbox.takeBack.accept").isVisible())
    assert bench.shell.outbox.detail(record_id, "status") == "waiting"
    bench.click("outbox.takeBack.accept")

    bench.wait(lambda: bench.shell.outbox.detail(record_id, "status") == "draft")
    bench.wait(lambda: bench.item("toast").property("text") == "已撤销")


def test_act_the_server_refused_offers_to_try_again_and_nothing_to_take_back(bench: Bench) -> None:
    def refused(desk):
        record_id = submit_act(desk, put_case(desk), ActKind.ACCEPT).record_id
        with desk.work.act():
            desk.work.outbox.freeze_batch(9, NOW)
            desk.work.outbox.mark_needs_you(record_id, "act_not_allowed", {})
        return record_id

    record_id = str(run_job(bench.qtbot, bench.shell.writer, refused))
    bench.link.recordsChanged.emit(frozenset({record_id}))
    bench.wait(lambda: bench.shell.outbox.property("needsYou") == 1)
    press(bench, record_id)
    bench.wait(lambda: bench.item("outbox.details.tryAgain").isVisible())
    assert not bench.item("outbox.details.takeBack").isVisible()

    bench.click("outbox.details.tryAgain")

    bench.wait(lambda: bench.shell.outbox.property("needsYou") == 0)
    entry = run_job(bench.qtbot, bench.shell.reader, lambda desk: desk.work.outbox.entry(record_id))
    assert entry.state is ItemState.WAITING


def test_every_state_is_named_in_the_list(bench: Bench) -> None:
    draft, record_id = drafted(bench), reported(bench)
    bench.shell.events.recordsChanged.emit(frozenset({draft}))

    bench.wait(lambda: bench.shell.outbox.property("total") == 2)
    assert bench.shell.outbox.detail(draft, "status") == "draft"
    assert bench.shell.outbox.detail(record_id, "status") == "waiting"
    assert "草稿" in bench.shell.outbox.detail(draft, "next")


def test_refused_report_is_corrected_and_sent_as_a_new_one(bench: Bench) -> None:
    refused = opened(bench)
    bench.click("outbox.details.close")

    def refuse(desk):
        with desk.work.act():
            desk.work.outbox.freeze_batch(9, NOW)
            desk.work.outbox.mark_needs_you(refused, "note_too_long", {"length": 10001, "limit": 10000})

    run_job(bench.qtbot, bench.shell.writer, refuse)
    bench.link.recordsChanged.emit(frozenset({refused}))
    bench.wait(lambda: bench.shell.outbox.property("needsYou") == 1)
    press(bench, refused)

    bench.click("outbox.details.correct")

    bench.wait(lambda: bench.shell.app.property("page") == "capture")
    bench.wait(lambda: bench.shell.pages.capture.photos.property("count") == 1)
    bench.shell.pages.capture.submit()
    bench.wait(lambda: bench.shell.outbox.property("total") == 2)
    bench.wait(lambda: bench.shell.outbox.property("needsYou") == 0)
    assert bench.shell.outbox.detail(refused, "status") == "replaced"
    assert bench.shell.outbox.detail(refused, "reason") != ""

    (new,) = bench.shell.outbox.items._rows.keys() - {refused}
    bench.shell.pages.capture.undo(new)
    bench.wait(lambda: bench.shell.outbox.detail(refused, "status") == "needs_you")


def test_draft_of_an_act_is_named_by_its_case(desk: Desk) -> None:
    case_id = put_case(desk, "dispatched")
    keep_act(desk, begin_act(desk, case_id, ActKind.DECLINE), "不属于本单位")

    assert [(row.kind, row.class_zh) for row in read_rows(desk)] == [("decline", "渣土车未密闭运输")]
