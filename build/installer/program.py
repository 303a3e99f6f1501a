"""Entry point of the frozen programs: one executable that is started by either name."""

import sys
from pathlib import Path

from sync.installation import refuse_half


def main() -> int:
    """The daemon and its command line as ``fieldapp-sync``, else the app and its own."""
    if half := refuse_half(Path(sys._MEIPASS)):  # type: ignore[attr-defined]
        return half
    if Path(sys.argv[0]).stem == "fieldapp-sync":
        from sync.cli import main as program
    else:
        from fieldapp.cli import main as program
    return program()


sys.exit(main())
