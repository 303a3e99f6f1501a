"""The tray icon: how sending stands at a glance, and a way back to the window."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Property, QCoreApplication, QObject, QUrl, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from fieldapp.services.tray_host import TrayHost
from fieldapp.viewmodels.link import LinkViewModel
from sync.resources import resource

QML_IMPORT_NAME = "fieldapp.viewmodels"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlUncreatable("made by the app")
class TrayViewModel(QObject):  # type: ignore[operator]
    """Says counts and states alone: whoever stands by may read it."""

    availableChanged = Signal()
    changed = Signal()
    openAsked = Signal()
    closeAsked = Signal()

    def __init__(
        self,
        link: LinkViewModel,
        send_now: Callable[[], None],
        host: TrayHost | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._link = link
        self._send_now = send_now
        self._host = host
        if host is not None:
            host.changed.connect(self.availableChanged)
        link.changed.connect(self.changed)

    @Property(bool, notify=availableChanged)
    def available(self) -> bool:
        """Whether this desktop shows tray icons."""
        return self._host is not None and self._host.available

    @Property(bool, notify=changed)
    def anythingPending(self) -> bool:
        """Whether something has not gone."""
        return bool(self._link.property("anythingPending"))

    @Property(QUrl, notify=changed)
    def icon(self) -> QUrl:
        """The app's icon, with a spot while something waits or needs the person."""
        if self._link.property("status") == "needs_you" or int(self._link.property("needsYou")):
            name = "attention"
        else:
            name = "waiting" if self.anythingPending else "fieldapp"
        return QUrl.fromLocalFile(str(resource("icons", "app", f"{name}.svg")))

    @Property(str, notify=changed)
    def tooltip(self) -> str:
        """The product's name and what waits."""
        name = QCoreApplication.translate("Tray", "城市巡查")
        said = [str(self._link.property(key)) for key in ("bannerTitle", "pendingText")]
        return "\n".join([name, *filter(None, said)])

    @Slot()
    def open(self) -> None:
        """The person wants the window."""
        self.openAsked.emit()

    @Slot()
    def closeWindow(self) -> None:
        """The person wants the window closed; it may have something to say about that."""
        self.openAsked.emit()
        self.closeAsked.emit()

    @Slot()
    def sendNow(self) -> None:
        """The person wants what waits to go now."""
        self._send_now()
