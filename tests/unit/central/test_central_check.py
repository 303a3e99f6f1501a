"""``fieldapp-central check``: what rots on central's disk is found, set aside and had again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from sync.central.cli import command
from sync.central.composition import Central
from sync.central.store.devices import Device
from sync.contract.tables import Stream
from sync.messages import LANGUAGES, sentence
from tests.contract.central_records import RecordMaker, offer_of, photo_of
from tests.fault.ledger_plugin import Teller

PHOTO = b"a photo as it was taken"


def check(central: Central, capsys: pytest.CaptureFixture[str]) -> tuple[int, dict[str, list[str]]]:
    code = command(["check", "--data", str(central.settings.data), "--json"])
    told: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert told["ok"] is (code == 0)
    assert all(one["message"].strip() for one in told["checks"])
    return code, {one["name"]: one["found"] for one in told["checks"]}


def receive(central: Central, device: Device) -> str:
    maker = RecordMaker(device.device_id)
    report = maker.report(photo_of(PHOTO))
    central.intake.push(device.device_id, [msgspec.Raw(msgspec.json.encode(maker.item(report)))])
    send(central, device, offer_of(report).sha256)
    return offer_of(report).sha256


def send(central: Central, device: Device, sha256: str) -> None:
    upload = central.uploads.create(device.device_id, sha256, len(PHOTO), "image/jpeg")
    with central.uploads.open_part(upload) as part:
        central.uploads.append(part, PHOTO)
    central.uploads.finish(upload)


def rot(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0x01
    path.write_bytes(data)


def test_sound_central_has_nothing_to_tell(
    central: Central, device: Device, capsys: pytest.CaptureFixture[str]
) -> None:
    receive(central, device)
    central.snapshots.current()
    code, found = check(central, capsys)
    assert (code, [name for name, names in found.items() if names]) == (0, [])


@pytest.mark.faults(25)
def test_received_file_that_rotted_is_set_aside_and_asked_for_until_it_is_back(
    central: Central, device: Device, capsys: pytest.CaptureFixture[str], tally: Teller
) -> None:
    sha256 = receive(central, device)
    rot(central.objects.path_of(sha256))
    code, found = check(central, capsys)
    assert (code, found["files_damaged"], found["files_lost"]) == (4, [sha256], [])
    assert [path.name[:64] for path in (central.settings.data / "damaged").iterdir()] == [sha256]
    assert central.feed.page(device, Stream.WORK, "").missing == [sha256]
    code, found = check(central, capsys)
    assert (code, found["files_damaged"], found["files_lost"]) == (4, [], [sha256])
    send(central, device, sha256)
    assert check(central, capsys)[0] == 0
    tally(runs=1)


@pytest.mark.expects_log("reference-.* is damaged")
def test_damaged_snapshot_is_told_once_and_built_anew(
    central: Central, capsys: pytest.CaptureFixture[str]
) -> None:
    name = central.snapshots.current().name
    found = central.snapshots.find(name)
    assert found is not None
    rot(found[1])
    assert check(central, capsys)[1]["snapshots"] == [name]
    central.snapshots.current()
    assert check(central, capsys)[0] == 0


def test_person_reads_a_line_a_check(central: Central, capsys: pytest.CaptureFixture[str]) -> None:
    command(["check", "--data", str(central.settings.data)])
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 6
    assert all(line.startswith("+ ") for line in lines)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["database", "files_damaged", "files_lost", "snapshots", "readiness"])
def test_every_check_has_its_sentences(language: str, name: str) -> None:
    for code in (f"central_check.{name}", f"central_check.{name}_ok"):
        assert code not in sentence(code, {"count": 1, "first": "x"}, language)
