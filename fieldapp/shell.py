"""The composition: settings → services → view models → QML engine, put together once, taken apart in order.

    desk events ← session, daemon link          view models hear the events, never each other
    taking apart: input off → services stopped → engine deleted → the rest

``Shell`` takes the way in (gate) and the link as parameters, so that a test opens the very same window
without a central and without a daemon.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import structlog
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QUrl
from PySide6.QtGui import QIcon, QWindow
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickWindow

from fieldapp.capture.desk import Desk
from fieldapp.capture.opening import open_desk
from fieldapp.pages import Crossings, Pages
from fieldapp.services.background import Background
from fieldapp.services.desks import Desks, MakeDesk
from fieldapp.services.desktop_notes import DesktopNotes
from fieldapp.services.double_taps import DoubleTaps
from fieldapp.services.events import DeskEvents
from fieldapp.services.feedback import Feedback, sound_player
from fieldapp.services.gate import Gate
from fieldapp.services.idle import IdleWatch
from fieldapp.services.link import Link
from fieldapp.services.options import Options
from fieldapp.services.rescuing import Rescuer
from fieldapp.services.settings_store import SettingsStore
from fieldapp.services.tray_host import TrayHost
from fieldapp.services.watchdog import Watchdog
from fieldapp.services.wording import Wording
from fieldapp.services.worker import ReplicaWorker
from fieldapp.ui.kit import install
from fieldapp.ui.paths import bundle_root
from fieldapp.viewmodels.app import AppViewModel
from fieldapp.viewmodels.link import LinkViewModel
from fieldapp.viewmodels.outbox import OutboxViewModel
from fieldapp.viewmodels.rebuilt import RebuiltViewModel
from fieldapp.viewmodels.rescue import RescueViewModel
from fieldapp.viewmodels.sending import SendingViewModel
from fieldapp.viewmodels.session import SessionViewModel
from fieldapp.viewmodels.settings import SettingsViewModel
from fieldapp.viewmodels.shift_check import ShiftCheckViewModel
from fieldapp.viewmodels.shortage import ShortageViewModel
from fieldapp.viewmodels.tray import TrayViewModel
from sync.clock import Clock, SystemClock
from sync.notices import Notice
from sync.replica.folder import DataFolder
from sync.resources import resource

DEFAULT_SIZE = (1280, 800)
MINUTE_S = 60.0

log = structlog.get_logger(__name__)


class Shell:
    """One window on one data folder."""

    def __init__(
        self,
        folder: DataFolder,
        options: Options,
        gate: Gate,
        link: Link,
        *,
        make_desk: MakeDesk | None = None,
        notify: Callable[[Notice], None] = lambda _notice: None,
        tray_host: TrayHost | None = None,
        clock: Clock | None = None,
        animated: bool = True,
        asks_at_start: bool = False,
    ) -> None:
        self._folder = folder
        self._options = options
        self._animated = animated
        self._clock = clock or SystemClock()
        self._root = QObject()
        root = self._root
        self.store = SettingsStore(folder)
        self.store.current = options.over(self.store.current)
        choices = self.store.current
        self.wording = Wording(choices.language, root)
        self.events = DeskEvents(root)
        self.background = Background(root)
        self.link = link
        self.feedback = Feedback(root, player=sound_player(root))
        self.writer = ReplicaWorker("writer", root)
        self.reader = ReplicaWorker("reader", root)
        self.desks = Desks(
            self.writer, self.reader, make_desk or self._desk_maker(folder), self.background, root
        )
        self.idle = IdleWatch(root)
        self.watchdog = Watchdog(root)
        self._make_view_models(gate, asks_at_start=asks_at_start)
        self.double_taps = DoubleTaps(lambda: (self.session.stage, self.session.locked), root)
        self.tray = TrayViewModel(self.link_view, link.send_now, tray_host, root)
        self.notes = DesktopNotes(notify, self._in_front, root)
        self._wire()
        self.engine: QQmlApplicationEngine | None = None
        self.window: QQuickWindow | None = None

    def open(self) -> QQuickWindow:
        """Load the window and show it; what cannot be loaded is fatal."""
        engine = QQmlApplicationEngine()
        install(engine)
        engine.setInitialProperties({"app": self.app, "tray": self.tray, "animated": self._animated})
        engine.load(QUrl.fromLocalFile(str(bundle_root() / "fieldapp" / "ui" / "Main.qml")))
        roots = engine.rootObjects()
        if not roots or not isinstance(roots[0], QQuickWindow):
            raise SystemExit("the window's QML does not load")
        self.engine, self.window = engine, roots[0]
        self.wording.changed.connect(self._retranslate)
        self.window.setIcon(QIcon(str(resource("icons", "app", "fieldapp.svg"))))
        self.double_taps.watch(self.window)
        self.idle.watch(self.window)  # heard first: the last one that watches is asked first
        self.window.frameSwapped.connect(self._on_first_frame, Qt.ConnectionType.SingleShotConnection)
        self._show(self.window)
        self.watchdog.start()
        self.session.start(self._options.server, self._options.code)
        return self.window

    def raise_window(self) -> None:
        """Bring the window to the front, also out of the task bar."""
        if self.window is not None:
            if self.window.visibility() == QWindow.Visibility.Minimized:
                self.window.showNormal()
            self.window.raise_()
            self.window.requestActivate()

    def close(self) -> None:
        """Stop the services, delete the engine, let go of the rest. The daemon goes on."""
        self.idle.stop()
        self.watchdog.stop()
        self.link.close()
        self.pages.flush()
        self.pages.close()
        self.session.close()
        self.background.close()
        self.store.close()
        if self.engine is not None:
            self.wording.changed.disconnect(self._retranslate)
            self.window = None
            engine, self.engine = self.engine, None
            engine.clearSingletons()
            for root in engine.rootObjects():
                root.deleteLater()
            engine.deleteLater()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self.wording.close()

    def say_bug(self, kind: str) -> None:
        """One sentence for a bug of ours; the log has the rest."""
        self.app.toastAsked.emit(self.wording.say_code("bug", {"kind": kind}), "", "danger", "")
        self.feedback.failed()

    def _make_view_models(self, gate: Gate, *, asks_at_start: bool) -> None:
        root = self._root
        self.session = SessionViewModel(
            gate, self.desks, self.link, self.events, self.wording, self.background, root
        )
        self.link_view = LinkViewModel(self.link, self.reader, self.events, self.wording, root)
        self.outbox = OutboxViewModel(self.writer, self.reader, self.events, self.link, self.wording, root)
        self.settings = SettingsViewModel(
            self.store, self.reader, self.events, self.wording, self.background, root
        )
        self.sending = SendingViewModel(self.link, self.wording, root)
        self.rescue = RescueViewModel(
            Rescuer(self._folder, lambda: self.session.key, self._clock), self.background, self.wording, root
        )
        self.rebuilt = RebuiltViewModel(self.writer, self.reader, self.events, self.wording, root)
        self.shortage = ShortageViewModel(self.link, self.reader, self.events, self.wording, root)
        self.pages = Pages(self.writer, self.reader, self.events, self._clock, self._options.camera, root)
        self.shift_check = ShiftCheckViewModel(
            self.writer,
            self.reader,
            self.events,
            self.pages.position,
            lambda: self.link.state.status,
            asks=asks_at_start,
            parent=root,
        )
        self.app = AppViewModel(
            self.session,
            self.link_view,
            self.outbox,
            self.settings,
            self.pages.lookup,
            self.pages.capture,
            self.pages.camera,
            self.pages.map,
            self.pages.tasks,
            self.pages.read,
            self.sending,
            self.rescue,
            self.shortage,
            self.rebuilt,
            self.pages.reports,
            self.pages.visit,
            self.pages.messages,
            self.pages.alerts,
            self.pages.patrol,
            self.shift_check,
            self.pages.photo_desk,
            root,
        )
        self.shift_check.failed.connect(lambda _code, text: self.app.toastAsked.emit(text, "", "danger", ""))
        self._crossings = Crossings(self.pages, self.app, self.outbox, self.feedback, root)

    def _wire(self) -> None:
        self.link.recordsChanged.connect(self.events.recordsChanged)
        self.link.tablesChanged.connect(self._on_tables)
        self.events.nudge.connect(self.link.nudge)
        self.events.fetchWanted.connect(self.link.fetch)
        self.link.fetched.connect(self.events.fetched)
        self.wording.changed.connect(self.events.languageChanged)
        self.pages.capture.photoSaved.connect(self.shortage.refresh)
        self.session.stageChanged.connect(self._on_stage)
        self.session.lockedChanged.connect(self._on_stage)
        self.session.leaving.connect(self.pages.patrol.sign_out)
        self.session.leaving.connect(self.pages.flush)
        self.settings.positionSourceChosen.connect(self.pages.position.use)
        self.pages.position.problemChanged.connect(
            lambda: self.settings.tell_position_problem(self.pages.position.problem)
        )
        self.pages.position.use(self.store.current.position_source)
        self.pages.map.begin(self._folder, self.store.current.map_left_out)
        self.pages.map.layersChosen.connect(lambda layers: self.store.change(map_left_out=tuple(layers)))
        self.pages.map.city_offer.asked.connect(self.link.base_map)
        self.link.baseMapChanged.connect(self.pages.map.city_offer.tell)
        self.idle.idle.connect(self.session.lock)
        self.settings.idleChosen.connect(lambda minutes: self.idle.set_limit(minutes * MINUTE_S))
        self.settings.changed.connect(self._on_settings)
        self.tray.openAsked.connect(self.raise_window)
        self.pages.tasks.dispatched.connect(lambda case_id, _text: self.notes.task_came(case_id))
        self.pages.alerts.came.connect(lambda which, _text: self.notes.alert_came(which))
        self.link_view.changed.connect(self._on_link)
        for worker in (self.writer, self.reader):
            worker.bug.connect(self.say_bug)
        self.idle.set_limit(self.store.current.idle_minutes * MINUTE_S)
        self._on_settings()
        self.events.languageChanged.emit(self.wording.language)

    def _in_front(self) -> bool:
        return self.window is not None and self.window.isVisible() and self.window.isActive()

    def _desk_maker(self, folder: DataFolder) -> MakeDesk:
        def make(key: bytes, officer_id: str) -> Desk:
            source = self.store.current.position_source
            return open_desk(folder, key, officer_id, clock=self._clock, position_source=source)

        return make

    def _show(self, window: QQuickWindow) -> None:
        size = self._options.size or DEFAULT_SIZE
        window.resize(*size)
        screen = window.screen().availableSize()
        if self._options.size is None and (screen.width() <= size[0] or screen.height() <= size[1]):
            window.showMaximized()
        else:
            window.show()

    def _on_stage(self) -> None:
        if self.session.at_work:
            self.idle.start()
        else:
            self.idle.stop()

    def _on_tables(self, names: frozenset[str]) -> None:
        if self.desks.running:
            self.desks.reopen_reference(lambda: self.events.tablesChanged.emit(names))

    def _on_link(self) -> None:
        if self.session.at_work:
            trouble = self.link.state.code if self.link.state.status == "needs_you" else ""
            self.notes.sending_stands(int(self.link_view.property("needsYou")), trouble)

    def _on_settings(self) -> None:
        self.feedback.enabled = self.store.current.sounds

    def _on_first_frame(self) -> None:
        log.info("first_frame", monotonic_s=round(time.monotonic(), 3))

    def _retranslate(self, _language: str) -> None:
        if self.engine is not None:
            self.engine.retranslate()
