"""What the demo city is called and where it lies: invented, on a real district's names."""

from __future__ import annotations

from datetime import date

from sync.contract.wire import City

DEMO_SEED = 20260
DEMO_DAY = date(2026, 11, 20)
"""The day the demo's dates hang on when the caller names none; a pure generator asks no clock."""

CITY = City(
    name_zh="宝安区(演示)",
    name_en="Bao'an District (demo)",
    division="440306",
    home_plate="粤B",
    lon=113.88,
    lat=22.56,
    zone="Asia/Shanghai",
)
