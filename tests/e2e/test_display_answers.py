"""Whether there is a display, asked of a real one."""

from __future__ import annotations

import os

from fieldapp.services.display import has_display


def test_display_that_answers_is_one() -> None:
    assert has_display({name: value for name, value in os.environ.items() if name != "QT_QPA_PLATFORM"})
