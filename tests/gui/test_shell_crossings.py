"""What one page's act means to the others: undo in a toast, a violation to record, a pin, a draft."""

import io

import pytest
from field_app import put_case, run_job
from PIL import Image
from shell_fakes import Bench, OpenBench

from fieldapp.capture.drafts import DraftBody, start_draft
from fieldapp.capture.photos import take_photo
from fieldapp.capture.report import submit_report
from sync.contract.lifecycle import ActKind
from sync.contract.records import NOWHERE
from sync.contract.wire import Receipt
from sync.replica.outbox import ItemState


@pytest.fixture
def bench(open_bench: OpenBench) -> Bench:
    """G1001 at work."""
    opened = open_bench()
    opened.sign_in()
    opened.wait(lambda: opened.stage() == "open")
    return opened


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (64, 48), (90, 120, 40)).save(out, "JPEG")
    return out.getvalue()


def drafted(bench: Bench) -> str:
    """A draft of a report with a photo, ready to be submitted."""

    def job(desk):
        draft_id = start_draft(desk, body=DraftBody(class_code="03-11", note="沿途撒漏"))
        take_photo(desk, draft_id, picture(), NOWHERE)
        return draft_id

    return str(run_job(bench.qtbot, bench.shell.writer, job))


def reported(bench: Bench) -> str:
    """A report that waits to be sent."""
    draft_id = drafted(bench)
    run_job(bench.qtbot, bench.shell.writer, lambda desk: submit_report(desk, draft_id))
    bench.shell.events.recordsChanged.emit(frozenset({draft_id}))
    return draft_id


def page(bench: Bench) -> str:
    return str(bench.shell.app.property("page"))


def test_saved_report_offers_undo_and_undo_takes_it_back(bench: Bench) -> None:
    record_id = reported(bench)
    bench.shell.pages.capture.saved.emit(record_id)
    assert bench.item("toast").property("showing")

    bench.click("toast.action")

    bench.wait(
        lambda: run_job(bench.qtbot, bench.shell.reader, lambda d: d.work.outbox.entry(record_id)) is None
    )


def test_saved_report_may_go_at_once_while_undo_is_still_offered(bench: Bench) -> None:
    draft_id = drafted(bench)
    nudged: list[bool] = []
    bench.shell.events.nudge.connect(lambda: nudged.append(True))
    bench.shell.pages.capture.resume(draft_id)
    bench.wait(lambda: int(bench.shell.pages.capture.photos.property("count")) == 1)

    bench.shell.pages.capture.submit()

    bench.wait(lambda: bool(bench.item("toast").property("showing")))
    assert bench.item("toast").property("actionText") == "撤销"
    assert nudged == [True]


def test_toast_that_shows_follows_the_language(bench: Bench) -> None:
    toast = bench.item("toast")
    bench.shell.pages.capture.saved.emit("a-record")
    assert toast.property("text") == "上报已保存"
    bench.shell.settings.chooseLanguage("en")
    assert toast.property("text") == "Report saved"
    assert toast.property("actionText") == "Undo"

    case_id = str(run_job(bench.qtbot, bench.shell.writer, put_case))
    bench.shell.events.tablesChanged.emit(frozenset({"city_case"}))
    bench.shell.pages.tasks.open(case_id)
    bench.wait(lambda: bench.shell.pages.tasks.sheet.offers(ActKind.ACCEPT))
    bench.shell.pages.tasks.act("accept")
    bench.wait(lambda: str(toast.property("text")).startswith("Accepted"))
    bench.shell.settings.chooseLanguage("zh")
    assert str(toast.property("text")).startswith("已接单")
    assert toast.property("actionText") == "撤销"

    bench.shell.say_bug("ValueError")
    told = toast.property("text")
    bench.shell.settings.chooseLanguage("en")
    assert toast.property("text") == told


def test_undo_of_an_act_goes_to_the_tasks(bench: Bench) -> None:
    case_id = str(run_job(bench.qtbot, bench.shell.writer, put_case))
    bench.shell.events.tablesChanged.emit(frozenset({"city_case"}))
    bench.shell.pages.tasks.open(case_id)
    bench.wait(lambda: bench.shell.pages.tasks.sheet.offers(ActKind.ACCEPT))
    bench.shell.pages.tasks.act("accept")
    bench.wait(lambda: bool(bench.item("toast").property("showing")))

    bench.click("toast.action")

    bench.wait(lambda: pending(bench) == 0)


def pending(bench: Bench) -> int:
    return int(run_job(bench.qtbot, bench.shell.reader, lambda d: d.work.outbox.pending()[0]))


def test_violation_found_at_look_up_is_recorded_at_the_capture_page(bench: Bench) -> None:
    bench.shell.pages.lookup.recordViolation.emit(DraftBody(plate="粤B12345", facts="{}"))

    assert page(bench) == "capture"
    assert bench.shell.pages.capture.form.plate == "粤B12345"
    assert bench.shell.pages.capture.form.withFacts


def test_pin_is_set_on_the_map_and_comes_back_to_the_report(bench: Bench) -> None:
    bench.shell.pages.capture.askPin()
    assert page(bench) == "map"

    bench.shell.pages.map.pinChosen.emit(113.9, 22.6)

    assert page(bench) == "capture"
    assert bench.shell.pages.capture.form.body.place.lon == 113.9


def test_case_goes_from_task_to_map_and_back(bench: Bench) -> None:
    case_id = str(run_job(bench.qtbot, bench.shell.writer, put_case))

    bench.shell.pages.tasks.showOnMap.emit(case_id)
    assert page(bench) == "map"
    bench.shell.pages.map.taskAsked.emit(case_id)

    assert page(bench) == "tasks"


def test_draft_is_gone_on_with_from_the_outbox(bench: Bench) -> None:
    draft_id = drafted(bench)
    bench.shell.events.recordsChanged.emit(frozenset({draft_id}))
    bench.shell.app.navigate("outbox")
    bench.wait(lambda: bench.shell.outbox.property("total") == 1)

    bench.click(f"outbox.item.{draft_id}")

    assert page(bench) == "capture"
    bench.wait(lambda: bench.shell.pages.capture.property("draftId") == draft_id)


def test_report_is_sent_only_when_its_files_are(bench: Bench) -> None:
    record_id = reported(bench)
    bench.wait(lambda: bench.shell.outbox.detail(record_id, "status") == ItemState.WAITING.value)

    def record_has_gone(desk):
        with desk.work.act():
            desk.work.outbox.freeze_batch(1, desk.clock.now())
            desk.work.outbox.mark_sent(record_id, receipt(desk, record_id))

    run_job(bench.qtbot, bench.shell.writer, record_has_gone)
    bench.link.recordsChanged.emit(frozenset({record_id}))
    bench.wait(lambda: bench.shell.outbox.property("total") == 1)
    bench.wait(lambda: bench.shell.link_view.property("pending") == 0)
    assert bench.shell.outbox.detail(record_id, "status") == ItemState.WAITING.value

    def files_have_gone(desk):
        with desk.work.act():
            for upload in desk.work.uploads.of_record(record_id):
                desk.work.uploads.mark_sent(upload.file.sha256, receipt(desk, upload.file.sha256))

    run_job(bench.qtbot, bench.shell.writer, files_have_gone)
    bench.link.recordsChanged.emit(frozenset({record_id}))

    bench.wait(lambda: bench.shell.outbox.detail(record_id, "status") == ItemState.SENT.value)
    assert bench.shell.outbox.detail(record_id, "receipt") != ""


def receipt(desk, name: str) -> Receipt:
    return Receipt(name, name, 1, desk.clock.now(), "test-epoch")


def test_pin_for_a_truck_goes_back_to_the_look_up_and_one_for_a_report_to_the_report(bench: Bench) -> None:
    pages = bench.shell.pages
    pages.lookup.conditions.askPin()
    assert page(bench) == "map"
    pages.map.pinChosen.emit(113.9, 22.5)
    assert page(bench) == "lookup"
    assert (pages.lookup.conditions.pinned, pages.capture.place.placed) == (True, False)

    pages.capture.askPin()
    pages.map.cancelPin()
    assert page(bench) == "capture"
