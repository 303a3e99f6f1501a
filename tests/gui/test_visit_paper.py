"""The on-site record as a PDF: every field can be read back, its QR too, and it is the same each time."""

import re
import shutil
import subprocess
from datetime import UTC
from pathlib import Path

import msgspec
import pytest
from pytestqt.qtbot import QtBot

from fieldapp.capture.desk import Desk
from fieldapp.capture.images.signature import draw_signature
from fieldapp.capture.visit import Paper, submit_visit
from fieldapp.qr.credential_check import SheetStanding, check_sheet_code
from fieldapp.qr.meaning import Meaning, meaning_of
from fieldapp.qr.reading import codes_in_file
from fieldapp.services.visit_paper import write_paper
from sync.contract.visit import CheckAnswer, Finding, Signature, Signer
from sync.contract.visit_qr import read_sheet_code
from sync.contract.wire import sha256_hex
from tests.contract.visit_maker import make_visit
from tests.unit.capture.use_case_desk import close_desk, make_desk
from tests.unit.capture.visit_desk import STROKES, ready_visit, squad_desk

pytestmark = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils is not here")


def text_of(data: bytes, folder: Path) -> str:
    """What pdftotext reads, without the white space that lines and cells put between."""
    path = folder / "paper.pdf"
    path.write_bytes(data)
    done = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, check=True)
    return "".join(done.stdout.decode().split())


def qr_of(data: bytes, folder: Path) -> str:
    path = folder / "paper.pdf"
    path.write_bytes(data)
    subprocess.run(["pdftoppm", "-r", "150", "-png", "-f", "1", "-l", "1", path, folder / "page"], check=True)
    picture = next(folder.glob("page*.png"))
    return codes_in_file(picture)[0]


def paper(*, english: bool = False, **changed: object) -> Paper:
    visit = make_visit("S2001", "S2002", "0190a0a0-0000-7000-8000-00000000d00d", **changed)
    pictures = {signer.value: draw_signature(STROKES) for signer in Signer}
    qr = f"FAV1:{visit.visit_id}:{visit.sheet_sha256}"
    city = "宝安区(演示)"
    return Paper(
        visit.visit_id, visit.sheet, visit.sheet_sha256, qr, pictures, city, "Asia/Shanghai", english
    )


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return squad_desk(make_desk(tmp_path / "tablet"))


def test_every_field_of_a_real_visit_is_read_back_from_its_paper(
    qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    opened = ready_visit(desk)
    saved = submit_visit(desk, opened.draft.draft_id, write_paper)
    data = Path(saved.paper).read_bytes()
    read = text_of(data, tmp_path)
    body = opened.body
    wanted = [
        *(body.party_name, body.credit_code, body.address, body.present, body.position, body.phone),
        *(body.note, body.demand, body.correct_by, body.statement, body.answers[0].note),
        *("现场检查笔录", "工地检查", "《固体废物污染环境防治法》第六十三条", "出场车辆已密闭", "裸土已覆盖"),
        *("王镕", "欧阳振华", "S2001", "S2002", "联合整治一小队", "不符合", "责令改正", "未记录出示执法证件"),
        *("113.880000,22.560000±5m", saved.visit_id, saved.sheet_sha256, "第1页"),
    ]
    missing = [text for text in wanted if "".join(text.split()) not in read]
    assert missing == []
    for signer in Signer:
        photo = opened.signature(signer)
        assert photo is not None
        assert photo.photo.original.sha256 in read
    qr = qr_of(data, tmp_path)
    assert meaning_of(qr) is Meaning.SHEET
    assert read_sheet_code(qr) == (saved.visit_id, saved.sheet_sha256)
    check = check_sheet_code(desk, qr)
    assert (check.standing, check.party) == (SheetStanding.SAME, body.party_name)
    forged = check_sheet_code(desk, qr[:-1] + ("0" if qr[-1] != "0" else "1"))
    assert forged.standing is SheetStanding.DIFFERENT
    close_desk(desk)


def test_same_sheet_gives_the_same_bytes_and_another_does_not(qtbot: QtBot) -> None:
    one = paper()
    first = write_paper(one)
    assert sha256_hex(write_paper(one)) == sha256_hex(first)
    sheet = msgspec.structs.replace(one.sheet, findings="另一句话")
    assert write_paper(msgspec.structs.replace(one, sheet=sheet)) != first


def test_paper_bears_the_time_of_the_visit_and_none_of_its_making(qtbot: QtBot) -> None:
    one = paper()
    data = write_paper(one)
    told = {
        re.sub(rb"\D", b"", when)[:14].decode()
        for pair in re.findall(rb"Date \(D:([^)]*)\)|\"(\d{4}-\d\d-\d\dT[^\"]*)\"", data)
        for when in pair
        if when
    }
    assert told == {one.sheet.ended_at.astimezone(UTC).strftime("%Y%m%d%H%M%S")}
    assert not re.findall(rb"Date \(D:\d{14}[+-](?!00'00)", data)


def test_font_is_embedded(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(write_paper(paper()))
    listed = subprocess.run(["pdffonts", path], capture_output=True, check=True).stdout.decode()
    rows = listed.splitlines()[2:]
    assert rows
    assert all(row.startswith("FieldSansSC") for row in rows)
    assert {tuple(row.split()[-5:-2]) for row in rows} <= {("yes", "no", "yes"), ("yes", "yes", "yes")}


def test_long_record_goes_over_pages_and_loses_no_line(qtbot: QtBot, tmp_path: Path) -> None:
    answers = tuple(
        CheckAnswer(f"第{n:02}问:出入口冲洗设施是否正常使用", Finding.MET, f"备注{n:02}" * 12)
        for n in range(64)
    )
    read = text_of(write_paper(paper(answers=answers, findings="长" * 3000)), tmp_path)
    assert [n for n in range(64) if f"第{n:02}问" not in read] == []
    assert read.count("长") >= 3000  # a line at the edge of a page may stand on both
    assert "页共" in read


def test_refusal_markup_and_english_are_written_as_they_are(qtbot: QtBot, tmp_path: Path) -> None:
    refused = Signature(Signer.PARTY, "<b>赵六</b> & Co", refusal="拒绝 <script>签字</script>")
    one = paper(english=True)
    sheet = msgspec.structs.replace(one.sheet, signatures=(*one.sheet.signatures[:2], refused))
    read = text_of(write_paper(msgspec.structs.replace(one, sheet=sheet)), tmp_path)
    assert "On-siteinspectionrecord" in read
    assert "<b>赵六</b>&Co" in read
    assert "Refusedtosign;reason:拒绝<script>签字</script>" in read


def test_nothing_in_the_paper_is_turned_around_hidden_or_left_blank(qtbot: QtBot, tmp_path: Path) -> None:
    whole = paper()
    sheet = msgspec.structs.replace(whole.sheet, statement="\u202e实属非情况\u202c\u200b\n𠮷某签")
    party = msgspec.structs.replace(sheet.party, name="\u2066鑫\U000e0041磊")
    told = msgspec.structs.replace(whole, sheet=msgspec.structs.replace(sheet, party=party))
    text = text_of(write_paper(told), tmp_path)
    assert "[U+202E]实属非情况[U+202C][U+200B]" in text
    assert "[U+20BB7]某签" in text or "𠮷某签" in text  # as this machine's fonts are
    assert "[U+2066]鑫[U+E0041]磊" in text
