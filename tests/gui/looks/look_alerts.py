"""Alerts: the list, a grave one, a mild one, calls for help, and what is asked on the way."""

from __future__ import annotations

from typing import Any

import msgspec
from album import Album
from conftest import OpenDesk
from field_app import run_job
from scenery import LONG_ADDRESS, hours_ago, press, stand_at, street, tell
from shell_fakes import Bench

from sync.contract.squads import RankedSquad
from sync.contract.tables import TABLES
from sync.contract.wire import sha256_hex
from sync.replica.fetched import keep_fetched
from tests.contract.central_records import alert_row

IDS = [f"01900000-0000-7000-8000-00000000a1e{n}" for n in range(6)]
CALLS = [f"01900000-0000-7000-8000-00000000ca1{n}" for n in range(3)]


def alert(n: int, hours: float, **cells: Any) -> dict[str, Any]:
    when = {"occurred_at": hours_ago(hours), "raised_at": hours_ago(hours)}
    return alert_row(IDS[n], **{**when, "lon": 113.9 + n * 2e-3, "lat": 22.57, **cells})


def open_alert(bench: Bench, n: int) -> None:
    bench.shell.pages.alerts.open(IDS[n])
    bench.wait(lambda: bench.shell.pages.alerts.sheet.alertId == IDS[n])


def test_alerts(at_work: OpenDesk, album: Album) -> None:
    bench = at_work("S2001", "alerts")
    album.take(bench, "alerts-empty")
    stand_at(bench)
    data = street()
    sha256 = sha256_hex(data)
    run_job(bench.qtbot, bench.shell.writer, lambda desk: keep_fetched(desk.folder, sha256, iter([data])))
    tell(
        bench,
        alert=[
            alert(
                0,
                0.1,
                severity=3,
                facts='{"off_route_m": 340, "speed_kmh": 62}',
                address=LONG_ADDRESS,
                picture=sha256,
            ),
            alert(
                1,
                0.6,
                kind="speeding",
                severity=2,
                facts='{"speed_kmh": 78, "limit_kmh": 40}',
                address="新湖路",
            ),
            alert(
                2,
                2,
                kind="site_dwell",
                severity=1,
                facts='{"minutes": 95, "camera": "7"}',
                plate="",
                address="创业路 3 号",
            ),
            alert(3, 5, kind="spilling", severity=2, address=LONG_ADDRESS),
            alert(4, 30, kind="blacklist_seen", severity=3, address="107 国道"),
            alert(5, 50, severity=1, state="dismissed", address="裕安一路", last_act="x"),
        ],
    )
    album.take(bench, "alerts-list")
    open_alert(bench, 0)
    album.take(bench, "alerts-grave")
    for which in ("dismiss", "pass_on", "call"):
        press(bench, f"alerts.side.{which}")
        bench.wait(lambda: bench.item("alerts.dialog.accept").isVisible())
        album.take(bench, f"alerts-ask-{which}")
        press(bench, "alerts.dialog.reject")
    press(bench, "alerts.primary")
    bench.wait(lambda: bool(bench.shell.pages.alerts.sheet.mine))
    album.take(bench, "alerts-mine")
    open_alert(bench, 2)
    album.take(bench, "alerts-mild")


def test_calls(at_work: OpenDesk, album: Album) -> None:
    bench = at_work("S2001", "alerts")
    stand_at(bench)
    tell(bench, alert=[alert(0, 0.1, severity=3, address=LONG_ADDRESS), alert(1, 1, severity=2)])
    squads = msgspec.json.encode([RankedSquad("二队", ("S2001",), 830, asked=True)]).decode()
    blank = dict.fromkeys(TABLES["reinforcement"].column_names, "")
    told = {**blank, "called_at": hours_ago(0.2), "asked": "S2001", "squads": squads, "state": "open"}
    tell(
        bench,
        reinforcement=[
            {
                **told,
                "call_id": CALLS[0],
                "caller": "S2002",
                "alert_id": IDS[0],
                "note": "对方多人围堵，请求支援",
            },
            {**told, "call_id": CALLS[1], "caller": "S2001", "alert_id": IDS[1], "asked": "S2003"},
        ],
    )
    bench.wait(lambda: bench.shell.pages.alerts.calls.count == 2)
    album.take(bench, "alerts-calls")
    open_alert(bench, 1)
    album.take(bench, "alerts-own-call")
