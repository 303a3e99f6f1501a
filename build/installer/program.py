"""Entry point of the frozen programs: one executable that is started by either name."""

import sys
from pathlib import Path


def main() -> int:
    """The daemon and its command line as ``fieldapp-sync``, else the app and its own."""
    if Path(sys.argv[0]).stem == "fieldapp-sync":
        from sync.cli import main as program
    else:
        from fieldapp.cli import main as program
    return program()


sys.exit(main())
