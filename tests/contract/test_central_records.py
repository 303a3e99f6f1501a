"""Pushing and pulling over HTTP, and the long poll."""

import subprocess
import sys
import threading

from sync.central.store.feed import Place, make_cursor
from sync.central.store.store import put_row
from sync.contract.wire import WAIT_MAX_S, ChangesPage, PushStatus
from tests.contract.central_device import DeviceUnderTest
from tests.contract.central_server import CentralUnderTest, permit_row

CENTRAL = "import sys; from sync.central.cli import main; sys.exit(main())"


class Waiter(threading.Thread):
    """Holds a long poll open, or one after the other until something comes, as a tablet does."""

    def __init__(self, device: DeviceUnderTest, cursor: str, *, until_something_comes: bool = False) -> None:
        super().__init__(name="waiter")
        self._device = device
        self._cursor = cursor
        self._again = until_something_comes
        self.page: ChangesPage | None = None

    def run(self) -> None:
        page = self._poll()
        while self._again and not page.changes:
            page = self._poll()
        self.page = page

    def _poll(self) -> ChangesPage:
        return self._device.changes("work", self._cursor, wait=WAIT_MAX_S)


def wait_until_asked(served: CentralUnderTest) -> None:
    """Until the long poll is really held by central."""
    for _ in range(6000):
        if served.central.pulse.waiting:
            return
        threading.Event().wait(0.01)
    raise AssertionError("nobody waits")


def caught_up(device: DeviceUnderTest) -> str:
    cursor, more = "", True
    while more:
        page = device.changes("work", cursor)
        cursor, more = page.cursor, page.more
    return cursor


def test_thousand_reports_in_batches_are_all_there_exactly_once(tablet: DeviceUnderTest) -> None:
    cursor = caught_up(tablet)
    reports = [tablet.report() for _ in range(1000)]
    items = [tablet.item(report) for report in reports]
    for start in range(0, 1000, 200):
        answers = tablet.push(*items[start : start + 200])
        assert {answer.status for answer in answers} == {PushStatus.DONE}
    seen: list[str] = []
    more = True
    while more:
        page = tablet.changes("work", cursor, limit=300)
        seen += [change.id for change in page.changes]
        cursor, more = page.cursor, page.more
    assert seen == [report.report_id for report in reports]


def test_batch_pushed_by_eight_connections_at_once_is_applied_once(
    tablet: DeviceUnderTest,
    served: CentralUnderTest,
) -> None:
    items = [tablet.item(tablet.report()) for _ in range(20)]
    answers: list[list[PushStatus]] = []

    def push() -> None:
        answers.append([answer.status for answer in tablet.push(*items)])

    threads = [threading.Thread(target=push) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    per_item = list(zip(*answers, strict=True))
    assert all(statuses.count(PushStatus.DONE) == 1 for statuses in per_item)
    assert all(statuses.count(PushStatus.ALREADY_DONE) == 7 for statuses in per_item)
    assert all(served.central.ledger.case(item.record_id).times_at_central == 1 for item in items)


def test_batch_larger_than_allowed_is_refused_whole(tablet: DeviceUnderTest) -> None:
    answer = tablet.post("/push", {"items": [{}] * 201})
    assert (answer.status_code, answer.json()["code"]) == (413, "batch_too_large")


def test_long_poll_wakes_for_another_tablets_push(
    tablet: DeviceUnderTest,
    served: CentralUnderTest,
) -> None:
    other = DeviceUnderTest.of(served)
    waiter = Waiter(tablet, caught_up(tablet), until_something_comes=True)
    waiter.start()
    wait_until_asked(served)
    report = other.report()
    other.push_record(report)
    waiter.join()
    other.close()
    assert waiter.page is not None
    assert [change.id for change in waiter.page.changes] == [report.report_id]


def test_long_poll_wakes_for_a_dispatch_from_the_command_line_of_another_process(
    tablet: DeviceUnderTest,
    served: CentralUnderTest,
) -> None:
    report = tablet.report()
    tablet.push_record(report)
    waiter = Waiter(tablet, caught_up(tablet), until_something_comes=True)
    waiter.start()
    wait_until_asked(served)
    command = ["dispatch", report.report_id, "--to", "I2001", "--data", str(served.data), "--json"]
    done = subprocess.run(
        [sys.executable, "-c", CENTRAL, *command], capture_output=True, text=True, check=True
    )
    assert '"state": "dispatched"' in done.stdout
    waiter.join()
    assert waiter.page is not None
    row = next(change.row for change in waiter.page.changes if change.table == "city_case")
    assert row is not None
    assert (row["state"], row["assignee"]) == ("dispatched", "I2001")


def test_long_poll_with_nothing_new_ends_with_the_same_cursor(tablet: DeviceUnderTest) -> None:
    cursor = caught_up(tablet)
    page = tablet.changes("work", cursor, wait=0.3)
    assert (page.changes, page.cursor, page.more) == ([], cursor, False)


def test_long_poll_of_one_stream_sleeps_through_changes_of_the_other(
    tablet: DeviceUnderTest,
    served: CentralUnderTest,
) -> None:
    other = DeviceUnderTest.of(served)
    waiter = Waiter(tablet, caught_up(tablet))
    waiter.start()
    wait_until_asked(served)
    with served.central.store.writing() as db:
        put_row(db, "permit", permit_row(77))
    report = other.report()
    other.push_record(report)
    waiter.join()
    other.close()
    assert waiter.page is not None
    assert [change.id for change in waiter.page.changes] == [report.report_id]  # not an empty page before


def test_stop_ends_long_polls_at_once(
    tablet: DeviceUnderTest,
    served: CentralUnderTest,
) -> None:
    waiter = Waiter(tablet, caught_up(tablet))
    waiter.start()
    wait_until_asked(served)
    served.stop()  # does not wait for the poll's end either: central lets go of who does not hear
    waiter.join()
    served.start()
    assert waiter.page is not None
    assert waiter.page.changes == []


def test_cursor_of_another_epoch_is_gone_with_410(tablet: DeviceUnderTest) -> None:
    answer = tablet.get(
        "/changes", params={"stream": "work", "cursor": make_cursor(Place("0" * 16, 5, 5, 5, ""))}
    )
    assert (answer.status_code, answer.json()["code"]) == (410, "cursor_gone")
    assert answer.headers["Content-Type"] == "application/problem+json"
