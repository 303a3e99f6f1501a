"""One bad record never holds up another, a photo or a pull."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from sync.contract.errors import FieldError, RetryLater
from sync.contract.wire import PushItem, PushReply
from sync.remote.answers import OUR_PROBLEMS, PROBLEM_JSON, Answer, failure
from sync.remote.base import Begins, unheeded
from sync.remote.memory import MemoryCentral, MemoryRemote
from sync.replica.outbox import ItemState
from tests.contract.tablet import CITY_ROWS, DEVICE, Tablet


@pytest.fixture
def central() -> MemoryCentral:
    central = MemoryCentral()
    for table, row in CITY_ROWS:
        central.put_row(table, row)
    return central


@pytest.fixture
def tablet(data_dir: Path) -> Iterator[Tablet]:
    with Tablet(data_dir) as tablet:
        yield tablet


class Choking(MemoryRemote):
    """A central, or something before it, that cannot take batches with a certain record in them."""

    poison = ""
    status, code = 422, "request_invalid"
    batches = 0

    def push(self, items: list[PushItem], begins: Begins = unheeded) -> PushReply:
        begins()
        self.batches += 1
        if any(item.record_id == self.poison for item in items):
            body = {"type": OUR_PROBLEMS + self.code, "title": "t", "status": self.status, "code": self.code}
            raise failure(Answer(self.status, {"content-type": PROBLEM_JSON}, msgspec.json.encode(body)))
        return super().push(items, begins)


class Forgetful(MemoryRemote):
    """A central that never answers for a certain record."""

    silent = ""

    def push(self, items: list[PushItem], begins: Begins = unheeded) -> PushReply:
        reply = super().push(items, begins)
        return msgspec.structs.replace(reply, answers=[a for a in reply.answers if a.op_id != self.silent])


class Counting(MemoryRemote):
    """Notes the bytes of bodies in each batch."""

    def __init__(self, central: MemoryCentral) -> None:
        super().__init__(central, DEVICE)
        self.sizes: list[int] = []

    def push(self, items: list[PushItem], begins: Begins = unheeded) -> PushReply:
        self.sizes.append(sum(len(item.body.encode()) for item in items))
        return super().push(items, begins)


@pytest.mark.parametrize(
    ("status", "code"),
    [(422, "request_invalid"), (403, "role_refused"), (404, "case_unknown"), (413, "body_too_large")],
)
def test_batch_refused_as_a_whole_leaves_only_the_one_to_blame(
    tablet: Tablet, central: MemoryCentral, status: int, code: str
) -> None:
    reports = [tablet.report(note=str(number)) for number in range(100)]
    remote = Choking(central, DEVICE)
    remote.poison, remote.status, remote.code = reports[37].report_id, status, code
    result = tablet.engine(remote).round()
    states = {report.report_id: tablet.state(report.report_id) for report in reports}
    assert states.pop(remote.poison) is ItemState.NEEDS_YOU
    assert tablet.code(remote.poison) == code
    assert set(states.values()) == {ItemState.SENT}
    assert (result.pushed, result.refused) == (99, 1)
    assert remote.batches < 20


@pytest.mark.parametrize(
    ("status", "code", "said"),
    [(404, "not_found", "server_refuses"), (403, "device_refused", "device_refused")],
)
def test_endpoint_that_is_not_there_and_device_that_is_shut_out_put_the_blame_on_no_record(
    tablet: Tablet, central: MemoryCentral, status: int, code: str, said: str
) -> None:
    report = tablet.report(note="waits")
    remote = Choking(central, DEVICE)
    remote.poison, remote.status, remote.code = report.report_id, status, code
    with pytest.raises(FieldError, match=said):
        tablet.engine(remote).round()
    assert (tablet.state(report.report_id), tablet.code(report.report_id)) == (ItemState.WAITING, said)
    assert (tablet.reference.counts().get("case_class", 0) == 2) is (status == 404)


def test_record_that_is_never_answered_holds_up_neither_records_nor_photos_nor_the_pull(
    tablet: Tablet, central: MemoryCentral
) -> None:
    silent = tablet.report()
    others = [tablet.report(b"photo %d" % number) for number in range(210)]
    remote = Forgetful(central, DEVICE)
    remote.silent = silent.report_id
    engine = tablet.engine(remote)
    with pytest.raises(RetryLater, match="no_answer"):
        engine.round()
    assert (tablet.state(silent.report_id), tablet.code(silent.report_id)) == (
        ItemState.WAITING,
        "no_answer",
    )
    assert {tablet.state(other.report_id) for other in others} == {ItemState.SENT}
    assert tablet.work.uploads.pending().photos == 0
    assert tablet.reference.counts()["case_class"] == 2
    remote.silent = ""
    engine.round()
    assert tablet.state(silent.report_id) is ItemState.SENT


def test_long_notes_go_in_batches_that_a_server_can_take(tablet: Tablet, central: MemoryCentral) -> None:
    for _ in range(150):
        tablet.report(note="🚛" * 10_000)
    remote = Counting(central)
    tablet.engine(remote).round()
    assert len(central.bodies()) == 150
    assert max(remote.sizes) <= 4 << 20
    assert len(remote.sizes) == 2
