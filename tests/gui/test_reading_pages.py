"""Plates and codes by camera, through the real window: enrolment, look-up, a permit; without the extra."""

from __future__ import annotations

import io
from pathlib import Path

import msgspec
import pytest
import segno
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from PIL import Image
from shell_fakes import Bench, OpenBench, find

from fieldapp.plates import models
from fieldapp.plates.models import are_installed
from sync.contract.enrol_qr import Invitation, write_invitation
from sync.contract.enrolment import make_code
from sync.contract.permit_qr import write_permit_code
from sync.contract.signatures import Purpose, signed_bytes
from tests.bench.plate_scenes import scenes
from tests.noise import noise
from tests.unit.qr.test_permit_check import CODE

with_models = pytest.mark.skipif(not are_installed(), reason="the extra `plates` is not installed here")
KEY = Ed25519PrivateKey.from_private_bytes(b"k" * 32)
INVITATION = Invitation("https://city.test:8443", make_code(b"authority", bytes(16)).text())


def show_code(folder: Path, text: str) -> str:
    """A camera that sees this code."""
    folder.mkdir()
    out = io.BytesIO()
    segno.make_qr(text, error="m", boost_error=False).save(out, kind="png", scale=5, border=4)
    frame = noise((1280, 720), 40).convert("RGB")
    frame.paste(Image.open(out).convert("RGB"), (300, 60))
    frame.save(folder / "frame.png")
    return f"replay:{folder}"


def show_plate(folder: Path) -> tuple[str, str]:
    """A camera that sees a truck, and the truck's plate."""
    folder.mkdir()
    scene = next(scenes(1))
    scene.picture.save(folder / "frame.png")
    return f"replay:{folder}", scene.plate


def at_work(bench: Bench) -> Bench:
    bench.sign_in()
    bench.wait(lambda: bench.stage() == "open")
    bench.shell.app.navigate("lookup")
    return bench


def permit_text(key: Ed25519PrivateKey = KEY) -> str:
    public = key.public_key().public_bytes_raw().hex()
    return write_permit_code(CODE, public, lambda data: key.sign(signed_bytes(Purpose.PERMIT_QR, data)))


def test_enrolment_code_seen_by_the_camera_fills_both_fields(open_bench: OpenBench, tmp_path: Path) -> None:
    bench = open_bench(enrolled=False, camera=show_code(tmp_path / "seen", write_invitation(INVITATION)))
    bench.click("enrol.scan")
    bench.wait(lambda: bench.item("enrol.server.input").property("text") == INVITATION.server)
    assert bench.item("enrol.code.input").property("text") == INVITATION.code
    assert bench.shell.pages.read.property("mode") == ""
    assert bench.stage() == "enrol"


def test_code_that_is_not_ours_fills_nothing(open_bench: OpenBench, tmp_path: Path) -> None:
    bench = open_bench(enrolled=False, camera=show_code(tmp_path / "seen", "https://advert.example"))
    bench.click("enrol.scan")
    read = bench.shell.pages.read
    read.take([str(tmp_path / "seen" / "frame.png")])
    bench.wait(lambda: read.property("errorText") != "")
    assert read.property("errorText") == bench.shell.wording.say_code("qr_not_ours", {})
    assert bench.item("enrol.server.input").property("text") == ""


def test_one_tap_on_a_picture_reads_it(open_bench: OpenBench, tmp_path: Path) -> None:
    show_code(tmp_path / "pictures", write_invitation(INVITATION))
    bench = open_bench(enrolled=False, camera="none")
    bench.click("enrol.scan")
    bench.click("reader.file")
    bench.shell.pages.read.picker.enter(str(tmp_path / "pictures"))
    bench.wait(lambda: find(bench.window, "importSheet.item.frame.png") is not None)
    bench.click("importSheet.item.frame.png")
    bench.wait(lambda: bench.item("enrol.server.input").property("text") == INVITATION.server)


def test_picture_that_is_gone_is_named_without_its_folder(open_bench: OpenBench, tmp_path: Path) -> None:
    bench = open_bench(enrolled=False, camera="none")
    bench.click("enrol.scan")
    read = bench.shell.pages.read
    read.take([str(tmp_path / "gone.png")])
    bench.wait(lambda: "gone.png" in read.property("errorText"))
    assert str(tmp_path) not in read.property("errorText")


@with_models
def test_plate_seen_by_the_camera_is_looked_up_once_confirmed(open_bench: OpenBench, tmp_path: Path) -> None:
    camera, plate = show_plate(tmp_path / "seen")
    bench = at_work(open_bench(camera=camera))
    bench.click("read.plate")
    bench.wait(lambda: bench.item("reader.shoot").isEnabled())
    bench.click("reader.shoot")
    bench.wait(lambda: bench.shell.pages.read.property("plate") == plate)
    assert bench.item("reader.crop").property("source").toString().startswith("data:image/png")
    assert bench.shell.pages.lookup.property("query") == ""
    bench.click("reader.confirm")
    bench.wait(lambda: bench.shell.pages.lookup.property("query") == plate)
    assert bench.shell.pages.read.property("mode") == ""


def test_without_the_extra_the_page_says_so_and_goes_on(
    open_bench: OpenBench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(models, "RECOGNISER", ("no-such-package", "none.onnx"))
    bench = at_work(open_bench(camera="none"))
    bench.click("read.plate")
    bench.wait(lambda: bench.item("reader.error").isVisible())
    assert bench.item("reader.error").property("text") == bench.shell.wording.say_code(
        "plates_not_installed", {}
    )


@pytest.mark.parametrize(("signer", "standing"), [(KEY, "unknown"), (Ed25519PrivateKey.generate(), "forged")])
def test_permit_seen_by_the_camera_is_checked_offline(
    open_bench: OpenBench, tmp_path: Path, signer: Ed25519PrivateKey, standing: str
) -> None:
    bench = open_bench(camera=show_code(tmp_path / "seen", permit_text(signer)))
    at_work(bench)
    pinned = KEY.public_key().public_bytes_raw().hex()

    def pin(desk: object) -> None:
        with desk.work.act():  # type: ignore[attr-defined]
            meta = desk.work.meta  # type: ignore[attr-defined]
            meta.set_identity(msgspec.structs.replace(meta.require_identity(), signing_key=pinned))

    done: list[object] = []
    bench.shell.writer.submit(pin, done.append)
    bench.wait(lambda: bool(done))
    bench.click("read.permit")
    bench.wait(lambda: bench.shell.pages.read.permit.standing == standing)
    assert bench.item("reader.standing").isVisible()
    plate = bench.item("reader.permitPlate")
    assert (plate.property("text"), plate.property("kind")) == (CODE.plate, "display")
    bench.click("reader.again")
    bench.click("reader.close")
    bench.wait(lambda: bench.shell.pages.read.property("mode") == "")
