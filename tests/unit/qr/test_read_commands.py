"""``fieldapp read-qr`` and ``read-plate``: one JSON object, plain words, the right exit code."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
import segno
from PIL import Image

from fieldapp.cli import main
from fieldapp.plates import models
from fieldapp.plates.models import are_installed
from sync.contract.enrol_qr import Invitation, write_invitation
from sync.contract.enrolment import make_code
from tests.bench.plate_scenes import scenes

with_models = pytest.mark.skipif(not are_installed(), reason="the extra `plates` is not installed here")


def run(capsys: pytest.CaptureFixture[str], data: Path, *words: str) -> tuple[int, dict[str, Any]]:
    code = main([*words, "--data", str(data), "--json"])
    return code, json.loads(capsys.readouterr().out)


def picture_of(text: str, path: Path) -> str:
    out = io.BytesIO()
    segno.make_qr(text).save(out, kind="png", scale=6, border=4)
    Image.open(out).convert("RGB").save(path)
    return str(path)


def test_invitation_is_taken_apart_without_an_enrolled_tablet(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    invitation = Invitation("https://city.test:8443", make_code(b"authority", bytes(16)).text())
    file = picture_of(write_invitation(invitation), tmp_path / "code.png")
    code, result = run(capsys, tmp_path / "none", "read-qr", file)
    assert (code, result["kind"]) == (0, "invitation")
    assert (result["server"], result["code"]) == (invitation.server, invitation.code)


def test_code_of_others_is_told_as_such(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = picture_of("https://advert.example", tmp_path / "code.png")
    code, result = run(capsys, tmp_path / "none", "read-qr", file)
    assert (code, result["kind"], result["text"]) == (0, "other", "https://advert.example")


def test_permit_needs_an_enrolled_tablet_to_be_checked(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = picture_of("FAP1:ABC", tmp_path / "code.png")
    code, result = run(capsys, tmp_path / "none", "read-qr", file)
    assert (code, result["ok"]) == (4, False)


def test_missing_file_is_refused_in_words(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, result = run(capsys, tmp_path, "read-qr", str(tmp_path / "none.png"))
    assert (code, result["error"]["code"]) == (3, "photo_unreadable")


@with_models
def test_plate_in_a_picture_is_told_with_its_place(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    scene = next(scenes(1))
    scene.picture.save(tmp_path / "truck.jpg", quality=90)
    crop = tmp_path / "crop.png"
    code, result = run(
        capsys, tmp_path / "none", "read-plate", str(tmp_path / "truck.jpg"), "--crop", str(crop)
    )
    (plate,) = result["plates"][:1]
    assert (code, plate["plate"], plate["possible"]) == (0, scene.plate, True)
    assert crop.is_file()


def test_without_the_extra_read_plate_says_what_to_do(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(models, "DETECTOR", ("no-such-package", "none.onnx"))
    code, result = run(capsys, tmp_path, "read-plate", str(tmp_path / "any.jpg"))
    assert (code, result["error"]["code"]) == (4, "plates_not_installed")
