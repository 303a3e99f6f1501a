"""The window's program: arguments, the checks of this machine, the shell, and an orderly end.

A machine on which the app cannot work (no display, SQLite too old, folder not writable, a store that a newer
version wrote) is told in one plain sentence, in Chinese and English, in a window where there can be one and
on the terminal; the exit code is the one of every other command.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from types import TracebackType
from typing import TYPE_CHECKING

import structlog
from PySide6.QtGui import QGuiApplication
from PySide6.QtQuickControls2 import QQuickStyle

from fieldapp.services.daemon_link import DaemonLink
from fieldapp.services.display import has_display
from fieldapp.services.gate import VaultGate
from fieldapp.services.options import parse_options
from fieldapp.services.process import (
    EndSignals,
    choose_renderer,
    keep_logs,
    return_memory,
)
from fieldapp.services.single import OnlyWindow
from fieldapp.services.tray_host import TrayHost
from fieldapp.ui.kit import STYLE
from sync.cli.frame import UsageError
from sync.contract.errors import EXIT_USAGE, FieldError, NeedsPerson
from sync.messages import sentence
from sync.notifier import Notifier
from sync.replica.database import require_safe_sqlite
from sync.replica.folder import DataFolder

if TYPE_CHECKING:
    from fieldapp.shell import Shell

log = structlog.get_logger(__name__)


def main(argv: Sequence[str] | None = None) -> int:
    """Open the window and stay until it is closed."""
    try:
        options = parse_options(sys.argv[1:] if argv is None else argv)
    except UsageError as error:
        sys.stderr.write(f"{error}\n{error.usage}\n")
        return EXIT_USAGE
    except SystemExit as asked_for_help:
        return int(asked_for_help.code or 0)
    if not has_display():
        return _say_on_terminal(NeedsPerson("no_display"))
    app = make_application()
    folder: DataFolder | None = None
    try:
        folder = DataFolder(options.data)
        require_safe_sqlite()
        gate = VaultGate(folder)
        enrolled = gate.is_enrolled()
        only = OnlyWindow(folder)
        if not only.claim():
            return _say_already_open()
    except FieldError as error:
        return _show_trouble(app, error, folder)
    keep_logs(folder.root / "logs")
    from fieldapp.shell import Shell  # after the logs: Qt Multimedia talks while it is loaded

    link = DaemonLink(folder)
    if enrolled:
        link.start()
    notifier = Notifier(lambda: shell.wording.language)
    shell = Shell(
        folder, options, gate, link, notify=notifier.show, tray_host=TrayHost(app), asks_at_start=True
    )
    only.raised.connect(shell.raise_window)
    try:
        return _run(app, shell)
    finally:
        notifier.close()
        only.release()


def make_application() -> QGuiApplication:
    """The one application object, with our style and a renderer that works here."""
    return_memory()
    os.environ.setdefault("QT_QUICK_CONTROLS_STYLE", STYLE)
    # Qt names every optional system library it does not find; the camera page says what is missing for us.
    os.environ.setdefault("QT_LOGGING_RULES", QUIET)
    # Map and camera paint themselves in Python. In a render thread of its own such an item waits for the
    # interpreter while the interpreter waits for the frame, for ever; the basic loop draws in this thread.
    os.environ["QSG_RENDER_LOOP"] = "basic"
    # QML's collector in small steps is the likely cause of properties lost as objects were made
    # ("Cannot find member data": cards lost their colours). Whole, it takes 10 ms with every page open.
    os.environ.setdefault("QV4_GC_TIMELIMIT", "0")
    if QQuickStyle.name() != STYLE:
        QQuickStyle.setStyle(STYLE)
    running = QGuiApplication.instance()
    app = running if isinstance(running, QGuiApplication) else QGuiApplication(sys.argv[:1])
    app.setApplicationName("fieldapp")
    app.setApplicationDisplayName("")
    app.setDesktopFileName("fieldapp")
    choose_renderer()
    return app


def _run(app: QGuiApplication, shell: Shell) -> int:
    previous = sys.excepthook

    def on_bug(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        log.error("bug", exc_info=(kind, error, trace))
        shell.say_bug(kind.__name__)

    ends = EndSignals(app.quit)
    sys.excepthook = on_bug
    try:
        shell.open()
        code = app.exec()
    finally:
        sys.excepthook = previous
        ends.close()
        shell.close()
    return code


def _say_on_terminal(error: FieldError) -> int:
    for language in ("zh", "en"):
        sys.stderr.write(sentence(error.code, error.facts, language) + "\n")
    return error.exit_code


def _say_already_open() -> int:
    for language in ("zh", "en"):
        sys.stderr.write(sentence("already_open", {}, language) + "\n")
    return 0


def _show_trouble(app: QGuiApplication, error: FieldError, folder: DataFolder | None) -> int:
    code = _say_on_terminal(error)
    from fieldapp.trouble import TroubleWindow

    trouble = TroubleWindow(error, folder)
    if trouble.open() is not None and not os.environ.get(UNATTENDED):
        app.exec()
    trouble.close()
    return code


QUIET = "qt.multimedia.symbolsresolver=false;qt.multimedia.ffmpeg=false"
UNATTENDED = "FIELDAPP_UNATTENDED"
"""Set where nobody could close a window: the sentence goes to the terminal alone."""
