"""Files shown with whatever program shows their kind on this device."""

from __future__ import annotations

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from sync.contract.errors import NeedsPerson


def show_paper(path: str) -> None:
    """Open an on-site record; ``paper_no_viewer`` where nothing here opens PDF files."""
    if not QDesktopServices.openUrl(QUrl.fromLocalFile(path)):
        raise NeedsPerson("paper_no_viewer")
