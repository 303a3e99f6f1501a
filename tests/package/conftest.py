"""What was packaged: `build/test --package` builds it first and names it here."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(PROJECT / "build" / "installer"))


@pytest.fixture(scope="session")
def frozen() -> Path:
    """The frozen folder."""
    named = os.environ.get("FIELDAPP_FROZEN", "")
    if not named:
        pytest.skip("no frozen folder is named: build/test --package makes one")
    return Path(named)
