"""Takes pictures of every page, on demand: `python -m tests.gui.looks [--looks DIR] [--few] [-k WORDS]`.

Each scene is a test that pytest finds when it is asked for; a QML warning on the way fails it.
"""

import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent

if __name__ == "__main__":
    scenes = sorted(str(path) for path in HERE.glob("look_*.py"))
    sys.exit(pytest.main([*scenes, "--timeout=1800", *sys.argv[1:]]))
