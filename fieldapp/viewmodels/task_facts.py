"""What is said of a task: its name, its light, how far it is. The values behind the list's roles."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from PySide6.QtCore import QCoreApplication

from fieldapp.capture.duties import DUTIES
from fieldapp.capture.tasks import TaskLine
from fieldapp.geo.distance import metres_between
from fieldapp.services.due import due_state
from fieldapp.services.position import PositionSource
from fieldapp.services.wording import moment_text
from fieldapp.services.zones import zone_of
from fieldapp.viewmodels.task_list import TaskRole
from sync.clock import Clock
from sync.contract.lifecycle import COMMAND, ActKind, CaseState, Role
from sync.contract.timing import NO_TIMING


class TaskFacts:
    """``language``, ``offset`` (central's clock less the device's), ``timing`` and ``zone`` are set as they
    become known."""

    def __init__(self, position: PositionSource, clock: Clock) -> None:
        self._position = position
        self._clock = clock
        self.language = "zh"
        self.offset = timedelta()
        self.timing = NO_TIMING
        self.zone = "UTC"

    def now(self) -> datetime:
        """Central's time, as far as it is known."""
        return self._clock.now() + self.offset

    def name(self, line: TaskLine) -> str:
        """The class's name in the person's language."""
        return (line.class_en if self.language == "en" else line.class_zh) or line.class_code

    def distance(self, line: TaskLine) -> tuple[float, float]:
        """Metres to the case's place (-1: not known) and how far that may be wrong."""
        here = self._position.current()
        if here is None or here.lon is None or here.lat is None or line.lon is None or line.lat is None:
            return -1.0, 0.0
        return metres_between(here.lon, here.lat, line.lon, line.lat), here.accuracy_m or 0.0

    def due(self, line: TaskLine) -> tuple[str, float]:
        """The light and the minutes left."""
        return due_state(line, self.now(), self.timing.worktime)

    def fact(self, line: TaskLine, role: TaskRole) -> Any:
        """The value of a role."""
        return _FACTS[role](self, line)

    def given_at(self, line: TaskLine) -> str:
        """When it was given to somebody else, in the city's time."""
        return moment_text(line.given.at, zone_of(self.zone), self.now()) if line.given else ""

    def done_text(self, kind: ActKind, line: TaskLine | None) -> str:
        """What to say when an act is saved."""
        texts: dict[ActKind, str] = {
            ActKind.ACCEPT: QCoreApplication.translate("Tasks", "已接单"),
            ActKind.ARRIVE: QCoreApplication.translate("Tasks", "已到场"),
            ActKind.HANDLE: QCoreApplication.translate("Tasks", "处置已保存"),
            ActKind.FEED_BACK: QCoreApplication.translate("Tasks", "反馈已保存"),
            ActKind.DECLINE: QCoreApplication.translate("Tasks", "已拒单"),
            ActKind.RETURN: QCoreApplication.translate("Tasks", "已回退"),
            ActKind.ASK_DELAY: QCoreApplication.translate("Tasks", "延时申请已保存"),
            ActKind.ASK_SUSPEND: QCoreApplication.translate("Tasks", "挂账申请已保存"),
            ActKind.CONFIRM: QCoreApplication.translate("Tasks", "核实结果已保存：属实"),
            ActKind.DENY: QCoreApplication.translate("Tasks", "核实结果已保存：不属实"),
            ActKind.VERIFY: QCoreApplication.translate("Tasks", "核查结果已保存：通过"),
            ActKind.REJECT: QCoreApplication.translate("Tasks", "核查结果已保存：不通过"),
            ActKind.SELF_HANDLE: QCoreApplication.translate("Tasks", "自行处理已保存"),
            ActKind.SUPPLEMENT: QCoreApplication.translate("Tasks", "补充已保存"),
            ActKind.LEARN: QCoreApplication.translate("Tasks", "总结已保存"),
        }
        said = texts.get(kind, "")
        return f"{said} · {self.name(line)}" if line else said

    def new_text(self, line: TaskLine) -> str:
        """What to say when a task comes."""
        return QCoreApplication.translate("Tasks", "新任务：%1").replace("%1", self.name(line))

    def shelved_text(self, line: TaskLine | None) -> str:
        """What to say when one that was given to somebody else was put away."""
        said = QCoreApplication.translate("Tasks", "已从列表收起")
        return f"{said} · {self.name(line)}" if line else said

    def gone_text(self, line: TaskLine, *, reassigned: bool) -> str:
        """What to say when a task is not the officer's any more."""
        said = (
            QCoreApplication.translate("Tasks", "已改派给他人，不再由您处置：%1")
            if reassigned
            else QCoreApplication.translate("Tasks", "不再由您处置：%1")
        )
        return said.replace("%1", self.name(line))


def duty_word(role: str) -> str:
    """What a role does with the cases that wait for it: check, decide, or nothing."""
    known = next((known for known in Role if known.value == role), None)
    if known is None or known not in DUTIES:
        return ""
    return "decide" if known in COMMAND else "check"


def is_new(line: TaskLine) -> bool:
    """Whether nobody has accepted it yet."""
    return line.mine and line.state is CaseState.DISPATCHED


def stage_of(line: TaskLine) -> str:
    """The word of a task's state, and ``reassigned`` where it is somebody else's now."""
    return "reassigned" if line.reassigned else line.state.value


def status_of(line: TaskLine) -> str:
    """The outbox word that matters most of what this officer did on it; "" when all is settled."""
    if line.refused:
        return "needs_you"
    return "waiting" if line.waiting else "draft" if line.drafts else ""


_FACTS: dict[TaskRole, Callable[[TaskFacts, TaskLine], Any]] = {
    TaskRole.CASE_ID: lambda _me, line: line.case_id,
    TaskRole.TITLE: lambda me, line: me.name(line),
    TaskRole.PLACE: lambda _me, line: line.address,
    TaskRole.STATE: lambda _me, line: stage_of(line),
    TaskRole.MINE: lambda _me, line: line.mine,
    TaskRole.IS_OPEN: lambda _me, line: line.open,
    TaskRole.STATUS: lambda _me, line: status_of(line),
    TaskRole.SUPERVISED: lambda _me, line: line.standing.supervised,
    TaskRole.DUE_LEVEL: lambda me, line: me.due(line)[0],
    TaskRole.DUE_MINUTES: lambda me, line: me.due(line)[1],
    TaskRole.DUTY: lambda _me, line: line.duty,
    TaskRole.GIVEN_TO: lambda _me, line: line.given.name if line.reassigned and line.given else "",
    TaskRole.GIVEN_AT: lambda me, line: me.given_at(line) if line.reassigned else "",
    TaskRole.DISTANCE: lambda me, line: me.distance(line)[0],
}
