"""Things to be seen on the pages: photos of a street, long names, cases, and where the tablet stands."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from field_app import put_case, put_rows, run_job
from PIL import Image
from PySide6.QtCore import QPointF
from PySide6.QtQuick import QQuickItem
from shell_fakes import Bench, find

from fieldapp.capture.desk import Desk
from fieldapp.demo.shift.pictures import make_pictures
from sync.contract.records import Place, PlaceSource

NOW = datetime.now(UTC)
LONG_ADDRESS = "新安街道海裕社区创业一路与宝民路交叉口东南侧人行道靠近公交站台第二根灯杆处"
LONG_NOTE = (
    "渣土车未密闭运输，沿途撒漏约两百米，路面有大量泥土，行人绕行，已拍照取证，司机称车厢挡板损坏。"
    "现场有两名群众反映该车队夜间多次由此出入，请安排清扫并通知运输单位。"
)
TABLES = frozenset({"city_case", "case_act", "alert", "alert_act", "reinforcement", "call_act", "visit"})


def hours_ago(hours: float) -> str:
    """A time as the tables hold it."""
    return (NOW - timedelta(hours=hours)).isoformat().replace("+00:00", "Z")


@cache
def street(index: int = 0) -> bytes:
    """A photo of a street with a truck."""
    import tempfile

    folder = Path(tempfile.mkdtemp(prefix="fieldapp-street-"))
    file = make_pictures(folder, 1, NOW, 113.9, 22.57, seed=7 + index)[0]
    picture = Image.open(file).resize((1600, 1200))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=85)
    return out.getvalue()


def street_file(folder: Path, index: int = 0) -> Path:
    """The same as a file."""
    file = folder / f"IMG_{index:04d}.jpg"
    file.write_bytes(street(index))
    return file


def stand_at(bench: Bench, lon: float = 113.9, lat: float = 22.57, accuracy_m: float = 5.0) -> None:
    """The receiver gives a fix."""
    bench.shell.pages.position._take(Place(PlaceSource.GNSS, lon, lat, accuracy_m, datetime.now(UTC)))


def tell(bench: Bench, **rows: Iterable[dict[str, Any]]) -> None:
    """Central tells rows, and the daemon says so."""

    def put(desk: Desk) -> None:
        for table, some in rows.items():
            put_rows(desk, table, *some)

    run_job(bench.qtbot, bench.shell.writer, put)
    bench.shell.events.tablesChanged.emit(TABLES | set(rows))


def case(bench: Bench, state: str = "dispatched", **columns: Any) -> str:
    """A case of the city; its id."""
    given = {
        "address": LONG_ADDRESS,
        "note": LONG_NOTE,
        "reported_at": hours_ago(30),
        "due_at": hours_ago(-3),
    }
    made = run_job(bench.qtbot, bench.shell.writer, lambda desk: put_case(desk, state, **given | columns))
    bench.shell.events.tablesChanged.emit(TABLES)
    return str(made)


def acts(bench: Bench, case_id: str, *told: tuple[str, str, str], **columns: Any) -> None:
    """Acts of a case as central lists them: kind, who, words."""
    rows = [
        {
            "act_id": f"01900000-0000-7000-8000-{case_id[-6:]}{order:06d}",
            "case_id": case_id,
            "act_order": 900_000 + order,
            "kind": kind,
            "officer_id": who,
            "note": note,
            "done_at": hours_ago(24 - order),
            "received_at": hours_ago(24 - order),
            "standing": "accepted",
            **columns,
        }
        for order, (kind, who, note) in enumerate(told)
    ]
    tell(bench, case_act=rows)


def open_task(bench: Bench, case_id: str) -> None:
    """Its page."""
    bench.shell.app.navigate("tasks")
    bench.shell.pages.tasks.open(case_id)
    bench.wait(lambda: bench.shell.pages.tasks.sheet.caseId == case_id)


def there(bench: Bench, name: str) -> bool:
    """Whether it can be seen."""
    item = find(bench.window, name)
    return item is not None and item.isVisible() and item.width() > 0


def press(bench: Bench, name: str) -> None:
    """Click it once it is there, scrolled into sight."""
    bench.wait(lambda: there(bench, name))
    reveal(bench, name)
    bench.click(name)


def reveal(bench: Bench, name: str, above: float = 160) -> None:
    """Scroll a thing into sight."""
    bench.window.grabWindow()
    item = bench.item(name)
    flick: QQuickItem | None = item.parentItem()
    while flick is not None and not flick.inherits("QQuickFlickable"):
        flick = flick.parentItem()
    if flick is not None:
        top = item.mapToItem(flick.property("contentItem"), QPointF(0, 0)).y()
        most = max(0.0, flick.property("contentHeight") - flick.height())
        flick.setProperty("contentY", min(max(0.0, top - above), most))


def to_the_end(bench: Bench, name: str) -> None:
    """Scroll a page down."""
    bench.window.grabWindow()
    flick = bench.item(name)
    flick.setProperty("contentY", max(0.0, flick.property("contentHeight") - flick.height()))
