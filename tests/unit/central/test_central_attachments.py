"""Photos and voice notes of messages at central: sent by command, brought in by the field, saved to files."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from sync.central.cli import command
from sync.central.composition import Central
from sync.central.store.devices import Device
from sync.contract.lifecycle import ActKind
from sync.contract.masks import Mask
from sync.contract.records import Act, FileRef, Lane, Origin, Photo, PhotoRole, RecordType
from sync.contract.tables import Stream
from sync.contract.voice import VOICE_TYPE
from sync.contract.wire import PushAnswer, PushStatus, decode_record
from sync.voice import write_voice
from tests.contract.central_records import RecordMaker, photo_of

JPEG = b"\xff\xd8\xff\xe0" + b"picture" * 50 + b"\xff\xd9"
VOICE = write_voice(b"\x10\x00" * 24_000)


@pytest.fixture
def maker(device: Device) -> RecordMaker:
    return RecordMaker(device.device_id)


@pytest.fixture
def case_id(central: Central, device: Device, maker: RecordMaker) -> str:
    report = maker.report(photo_of(b"scene", 1))
    assert pushed(central, device, maker, report).status is PushStatus.DONE
    return report.report_id


def pushed(central: Central, device: Device, maker: RecordMaker, record: Any) -> PushAnswer:
    raw = msgspec.Raw(msgspec.json.encode(maker.item(record)))
    return central.intake.push(device.device_id, [raw]).answers[0]


def run(central: Central, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, dict[str, Any]]:
    code = command([*words, "--data", str(central.settings.data), "--json"])
    return code, json.loads(capsys.readouterr().out)


def voice_of(data: bytes, length_ms: int, media_type: str = VOICE_TYPE) -> Photo:
    file = FileRef(Lane.ORIGINAL, hashlib.sha256(data).hexdigest(), len(data), media_type)
    return Photo(1, PhotoRole.VOICE, Origin.CAPTURED, (file,), length_ms=length_ms)


def test_commands_photo_and_voice_travel_named_by_hash_and_can_be_had_and_saved(
    central: Central, device: Device, case_id: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "门.jpg").write_bytes(JPEG)
    (tmp_path / "say.wav").write_bytes(VOICE)
    files = ("--photo", str(tmp_path / "门.jpg"), "--voice", str(tmp_path / "say.wav"))
    code, _ = run(central, capsys, "message", case_id, *files)
    assert code == 0

    row = [c for c in central.feed.page(device, Stream.WORK, "").changes if c.table == "case_act"][-1].row
    assert row is not None
    act = decode_record(RecordType.ACT, str(row["record"]))
    assert isinstance(act, Act)
    assert [(p.role, p.original.media_type, p.length_ms) for p in act.photos] == [
        (PhotoRole.SCENE, "image/jpeg", 0),
        (PhotoRole.VOICE, "audio/wav", 1500),
    ]
    held = central.objects.find(act.photos[1].original.sha256)
    assert held is not None
    assert held.path.read_bytes() == VOICE

    _, found = run(central, capsys, "messages", case_id, "--save", str(tmp_path / "out"))
    saved = [Path(file["saved"]).read_bytes() for file in found["messages"][0]["files"]]
    assert saved == [JPEG, VOICE]


def test_voice_of_the_field_is_listed_as_not_here_until_its_bytes_are(
    central: Central, device: Device, maker: RecordMaker, case_id: str, capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:  # fmt: skip
    message = maker.act(case_id, ActKind.MESSAGE, photos=(voice_of(VOICE, 1500),))
    assert pushed(central, device, maker, message).status is PushStatus.DONE
    _, found = run(central, capsys, "messages", case_id, "--save", str(tmp_path / "out"))
    (file,) = found["messages"][0]["files"]
    assert (file["role"], file["held"], file["length_ms"], "saved" in file) == ("voice", False, 1500, False)


@pytest.mark.parametrize(
    ("name", "data", "option", "code"),
    [
        ("a.jpg", b"", "--photo", "photo_empty"),
        ("a.jpg", b"plain text", "--photo", "photo_not_image"),
        ("a.jpg", JPEG[:-2], "--photo", "photo_truncated"),
        ("a.wav", b"RIFF", "--voice", "voice_unreadable"),
        ("a.wav", write_voice(b""), "--voice", "voice_empty"),
        (None, b"", "--voice", "photo_unreadable"),
    ],
)
def test_bad_file_is_said_and_no_message_goes(
    central: Central, case_id: str, tmp_path: Path, capsys: pytest.CaptureFixture[str],
    name: str | None, data: bytes, option: str, code: str,
) -> None:  # fmt: skip
    path = tmp_path / (name or "absent.wav")
    if name:
        path.write_bytes(data)
    ended, told = run(central, capsys, "message", case_id, "--note", "看", option, str(path))
    assert (ended != 0, told["error"]["code"]) == (True, code)
    assert run(central, capsys, "messages", case_id)[1]["messages"] == []


@pytest.mark.parametrize(
    ("photo", "code"),
    [
        (voice_of(VOICE, 0), "voice_invalid"),
        (voice_of(VOICE, 90_000), "voice_invalid"),
        (voice_of(VOICE, 1500, "video/mp4"), "voice_invalid"),
        (msgspec.structs.replace(photo_of(b"x", 1), masks=(Mask(0, 0, 0, 9),)), "mask_invalid"),
    ],
)
def test_record_that_cannot_be_so_is_refused(
    central: Central, device: Device, maker: RecordMaker, case_id: str, photo: Photo, code: str
) -> None:
    answer = pushed(central, device, maker, maker.act(case_id, ActKind.MESSAGE, photos=(photo,)))
    assert (answer.status, answer.code) == (PushStatus.REFUSED, code)
