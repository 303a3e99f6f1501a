"""Files that are no photos, taken in with good ones: each is named with its reason, the good are kept."""

import io
from pathlib import Path

import pillow_heif
from capture_ground import Ground
from pytestqt.qtbot import QtBot
from test_capture_report import ground  # noqa: F401 - a fixture

from tests.noise import noise


def jpeg() -> bytes:
    out = io.BytesIO()
    noise((400, 300), 60).convert("RGB").save(out, "JPEG", quality=90)
    return out.getvalue()


def test_each_bad_file_is_named_and_the_good_ones_are_kept(
    qtbot: QtBot,
    ground: Ground,  # noqa: F811
    tmp_path: Path,
) -> None:
    heic = tmp_path / "good.heic"
    pillow_heif.from_pillow(noise((320, 240), 50).convert("RGB")).save(heic)
    files = {
        "empty.jpg": b"",
        "cut.jpg": jpeg()[:900],
        "text.jpg": "这是文字，不是照片".encode(),
        "good.jpg": jpeg(),
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "folder.jpg").mkdir()
    bad = ("empty.jpg", "cut.jpg", "text.jpg", "folder.jpg", "gone.jpg")

    ground.capture.importFiles([str(tmp_path / name) for name in (*bad[:3], "good.jpg", *bad[3:], heic.name)])
    qtbot.waitUntil(lambda: ground.capture.photosInHand == 0, timeout=60_000)

    assert int(ground.capture.photos.property("count")) == 2
    told = str(ground.capture.form.photoError)
    assert all(name in told for name in bad), told
    assert "good" not in told
