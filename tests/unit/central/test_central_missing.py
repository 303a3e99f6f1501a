"""Files that central lost are asked for again; files that nobody names go; named ones never do."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

import msgspec
import pytest

from sync.central.composition import Central
from sync.central.store.devices import Device
from sync.contract.records import Report
from sync.contract.tables import Stream
from sync.contract.wire import FileOffer, OfferStatus
from tests.contract.central_records import RecordMaker, offer_of, photo_of
from tests.fault.ledger_plugin import Teller
from tests.unit.central.conftest import ToldClock, admit

FIRST = b"first photo"
SECOND = b"second photo"


@pytest.fixture
def maker(device: Device) -> RecordMaker:
    return RecordMaker(device.device_id)


def take(central: Central, maker: RecordMaker, data: bytes) -> FileOffer:
    report = maker.report(photo_of(data))
    central.intake.push(maker.device_id, [raw(maker, report)])
    send(central, maker, data)
    return offer_of(report)


def raw(maker: RecordMaker, report: Report) -> msgspec.Raw:
    return msgspec.Raw(msgspec.json.encode(maker.item(report)))


def send(central: Central, maker: RecordMaker, data: bytes) -> None:
    sha256 = hashlib.sha256(data).hexdigest()
    upload = central.uploads.create(maker.device_id, sha256, len(data), "image/jpeg")
    with central.uploads.open_part(upload) as part:
        central.uploads.append(part, data)
    central.uploads.finish(upload)


def told(central: Central, device: Device) -> list[str]:
    return central.feed.page(device, Stream.WORK, "").missing


@pytest.mark.faults(25)
@pytest.mark.parametrize("trouble", ["folder lost", "file lost", "file cut short", "file emptied"])
def test_lost_file_is_wanted_from_the_device_that_sent_it_until_it_is_back(
    central: Central, device: Device, maker: RecordMaker, trouble: str, tally: Teller
) -> None:
    offer, other = take(central, maker, FIRST), take(central, maker, SECOND)
    path = central.objects.path_of(offer.sha256)
    if trouble == "folder lost":
        shutil.rmtree(central.settings.objects)
    elif trouble == "file lost":
        path.unlink()
    else:
        os.truncate(path, 0 if trouble == "file emptied" else 4)
    wanted = {offer.sha256, other.sha256} if trouble == "folder lost" else {offer.sha256}

    assert central.missing.look() == len(wanted) == central.missing.count()
    assert set(told(central, device)) == wanted
    assert told(central, admit(central, "ef" * 32)) == []
    assert central.feed.page(device, Stream.REFERENCE, "").missing == []
    before = central.objects.offer(device.device_id, [offer])[0]
    assert before.status is OfferStatus.NEEDED

    for data in (FIRST, SECOND):
        send(central, maker, data)
    assert told(central, device) == []
    assert central.missing.look() == 0
    assert central.objects.offer(device.device_id, [offer])[0].status is OfferStatus.HELD
    tally(runs=1)


def test_file_put_back_by_hand_is_not_wanted_any_more(
    central: Central, device: Device, maker: RecordMaker
) -> None:
    path = central.objects.path_of(take(central, maker, FIRST).sha256)
    path.rename(path.with_suffix(".away"))
    central.missing.look()
    path.with_suffix(".away").rename(path)
    assert central.missing.look() == 0
    assert told(central, device) == []


def lay(central: Central, data: bytes) -> Path:
    path = central.objects.path_of(hashlib.sha256(data).hexdigest())
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


@pytest.mark.faults(25)
def test_orphan_is_collected_when_it_is_old_and_a_named_file_never_is(
    central: Central, device: Device, maker: RecordMaker, clock: ToldClock, tally: Teller
) -> None:
    held = central.objects.path_of(take(central, maker, FIRST).sha256)
    orphan, fresh = lay(central, b"a commit failed after it"), lay(central, b"a request is under way")
    report = maker.report(photo_of(SECOND))
    central.intake.push(maker.device_id, [raw(maker, report)])
    awaited = lay(central, SECOND)  # its record names it, its row was never committed
    long_ago = clock.now.timestamp() - 30 * 86400
    for path in (held, orphan, awaited):
        os.utime(path, (long_ago, long_ago))
    os.utime(fresh, (clock.now.timestamp(), clock.now.timestamp()))

    assert central.missing.collect() == 1
    assert [path.exists() for path in (held, orphan, fresh, awaited)] == [True, False, True, True]
    tally(runs=4)
