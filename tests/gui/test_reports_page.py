"""My reports through the window: found while typing, opened, and added to by the ordinary form."""

from __future__ import annotations

import io

import pytest
from field_app import put_rows, run_job
from PIL import Image
from shell_fakes import Bench, OpenBench, find

from fieldapp.capture.desk import Desk
from fieldapp.capture.drafts import DraftBody, start_draft
from fieldapp.capture.photos import take_photo
from fieldapp.capture.report import submit_report
from sync.contract.lifecycle import ActKind
from sync.contract.records import NOWHERE, Act, RecordType
from sync.contract.wire import decode_record

CASES = [f"01900000-0000-7000-8000-00000000ca{n:02d}" for n in range(3)]


@pytest.fixture
def bench(open_bench: OpenBench) -> Bench:
    """G1001 at work, with three reports that central told back."""
    opened = open_bench()
    opened.sign_in()
    opened.wait(lambda: opened.stage() == "open")
    run_job(opened.qtbot, opened.shell.writer, told)
    opened.shell.events.tablesChanged.emit(frozenset({"city_case"}))
    opened.shell.app.navigate("reports")
    opened.wait(lambda: len(shown(opened)) >= len(CASES))
    return opened


def told(desk: Desk) -> None:
    for number, case_id in enumerate(CASES):
        row = {"case_id": case_id, "reporter": "G1001", "class_code": "03-11", "state": "reported",
               "note": ("渣土撒漏", "路灯不亮", "井盖松动")[number], "lon": 113.9, "lat": 22.6,
               "reported_at": f"2026-11-2{number}T00:00:00Z"}  # fmt: skip
        put_rows(desk, "city_case", row)  # type: ignore[arg-type]


def shown(bench: Bench) -> list[str]:
    return [row.case_id for row in bench.shell.pages.reports.items.rows()]  # type: ignore[attr-defined]


def open_report(bench: Bench, case_id: str) -> None:
    """Click on its row, once it is drawn, and wait for what became of it."""
    name = f"reports.row.{case_id}"
    bench.wait(lambda: find(bench.window, name) is not None)
    bench.click(name)
    bench.wait(lambda: bench.shell.pages.reports.ready)


def test_typing_finds_a_report_and_its_progress_opens(bench: Bench) -> None:
    bench.shell.pages.reports.search("井盖")
    bench.wait(lambda: shown(bench) == [CASES[2]])

    open_report(bench, CASES[2])
    assert bench.item("reports.header").property("title") == "渣土车未密闭运输"
    assert bench.shell.pages.reports.history.rowCount() >= 1


def test_news_leave_what_was_scrolled_to_in_the_list(bench: Bench) -> None:
    reports = bench.shell.pages.reports

    def many(desk: Desk) -> None:
        rows = [
            {"case_id": f"01900000-0000-7000-8000-0000000{n:05d}", "reporter": "G1001", "state": "reported",
             "class_code": "03-11", "note": "旧的", "reported_at": f"2026-10-01T00:{n:02d}:00Z"}
            for n in range(60)
        ]  # fmt: skip
        put_rows(desk, "city_case", *rows)  # type: ignore[arg-type]

    run_job(bench.qtbot, bench.shell.writer, many)
    bench.shell.events.tablesChanged.emit(frozenset({"city_case"}))
    bench.wait(lambda: len(shown(bench)) >= 60)
    bench.wait(lambda: reports.more() or len(shown(bench)) > 60)  # again, where news came in between
    whole = len(shown(bench))
    lost: list[int] = []
    reports.listChanged.connect(lambda: lost.append(len(shown(bench))))
    bench.shell.events.tablesChanged.emit(frozenset({"city_case"}))
    bench.wait(lambda: bool(lost))
    assert set(lost) == {whole}
    reports.search("旧的")
    bench.wait(lambda: len(shown(bench)) == 60)


def test_what_central_does_with_it_is_shown_by_itself(bench: Bench) -> None:
    open_report(bench, CASES[0])
    before = bench.shell.pages.reports.history.rowCount()

    def voided(desk: Desk) -> None:
        put_rows(desk, "case_act", {
            "act_id": CASES[0].replace("ca", "ac"), "case_id": CASES[0], "act_order": 1, "kind": "void",
            "officer_id": "C4001", "note": "重复上报", "standing": "accepted",
            "done_at": "2026-11-21T00:00:00Z", "received_at": "2026-11-21T00:00:00Z",
        })  # fmt: skip

    run_job(bench.qtbot, bench.shell.writer, voided)
    bench.shell.events.tablesChanged.emit(frozenset({"case_act"}))
    bench.wait(lambda: bench.shell.pages.reports.history.rowCount() == before + 1)


def test_open_report_keeps_its_title_when_the_list_no_longer_holds_it(bench: Bench) -> None:
    open_report(bench, CASES[1])
    bench.shell.pages.reports.search("没有这样的")
    bench.wait(lambda: shown(bench) == [])
    assert bench.item("reports.header").property("title") == "渣土车未密闭运输"


def test_what_was_learned_stands_with_the_report(bench: Bench) -> None:
    open_report(bench, CASES[0])

    def closed(desk: Desk) -> None:
        for order, kind, note in ((1, "close", ""), (2, "learn", "雨前先查井盖")):
            put_rows(desk, "case_act", {
                "act_id": CASES[0].replace("ca", f"b{order}"), "case_id": CASES[0], "act_order": order,
                "kind": kind, "officer_id": "C4001", "note": note, "standing": "accepted",
                "done_at": "2026-11-21T00:00:00Z", "received_at": "2026-11-21T00:00:00Z",
            })  # fmt: skip

    run_job(bench.qtbot, bench.shell.writer, closed)
    bench.shell.events.tablesChanged.emit(frozenset({"case_act"}))
    bench.wait(lambda: "雨前先查井盖" in bench.item("reports.learned").property("text"))


def test_photo_and_correction_are_added_by_the_ordinary_form_and_need_no_class(bench: Bench) -> None:
    open_report(bench, CASES[1])
    bench.click("reports.supplement")

    capture = bench.shell.pages.capture
    bench.wait(lambda: capture.form.joins == CASES[1])
    assert bench.shell.app.property("page") == "capture"
    assert capture.missing == ["photo"]
    assert bench.item("photos.card").property("subtitle") == "可不拍照，只写说明也行"
    capture.form.setNote("更正：在对面路口")
    bench.wait(lambda: capture.missing == [])
    draft_id = capture.draftId

    def photographed(desk: Desk) -> None:
        out = io.BytesIO()
        Image.new("RGB", (64, 48), (90, 120, 40)).save(out, "JPEG")
        take_photo(desk, draft_id, out.getvalue(), NOWHERE)

    run_job(bench.qtbot, bench.shell.writer, photographed)
    with bench.qtbot.waitSignal(capture.saved):
        bench.click("submit")

    entry = run_job(bench.qtbot, bench.shell.writer, lambda desk: desk.work.outbox.entry(draft_id))
    act = decode_record(RecordType.ACT, entry.record.body)
    assert isinstance(act, Act)
    assert (act.kind, act.case_id, act.note) == (ActKind.SUPPLEMENT, CASES[1], "更正：在对面路口")
    assert len(act.photos) == 1
    assert bench.item("toast").property("text") == "已补充到案件"
    assert capture.form.joins == ""


def filed(bench: Bench) -> str:
    """A report with a photo that waits on this tablet, as the form leaves it."""

    def job(desk: Desk) -> str:
        draft_id = start_draft(desk, body=DraftBody(class_code="03-11", note="路面泥土"))
        out = io.BytesIO()
        Image.new("RGB", (64, 48), (90, 120, 40)).save(out, "JPEG")
        take_photo(desk, draft_id, out.getvalue(), NOWHERE)
        return submit_report(desk, draft_id).record_id

    report_id = str(run_job(bench.qtbot, bench.shell.writer, job))
    bench.shell.events.recordsChanged.emit(frozenset({report_id}))
    name = f"reports.row.{report_id}"
    bench.wait(lambda: find(bench.window, name) is not None)
    bench.click(name)
    bench.wait(lambda: bench.shell.pages.reports.history.rowCount() == 1)
    return report_id


def seen(bench: Bench, name: str) -> bool:
    found = find(bench.window, name)
    return found is not None and found.isVisible()


def test_photos_a_report_was_filed_with_are_seen_with_it_before_central_tells_of_it(bench: Bench) -> None:
    report_id = filed(bench)

    bench.wait(lambda: seen(bench, f"tasks.history.{report_id}.photos.0"))
    assert seen(bench, "reports.here")
    assert not bench.shell.pages.reports.told

    open_report(bench, CASES[0])
    assert bench.shell.pages.reports.told
    assert not seen(bench, "reports.here")
    assert not seen(bench, f"tasks.history.{CASES[0]}.photos")


def test_on_a_narrow_window_adding_to_a_case_begins_at_the_form_and_not_at_the_viewfinder(
    bench: Bench,
) -> None:
    bench.window.resize(800, 1200)
    open_report(bench, CASES[1])
    bench.click("reports.supplement")
    bench.wait(lambda: bench.shell.pages.capture.form.joins == CASES[1])

    bench.wait(lambda: bench.item("submit").isVisible())


def test_supplement_that_is_a_report_after_all_is_one(bench: Bench) -> None:
    open_report(bench, CASES[1])
    bench.shell.pages.reports.supplement()
    capture = bench.shell.pages.capture
    bench.wait(lambda: capture.form.joins == CASES[1])
    capture.form.standAlone()
    assert (capture.form.joins, capture.missing) == ("", ["photo", "class"])


def test_the_next_officer_sees_nothing_of_them(bench: Bench) -> None:
    bench.shell.events.closed.emit()
    assert shown(bench) == []
    assert bench.shell.pages.reports.selected == ""


def test_own_report_opens_as_a_case_where_it_can_be_handled_on_the_spot_or_taken_back(bench: Bench) -> None:
    open_report(bench, CASES[0])
    assert bench.shell.pages.reports.mayHandle

    bench.click("reports.case")

    bench.wait(lambda: bench.shell.pages.tasks.sheet.caseId == CASES[0])
    assert bench.shell.app.property("page") == "tasks"
    bench.wait(lambda: find(bench.window, "tasks.side.self_handle") is not None)
