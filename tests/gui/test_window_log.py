"""The window's log: what cannot be written is let go, and nothing else suffers from it."""

from __future__ import annotations

import logging
from contextlib import suppress
from pathlib import Path

import pytest

from fieldapp.services.process import log_file


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a file that is always full")
def test_line_that_a_full_disk_cannot_keep_is_let_go_silently(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "app.log").symlink_to("/dev/full")
    handler = log_file(tmp_path)
    handler.handle(logging.LogRecord("fieldapp", logging.INFO, __file__, 1, "stalled", None, None))
    with suppress(OSError):
        handler.close()
    assert capsys.readouterr() == ("", "")
