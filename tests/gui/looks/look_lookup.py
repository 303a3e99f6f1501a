"""Looking up a truck: start, suggestions, every answer, a company, a permit seen by the camera."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from album import FEW, Album
from conftest import OpenDesk
from field_app import put_rows, run_job
from scenery import case, press, stand_at, to_the_end
from shell_fakes import Bench

from fieldapp.capture.desk import Desk

LONG_COMPANY = (
    "深圳市宝安区新安街道海滨社区渣土与建筑废弃物综合运输管理及资源化利用服务股份有限公司第三分公司"
)
DAY = timedelta(days=1)
ANSWERS = {
    "allowed": "粤X5D68A",
    "revoked": "粤X5068A",
    "blacklisted": "粤XTEN22",
    "expired": "粤XA0002",
    "window": "粤XA0004",
    "long": "粤XA0007",
    "none": "粤X99999",
}


def fill(desk: Desk) -> tuple[float, float]:
    """Trucks for every answer; where the good ones may load."""
    sample = desk.reference.permits("粤BWK516")[0]
    site = desk.reference.site(str(sample["site_id"])) or {}
    now = desk.clock.now()
    day, hour = now.date(), (now + timedelta(hours=8)).hour
    good: dict[str, Any] = {
        **sample,
        "company_id": "TESTCO",
        "status": "active",
        "valid_from": (day - 10 * DAY).isoformat(),
        "valid_to": (day + 60 * DAY).isoformat(),
        "approved_m3": 1000,
        "used_m3": 310,
        "windows": "00:00-24:00",
        "window_days": "",
        "max_load_t": 31.0,
    }
    permits = {
        "粤X5D68A": {},
        "粤X5068A": {"status": "revoked", "reason": "擅自倾倒"},
        "粤XTEN22": {},
        "粤XA0002": {"valid_from": (day - 90 * DAY).isoformat(), "valid_to": (day - 20 * DAY).isoformat()},
        "粤XA0004": {"windows": f"{(hour + 2) % 24:02d}:00-{(hour + 6) % 24:02d}:00"},
        "粤XA0007": {
            "company_id": "LONGCO",
            "project": "深圳市宝安区新安街道海滨社区城市更新单元一期土石方及基坑支护工程第二标段",
        },
    }
    rows = [
        {**good, "plate": plate, "permit_id": f"SBZ2026-100000{n}", **more}
        for n, (plate, more) in enumerate(permits.items())
    ]
    code = "91350100M000100Y43"
    put_rows(desk, "permit", *rows)
    put_rows(
        desk,
        "company",
        {"company_id": "TESTCO", "name": "测试土方运输有限公司", "credit_code": code},
        {"company_id": "LONGCO", "name": LONG_COMPANY, "credit_code": code},
    )
    entry = {
        "kind": "vehicle",
        "level": 3,
        "valid_from": "2026-01-03",
        "issuer": "宝安区城市管理和综合执法局(演示)",
    }
    put_rows(
        desk,
        "blacklist",
        {**entry, "entry_id": "HMD-1", "subject": "粤XTEN22", "reason": "夜间偷倒渣土被查获"},
    )
    return float(site["lon"] or 0), float(site["lat"] or 0)


def look(bench: Bench, text: str, *, submit: bool = False) -> None:
    lookup = bench.shell.pages.lookup
    lookup.clear()
    lookup.edit(text)
    if submit:
        lookup.submit()
    bench.wait(lambda: not lookup.busy and lookup.stage != "start")


def test_look_up(at_work: OpenDesk, album: Album) -> None:
    bench = at_work("S2001")
    album.take(bench, "lookup-start")
    site = run_job(bench.qtbot, bench.shell.writer, fill)
    bench.shell.events.tablesChanged.emit(frozenset({"permit", "company", "blacklist"}))
    stand_at(bench, *site)
    look(bench, "粤X5")
    album.take(bench, "lookup-typing")
    for name, plate in ANSWERS.items():
        look(bench, plate, submit=True)
        bench.wait(lambda: bench.shell.pages.lookup.stage in ("truck", "none", "suggest"))
        album.take(bench, f"lookup-{name}")
    look(bench, "粤X5D68A")
    press(bench, "lookup.measures.open")
    bench.shell.pages.lookup.conditions.put("load", 36.0)
    album.take(bench, "lookup-measures")
    case(bench, plate="粤X5068A")
    look(bench, "粤X5068A")
    to_the_end(bench, "lookup.result")
    album.take(bench, "lookup-revoked-end")
    stand_at(bench, site[0] + 0.05, site[1] + 0.05)
    look(bench, "粤X5D68A")
    album.take(bench, "lookup-elsewhere")
    look(bench, "测试土方")
    bench.shell.pages.lookup.choose("company", "TESTCO")
    bench.wait(lambda: bench.shell.pages.lookup.stage == "company")
    album.take(bench, "lookup-company")


def test_nothing_known_and_no_camera(at_work: OpenDesk, album: Album) -> None:
    bench = at_work()
    look(bench, "粤X5D68A", submit=True)
    album.take(bench, "lookup-no-position", looks=FEW)
    press(bench, "read.plate")
    bench.wait(lambda: bench.item("reader.close").isVisible())
    album.take(bench, "lookup-reader-no-camera")
