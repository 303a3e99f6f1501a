"""What may be sent at this moment: the rules in force, what surrounds the tablet, and a "send now" under way.

Asked often and by several threads: by the loop before a round, by the round before each batch, and by sending
threads while a file goes, so that a pause or a metered link stops it in its middle.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from sync.contract.errors import NeedsPerson
from sync.replica.folder import DataFolder
from sync.sending import Battery, Sending, SendingRules, decide_sending
from sync.sending_file import SendingFile
from sync.surroundings import Around


class Gate:
    """Decides by ``sending.decide_sending``, every time anew."""

    def __init__(self, folder: DataFolder, around: Around) -> None:
        self._file = SendingFile(folder)
        self._around = around
        self._now_wanted = threading.Event()

    @property
    def rules(self) -> SendingRules:
        """The rules in force."""
        return self._file.rules

    def change(self, values: Mapping[str, Any]) -> SendingRules:
        """Change rules, durably."""
        return self._file.change(values)

    def sending(self) -> Sending:
        """What may go now."""
        battery = self._around.battery() if self.rules.battery_below else Battery()
        return decide_sending(self.rules, self._around.network(), battery, self._file.upto)

    @property
    def follows_battery(self) -> bool:
        """Whether what may go changes by itself, with nobody telling."""
        return self.rules.battery_below > 0 and self._around.battery().present

    @property
    def nothing_goes(self) -> bool:
        """Whether no round may run. A "send now" that was asked for lets one run."""
        return not self._now_wanted.is_set() and self.sending().nothing_goes

    def send_now(self) -> None:
        """A person wants what is pending at this moment sent, whatever the rules."""
        self._now_wanted.set()

    def reach(self, newest_seq: Callable[[], int]) -> None:
        """Where "send now" was asked for: note how far it reaches. For the thread that may read the store."""
        if self._now_wanted.is_set():
            self._now_wanted.clear()
            self._file.set_upto(newest_seq())

    def keep_place(self) -> None:
        """See to it that a pause can be kept whatever becomes of the disk."""
        self._file.keep_place()

    def settle(self) -> None:
        """Keep what was chosen while the disk was full, where there is room by now."""
        with suppress(NeedsPerson):
            self._file.settle()

    def finish(self, has_unsent: Callable[[int], bool]) -> None:
        """After a round: a "send now" is over once all it was for has gone or waits for a person, and what
        was chosen while the disk was full is kept now."""
        self._file.settle()
        upto = self._file.upto
        if upto and not has_unsent(upto):
            self._file.set_upto(0)
