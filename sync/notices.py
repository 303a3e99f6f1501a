"""What a person is told by the desktop while nobody looks at the window. Pure.

A notice says how many and what to do, never who, which plate or where: it shows on a locked screen too.
"""

from __future__ import annotations

from enum import StrEnum

import msgspec


class NoticeKind(StrEnum):
    """Each has its sentence, ``notice_<kind>``; a newer one of a kind takes the place of the older."""

    TASKS = "tasks"
    ALERTS = "alerts"
    REFUSED = "refused"
    TROUBLE = "trouble"
    SENT = "sent"


class Notice(msgspec.Struct, frozen=True):
    """One thing to say, and of how many."""

    kind: NoticeKind
    count: int = 0

    @property
    def urgent(self) -> bool:
        """Whether it should stay until it has been seen."""
        return self.kind in (NoticeKind.ALERTS, NoticeKind.REFUSED, NoticeKind.TROUBLE)


class Standing(msgspec.Struct, frozen=True):
    """What notices are made of: entries that need a person, what has not gone, tasks not yet taken up, alerts
    and calls for reinforcement not yet answered.

    ``trouble`` is the code for which sending as a whole waits for a person, or "".
    """

    needs_you: int = 0
    pending: int = 0
    tasks: frozenset[str] = frozenset()
    alerts: frozenset[str] = frozenset()
    trouble: str = ""


def notices(before: Standing, now: Standing) -> tuple[Notice, ...]:
    """What has come about between the two."""
    found = []
    if fresh := now.tasks - before.tasks:
        found.append(Notice(NoticeKind.TASKS, len(fresh)))
    if fresh := now.alerts - before.alerts:
        found.append(Notice(NoticeKind.ALERTS, len(fresh)))
    if now.needs_you > before.needs_you:
        found.append(Notice(NoticeKind.REFUSED, now.needs_you))
    if now.trouble and now.trouble != before.trouble:
        found.append(Notice(NoticeKind.TROUBLE))
    if before.pending and not now.pending and not now.needs_you:
        found.append(Notice(NoticeKind.SENT))
    return tuple(found)
