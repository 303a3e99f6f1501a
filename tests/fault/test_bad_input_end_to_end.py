"""Bad pictures and awkward texts through the real programs: kept byte for byte, or refused with a reason."""

from __future__ import annotations

import hashlib
import io
import json
import random
import struct
import subprocess
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pillow_heif
import pytest
from PIL import Image

from fieldapp.capture.desk import Desk
from fieldapp.capture.drafts import DraftBody, keep_draft, start_draft
from fieldapp.capture.opening import open_desk
from fieldapp.capture.photos import take_photo
from fieldapp.capture.report import submit_report
from sync.contract.errors import InputRefused
from sync.contract.records import NOWHERE
from sync.replica.folder import DataFolder
from tests.contract.tablet import CLASS, OFFICER
from tests.fault.great_heap import resident_peak_mb
from tests.fault.ledger_plugin import Teller
from tests.fault.process_ground import PROJECT, ProcessGround

MEMORY_MB = 300
MANY = """
import contextlib, io, json, os, sys
from fieldapp.cli import main
from tests.fault.great_heap import resident_peak_mb
for photos in json.loads(sys.argv[2]):
    out = io.StringIO()
    named = [part for photo in photos for part in ("--photo", photo)]
    with contextlib.redirect_stdout(out):
        code = main(["report", "--class", "03-11", *named, "--data", sys.argv[1], "--json"])
    print(json.dumps({"exit": code, "answer": json.loads(out.getvalue())}))
print(json.dumps({"peak_mb": resident_peak_mb(os.getpid())}))
"""
"""The command line, again and again in one process, whose greatest memory is told at the end."""

TEXTS = (
    "𠮷野家前 渣土",
    "👩‍👩‍👧‍👦 ZWJ 👷🏽‍♂️",
    "\u202eright to left\u202c עברית عربى",
    "長" * 10_000,
    "'; DROP TABLE record; --",
    "<script>alert(1)</script>&amp;",
    "=cmd|' /C calc'!A0",
    "+1+1",
    "@SUM(1,2)",
    "a line\nanother\r\nlevel=error forged=1",
    "../../../etc/passwd",
    "CON PRN AUX NUL COM1.txt",
    "e\u0301 é \ufeff \u200b \u2028",
    "\x1b[31mred\x07",
    "{{7*7}} ${jndi:ldap://x} %s %n",
)
REFUSED_TEXTS = ("NUL \x00 in it", "half a pair \ud83d", "長" * 10_001)


@pytest.fixture
def ground(tmp_path: Path) -> Iterator[ProcessGround]:
    with ProcessGround(tmp_path) as ground:
        ground.start_daemon()
        ground.fill()
        yield ground


def jpeg(chance: random.Random, side: int = 64) -> bytes:
    out = io.BytesIO()
    Image.frombytes("RGB", (side, side), chance.randbytes(side * side * 3)).save(out, "JPEG")
    return out.getvalue()


def png_bomb() -> bytes:
    """A PNG of a few kilobytes that says it has 40,000 × 40,000 pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 40_000, 40_000, 8, 2, 0, 0, 0)
    rows = zlib.compress(bytes(1_000_000), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def heic(side: int = 64) -> bytes:
    """A picture as phones write it."""
    out = io.BytesIO()
    pillow_heif.from_pillow(Image.new("RGB", (side, side), "olive")).save(out, quality=90)
    return out.getvalue()


def corpus(folder: Path, *, greatest: bool) -> dict[str, tuple[list[str], bool]]:
    """Reports by name: their photo files, and whether they may be accepted. ``greatest``: 299 MB too."""
    chance = random.Random(28)
    good = jpeg(chance)
    exif = (
        b"\xff\xd8\xff\xe1\xff\xffExif\x00\x00"
        + b"MM\x00*\x00\x00\x00\x08\xff\xff"
        + bytes(65_517)
        + good[2:]
    )
    files = {
        "good.jpg": good,
        "empty.jpg": b"",
        "magic.jpg": b"GIF89a" + bytes(100),
        "text.jpg": b"not a picture",
        "cut.jpg": good[: len(good) // 2],
        "bomb.png": png_bomb(),
        "exif.jpg": exif,
        "polyglot.jpg": good + b"PK\x03\x04<script>%PDF-1.7",
        "渣土 车.jpg": jpeg(chance),
        "phone.heic": heic(),
    }
    for name, data in files.items():
        (folder / name).write_bytes(data)
    with (folder / "huge.jpg").open("wb") as file:
        file.write(good)
        file.truncate(301_000_000)
    Image.new("L", (16_384, 12_288), 90).save(folder / "200mp.jpg", quality=60)
    with (folder / "great.jpg").open("wb") as file:
        file.write(good)
        file.truncate(299_000_000)
    path = {name: str(folder / name) for name in (*files, "huge.jpg", "200mp.jpg", "great.jpg")}
    return {
        **({"299 MB": ([path["great.jpg"]], True)} if greatest else {}),
        "201 megapixels": ([path["200mp.jpg"]], True),
        "HEIC": ([path["phone.heic"]], True),
        "one good": ([path["good.jpg"]], True),
        "the same twice in one report": ([path["good.jpg"], path["good.jpg"]], True),
        "the same in another report": ([path["good.jpg"]], True),
        "empty": ([path["empty.jpg"]], False),
        "wrong magic": ([path["magic.jpg"]], False),
        "text": ([path["text.jpg"]], False),
        "truncated": ([path["cut.jpg"]], False),
        "decompression bomb": ([path["bomb.png"]], False),
        "301 MB": ([path["huge.jpg"]], False),
        "EXIF bomb": ([path["exif.jpg"]], True),
        "polyglot": ([path["polyglot.jpg"]], True),
        "Chinese name": ([path["渣土 车.jpg"]], True),
    }


@pytest.mark.timeout(900)
@pytest.mark.faults(28)
def test_bad_pictures_by_command_line_are_kept_whole_or_refused_with_a_reason_in_little_memory(
    ground: ProcessGround, tmp_path: Path, tally: Teller, long_form: bool
) -> None:
    cases = corpus(tmp_path, greatest=long_form)
    line = [
        sys.executable,
        "-c",
        MANY,
        str(ground.tablet_folder),
        json.dumps([files for files, _ in cases.values()]),
    ]
    done = subprocess.run(line, cwd=PROJECT, capture_output=True, text=True, timeout=300, check=True)
    *answers, last = [json.loads(said) for said in done.stdout.splitlines()]
    told: dict[str, str] = {}
    for (name, (files, welcome)), said in zip(cases.items(), answers, strict=True):
        answer: dict[str, Any] = said["answer"]
        told[name] = "kept" if answer["ok"] else answer["error"]["code"]
        if answer["ok"]:
            ground.history.acknowledged(answer["report_id"])
            hashes = [hashlib.sha256(Path(file).read_bytes()).hexdigest() for file in files]
            assert [photo["sha256"] for photo in answer["photos"]] == hashes, name
        else:
            assert answer["error"]["message"].strip()
        assert answer["ok"] == welcome, told
    ground.sync_until_sent()
    assert ground.daemon is not None
    assert ground.central is not None
    peaks = [last["peak_mb"], *(resident_peak_mb(one.pid) for one in (ground.daemon, ground.central))]
    assert max(peaks) < MEMORY_MB, peaks
    found = ground.check()
    assert len(found["central"]["cases"]) == sum(answer["answer"]["ok"] for answer in answers)
    spent = " / ".join(f"{peak:.0f}" for peak in peaks)
    tally(runs=len(cases), note=f"{told}; memory of app, daemon, central: {spent} MB")


def submit(desk: Desk, text: str, data: bytes) -> str:
    """A report with that text in every field that takes one."""
    draft_id = start_draft(desk)
    take_photo(desk, draft_id, data, NOWHERE)
    keep_draft(
        desk,
        draft_id,
        desk.officer.officer_id,
        DraftBody(class_code=CLASS, note=text, address=text[:200], place=NOWHERE),
    )
    submit_report(desk, draft_id)
    return draft_id


@pytest.mark.faults(29)
def test_awkward_texts_arrive_byte_for_byte_or_are_refused(ground: ProcessGround, tally: Teller) -> None:
    chance = random.Random(29)
    desk = open_desk(DataFolder(ground.tablet_folder), ground.key, OFFICER)
    wanted: dict[str, str] = {}
    try:
        for text in TEXTS:
            draft_id = submit(desk, text, jpeg(chance, 16))
            ground.history.acknowledged(draft_id)
            wanted[draft_id] = text
        for text in REFUSED_TEXTS:
            with pytest.raises(InputRefused):
                submit(desk, text, jpeg(chance, 16))
    finally:
        desk.work.close()
        desk.reference.close()
    ground.sync_until_sent()
    found = ground.check()
    arrived = {row[1]: json.loads(row[2])["note"] for row in found["central"]["operations"]}
    assert arrived == wanted
    tally(runs=len(TEXTS) + len(REFUSED_TEXTS), note="texts from the page's use case to central's store")
