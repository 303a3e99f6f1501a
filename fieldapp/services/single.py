"""One window on one data folder: a second start raises the first window and is done.

A lock file says who is first; the system lets it go when its holder dies, however it dies. A call at the
socket beside it means "come up", and whoever can reach it is the same user (0700 folder, and Qt's own check).
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from sync.lockfile import FileLock
from sync.replica.folder import DataFolder

ANSWER_MS = 3_000


class OnlyWindow(QObject):
    """``claim`` at start; ``raised`` when somebody started the app once more."""

    raised = Signal()

    def __init__(self, folder: DataFolder, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock = FileLock(folder.root / "window.lock")
        self._address = str(folder.socket.with_name("window.sock"))
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._heard)

    def claim(self) -> bool:
        """Whether this is the first window of the folder; where not, the first one was asked to come up."""
        if self._lock.acquire(wait=False):
            QLocalServer.removeServer(self._address)
            self._server.listen(self._address)
            return True
        self._ask()
        return False

    def release(self) -> None:
        """Let the next one be the first."""
        self._server.close()
        self._lock.release()

    def _ask(self) -> None:
        line = QLocalSocket()
        line.connectToServer(self._address)
        if line.waitForConnected(ANSWER_MS):
            line.disconnectFromServer()

    @Slot()
    def _heard(self) -> None:
        while self._server.hasPendingConnections():
            self._server.nextPendingConnection().close()  # goes with the server; it said all by coming
            self.raised.emit()
