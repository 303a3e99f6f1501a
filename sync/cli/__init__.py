"""The command lines: ``frame`` (arguments, one JSON object, exit codes — shared by all three) and ours."""

from __future__ import annotations

import sys


def main() -> int:
    """Entry point of ``fieldapp-sync``."""
    from sync.cli.commands import run_sync  # here, because the other command lines import ``frame`` alone

    return run_sync(sys.argv[1:])
