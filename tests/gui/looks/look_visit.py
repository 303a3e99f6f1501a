"""A visit: begun, filled in, signed, done, what lacks, the credential, earlier visits."""

from __future__ import annotations

from pathlib import Path

from album import Album
from conftest import OpenDesk
from field_app import put_rows, run_job
from scenery import press, reveal, stand_at, street_file, there
from test_visit_page import _STROKE, _TEXTS, visit_row

LINES = [[list(point) for point in _STROKE]]


def test_visit(at_work: OpenDesk, album: Album, tmp_path: Path) -> None:
    bench = at_work("S2001", "visit")
    stand_at(bench)
    visit = bench.shell.pages.visit
    bench.wait(lambda: visit.stage == "form")
    album.take(bench, "visit-start")
    press(bench, "visit.submit")
    bench.wait(lambda: bool(visit.error))
    album.take(bench, "visit-lacking")
    press(bench, "visit.item.JC-01")
    press(bench, "visit.second.S2002")
    for name, text in _TEXTS.items():
        visit.edit(name, text)
    count = visit.questions.rowCount()
    for number in range(count):
        visit.answer(number, "not_met" if number == 4 else "met")
    visit.remark(4, "两车车轮带泥")
    visit.edit("result", "put_right")
    visit.flush()
    visit.pictures.importPhotos([str(street_file(tmp_path))], 4)
    bench.wait(lambda: visit.progress == f"{count}/{count}" and visit.pictures.of(4).count == 1)
    for name in ("party_name", "answer.0", "answer.4", "result", "sign.officer"):
        reveal(bench, f"visit.{name}")
        album.take(bench, f"visit-form-{name.replace('.', '-')}")
    press(bench, "visit.sign.party")
    album.take(bench, "visit-sign-pad")
    for signer in ("officer", "second", "party"):
        visit.sign(signer, LINES)
        bench.wait(lambda signer=signer: bool(getattr(visit, f"{signer}Signed")))
    press(bench, "visit.signing.back")
    reveal(bench, "visit.signed.party")
    album.take(bench, "visit-signed")


def test_done_list_and_credential(at_work: OpenDesk, album: Album) -> None:
    bench = at_work("S2001", "visit")
    stand_at(bench)
    visit = bench.shell.pages.visit
    bench.wait(lambda: visit.stage == "form")
    press(bench, "visit.credential")
    bench.wait(lambda: bool(visit.error))
    album.take(bench, "visit-no-credential")
    row = {
        "officer_id": "S2001",
        "text": "FAC1:" + "0" * 180,
        "valid_from": "2026-01-01",
        "valid_to": "2027-01-01",
    }
    run_job(bench.qtbot, bench.shell.writer, lambda desk: put_rows(desk, "credential", row))
    press(bench, "visit.credential")
    bench.wait(lambda: bool(visit.card.picture))
    album.take(bench, "visit-credential")
    press(bench, "visit.credentialShown.accept")
    bench.wait(lambda: not there(bench, "visit.credential.qr"))
    press(bench, "visit.item.JC-01")
    bench.wait(lambda: visit.item == "JC-01")
    press(bench, "visit.second.S2002")
    for name, text in _TEXTS.items():
        visit.edit(name, text)
    count = visit.questions.rowCount()
    for number in range(count):
        visit.answer(number, "not_met" if number == 4 else "met")
    visit.remark(4, "两车车轮带泥")
    visit.edit("result", "put_right")
    visit.flush()
    bench.wait(lambda: visit.progress == f"{count}/{count}")
    for signer in ("officer", "second", "party"):
        visit.sign(signer, LINES)
        bench.wait(lambda signer=signer: bool(getattr(visit, f"{signer}Signed")))
    visit.submit()
    bench.wait(lambda: visit.stage == "done" or visit.error != "")
    assert visit.error == ""
    album.take(bench, "visit-done")
    told = {**visit_row("older", "绿源弃土场", "S2002", "S2001"), "stars": 4, "rating_note": "态度好"}
    run_job(bench.qtbot, bench.shell.writer, lambda desk: put_rows(desk, "visit", told))
    bench.shell.events.tablesChanged.emit(frozenset({"visit"}))
    press(bench, "visit.list")
    past = visit.past
    bench.wait(lambda: past.items.count == 2)
    album.take(bench, "visit-list")
    past.select("older")
    bench.wait(lambda: past.stars == 4)
    album.take(bench, "visit-past")
    past.search("没有这家")
    bench.wait(lambda: past.items.count == 0)
    album.take(bench, "visit-list-none")
