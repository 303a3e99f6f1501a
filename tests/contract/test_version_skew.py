"""Versions apart: an older tablet with a newer central, and a newer tablet with an older one."""

from __future__ import annotations

import msgspec
import pytest

from sync.contract.wire import ChangesPage, PushItem, PushStatus, sha256_hex
from sync.remote.memory import MemoryCentral, MemoryRemote
from sync.replica.outbox import ItemState
from tests.contract.central_device import DeviceUnderTest
from tests.contract.central_records import photo_of
from tests.contract.central_server import CentralUnderTest
from tests.contract.tablet import CITY_ROWS, DEVICE, Tablet
from tests.fault.ledger_plugin import Teller


def changed(item: PushItem, **members: object) -> PushItem:
    """The same operation as another version would have written its body."""
    body = msgspec.json.decode(item.body)
    body.update(members)
    text = msgspec.json.encode(body).decode()
    return msgspec.structs.replace(item, body=text, body_sha256=sha256_hex(text.encode()))


@pytest.mark.faults(31)
def test_fields_central_does_not_know_are_kept_to_the_byte(
    tablet: DeviceUnderTest, served: CentralUnderTest, tally: Teller
) -> None:
    item = changed(tablet.item(tablet.report()), mood="好", later={"nested": [1, None, "𠮷"]})
    assert tablet.push(item)[0].status is PushStatus.DONE
    with served.central.store.reading() as db:
        kept = db.execute("SELECT body FROM op WHERE op_id = ?", (item.op_id,)).fetchone()[0]
    assert kept == item.body
    assert tablet.push(item)[0].status is PushStatus.ALREADY_DONE
    tally(runs=1, note="newer tablet: unknown fields kept in the body and under its hash")


@pytest.mark.faults(31)
def test_report_of_a_version_that_left_fields_out_is_taken(tablet: DeviceUnderTest, tally: Teller) -> None:
    item = tablet.item(tablet.report(photo_of(b"photo")))
    body = msgspec.json.decode(item.body)
    for name in ("address", "plate", "facts"):
        body.pop(name, None)
    body["equipment"] = {"app_version": "0.0.1"}
    text = msgspec.json.encode(body).decode()
    older = msgspec.structs.replace(item, body=text, body_sha256=sha256_hex(text.encode()))
    assert tablet.push(older)[0].status is PushStatus.DONE
    tally(runs=1, note="older tablet: only what the first version wrote")


@pytest.mark.faults(31)
@pytest.mark.parametrize(
    ("member", "value"),
    [("class_code", "99-98"), ("place", {"source": "telepathy"}), ("stamp", {"clock": "x"})],
)
def test_word_central_does_not_know_is_refused_with_a_reason_and_kept(
    tablet: DeviceUnderTest, served: CentralUnderTest, member: str, value: object, tally: Teller
) -> None:
    item = changed(tablet.item(tablet.report()), **{member: value})
    answer = tablet.push(item)[0]
    assert answer.status is PushStatus.REFUSED
    assert answer.code
    with served.central.store.reading() as db:
        found = db.execute("SELECT body, status FROM op WHERE op_id = ?", (item.op_id,)).fetchone()
    assert found == (item.body, "refused")
    tally(runs=1, note=f"unknown {member}: {answer.code}, kept at central")


class NewerRemote(MemoryRemote):
    """A central two versions on: tables, columns and members that this tablet has never heard of."""

    def changes(self, stream: object, cursor: str, *, wait_s: float = 0.0, seen: str = "") -> ChangesPage:
        page = super().changes(stream, cursor, wait_s=wait_s, seen=seen)  # type: ignore[arg-type]
        text = msgspec.json.decode(msgspec.json.encode(page))
        text["horoscope"] = {"today": "good"}
        for change in text["changes"]:
            change["colour"] = "blue"
            if change.get("row"):
                change["row"]["column_of_the_future"] = 1
        strange = {"sequence": 1, "table": "table_of_the_future", "id": "x", "row": {"a": 1}}
        text["changes"].append(strange)
        return msgspec.convert(text, ChangesPage, strict=False)


@pytest.mark.faults(31)
def test_tablet_goes_on_with_a_central_that_tells_more_than_it_understands(
    data_dir: object, tally: Teller
) -> None:
    central = MemoryCentral()
    for table, row in CITY_ROWS:
        central.put_row(table, row)
    with Tablet(data_dir) as tablet:  # type: ignore[arg-type]
        report = tablet.report(b"photo")
        tablet.engine(NewerRemote(central, DEVICE)).round()
        assert tablet.state(report.report_id) is ItemState.SENT
        assert tablet.file_states(report.report_id) == [ItemState.SENT]
        assert tablet.work.city.counts()["officer"] == 3
    tally(runs=1, note="unknown tables, columns and members from central are passed over")
