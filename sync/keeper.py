"""What the daemon holds open while it is unlocked: the link, its key, and the long poll beside it."""

from __future__ import annotations

from collections.abc import Callable

from sync.clock import Clock
from sync.contract.errors import NeedsPerson
from sync.link import Link
from sync.listener import Listener
from sync.replica.database import DatabaseError
from sync.replica.folder import DataFolder
from sync.vault.vault import Vault
from sync.watcher import Watcher

JOIN_S = 4.0

OpenLink = Callable[[DataFolder, bytes, Clock, Listener], Link]


class Keeper:
    """Opens and shuts. Used by the daemon's loop, but for ``break_off``."""

    def __init__(
        self,
        folder: DataFolder,
        clock: Clock,
        listener: Listener,
        open_link: OpenLink,
        *,
        saw: Callable[[str], None],
        lost: Callable[[], None],
    ) -> None:
        self._folder = folder
        self._clock = clock
        self._listener = listener
        self._open_link = open_link
        self._saw = saw
        self._lost = lost
        self._key = b""
        self._watcher: Watcher | None = None
        self.link: Link | None = None

    @property
    def is_enrolled(self) -> bool:
        """Whether there is a store that a key could open."""
        return self._folder.holds_work() and self._folder.keys.exists()

    def open(self, key: bytes) -> bool:
        """Open with this key; False when all is open already and the device is still the same one."""
        if not self.is_enrolled:
            raise NeedsPerson("not_enrolled")
        if self.is_open_with(key):
            return False
        link = self._open_link(self._folder, key, self._clock, self._listener)
        self.shut()
        self.link, self._key = link, key
        self._watcher = Watcher(link.remote, saw=self._saw, lost=self._lost)
        return True

    def is_open_with(self, key: bytes) -> bool:
        """Whether this key has opened all that there is, for the device this tablet is; from any thread."""
        link = self.link
        if link is None or self._key != key:
            return False
        device = Vault(self._folder, self._clock).device()
        return device is not None and device.device_id == link.device_id

    def watch(self) -> None:
        """Poll for what comes after what has been applied."""
        cursor = self._work_cursor()
        if self._watcher is not None and cursor is not None:
            self._watcher.watch(cursor)

    def has_applied(self, cursor: str) -> bool:
        """Whether what the poll saw is applied already (it was our own doing, mostly)."""
        return cursor != "" and self._work_cursor() == cursor

    def _work_cursor(self) -> str | None:
        """None where there is no store, or none that can be read: a round meets that, and mends it."""
        try:
            return None if self.link is None else self.link.work_cursor()
        except DatabaseError:
            return None

    def break_off(self) -> None:
        """Break off what waits for the network; from any thread. ``shut`` must follow."""
        link = self.link
        if link is not None:
            link.break_off()

    def shut(self) -> None:
        """Let go of stores, network and key."""
        link, watcher = self.link, self._watcher
        self.link, self._watcher, self._key = None, None, b""
        if watcher is not None:
            watcher.stop()
        if link is not None:
            link.close()
        if watcher is not None:
            watcher.join(JOIN_S)
