"""What the desktop tells while the app runs but its window is not in front: in front, the window says it."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from PySide6.QtCore import QObject

from sync.notices import Notice, Standing, notices


class DesktopNotes(QObject):
    """Fed by the composition with counts; nothing anybody wrote passes through here."""

    def __init__(
        self, show: Callable[[Notice], None], in_front: Callable[[], bool], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._show = show
        self._in_front = in_front
        self._known: Standing | None = None

    def task_came(self, case_id: str) -> None:
        """A task was dispatched to the officer at work."""
        known = self._known or Standing()
        self._take(_with(known, tasks=known.tasks | {case_id}))

    def alert_came(self, alert_id: str) -> None:
        """An alert or a call for reinforcement that waits for the officer at work."""
        known = self._known or Standing()
        self._take(_with(known, alerts=known.alerts | {alert_id}))

    def sending_stands(self, needs_you: int, trouble: str) -> None:
        """How many records need a person, and the code for which sending as a whole does."""
        if self._known is None:
            self._known = Standing(needs_you=needs_you, trouble=trouble)
        self._take(_with(self._known, needs_you=needs_you, trouble=trouble))

    def _take(self, now: Standing) -> None:
        before, self._known = self._known or Standing(), now
        if not self._in_front():
            for notice in notices(before, now):
                self._show(notice)


def _with(known: Standing, **values: object) -> Standing:
    return msgspec.structs.replace(known, **values)
