"""A cell whose ring cannot be read is passed over: the others are found all the same."""

from __future__ import annotations

from pathlib import Path

from use_case_desk import CELL, close_desk, make_desk

from fieldapp.capture.locating import CityGrid
from sync.contract.wire import Change


def test_cell_without_a_ring_that_can_be_read_hides_no_other(tmp_path: Path) -> None:
    desk = make_desk(tmp_path / "tablet")
    cursor = desk.reference.cursor()
    assert cursor is not None
    for n, ring in enumerate(("", "113.9,22.6", "nothing;of,the;kind")):
        row = {"grid_cell": f"{CELL[:12]}80{n}", "street": "", "community": "", "ring": ring}
        desk.reference.apply([Change(2, "grid_cell", row["grid_cell"], row)], cursor)
    assert CityGrid(desk.reference).locate(113.905, 22.605) == CELL
    close_desk(desk)
