"""Which bytes a Range header means."""

import pytest

from sync.central.routes.ranges import span_of


@pytest.mark.parametrize(
    ("header", "span"),
    [
        ("bytes=0-9", (0, 10)),
        ("bytes=5-", (5, 100)),
        ("bytes=-10", (90, 100)),
        ("bytes=-1000", (0, 100)),
        ("bytes=90-1000", (90, 100)),
        ("bytes=100-", (0, 0)),
        ("bytes=-0", (0, 0)),
        ("bytes=9-5", None),
        ("bytes=-", None),
        ("bytes=1-2,4-5", None),
        ("lines=1-2", None),
        ("bytes=a-b", None),
        ("bytes=" + "9" * 40 + "-", None),
    ],
)
def test_range_header_means_these_bytes_of_a_hundred(header: str, span: tuple[int, int] | None) -> None:
    assert span_of(header, 100) == span
