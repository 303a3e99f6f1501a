"""The window for a machine on which the app cannot start: why, in both languages, and two ways out.

Whatever keeps the app from starting, what was saved lies in the folder all the same; from here it can be
written into one file for central.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QUrl
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickWindow

from fieldapp.services.background import Background
from fieldapp.services.rescuing import Rescuer
from fieldapp.services.settings_store import Settings, SettingsStore
from fieldapp.services.wording import Wording
from fieldapp.ui.kit import install
from fieldapp.ui.paths import bundle_root
from fieldapp.viewmodels.rescue import RescueViewModel
from sync.clock import SystemClock
from sync.contract.errors import FieldError
from sync.messages import sentence
from sync.replica.folder import DataFolder

SIZE = {"width": 900, "height": 720}
_LANGUAGES = {"chinese": "zh", "english": "en"}


def _language_of(folder: DataFolder | None) -> str:
    """The language of this tablet, for what the rescue page says."""
    if folder is None:
        return Settings().language
    store = SettingsStore(folder)
    store.close()
    return store.current.language


class TroubleWindow:
    """``folder`` is None where not even that could be had."""

    def __init__(self, error: FieldError, folder: DataFolder | None) -> None:
        self._root = QObject()
        self._background = Background(self._root)
        self._wording = Wording(_language_of(folder), self._root)
        self.rescue: RescueViewModel | None = None
        if folder is not None and folder.keys.is_file():
            rescuer = Rescuer(folder, lambda: None, SystemClock())
            self.rescue = RescueViewModel(rescuer, self._background, self._wording, self._root)
        self._texts = {name: sentence(error.code, error.facts, short) for name, short in _LANGUAGES.items()}
        self._engine = QQmlApplicationEngine()

    def open(self) -> QQuickWindow | None:
        """Show it; None where not even this window can be drawn."""
        install(self._engine)
        offered = {} if self.rescue is None else {"rescue": self.rescue}
        self._engine.setInitialProperties({**self._texts, **SIZE, "visible": True, **offered})
        self._engine.load(QUrl.fromLocalFile(str(bundle_root() / "fieldapp" / "ui" / "Trouble.qml")))
        roots = self._engine.rootObjects()
        return roots[0] if roots and isinstance(roots[0], QQuickWindow) else None

    def close(self) -> None:
        """Take it apart."""
        self._background.close()
        for window in self._engine.rootObjects():
            window.deleteLater()
        self._engine.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self._wording.close()
