"""The language people read, switched live, and the few texts Python makes: errors, ages, times, sizes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, tzinfo

from PySide6.QtCore import QCoreApplication, QObject, QTranslator, Signal

from sync.contract.errors import FieldError
from sync.messages import sentence, sentence_in
from sync.resources import resource

MINUTE, HOUR, DAY = 60, 3600, 86_400
KB, MB, GB = 1000, 1_000_000, 1_000_000_000


class Wording(QObject):
    """Holds the one translator. The sources are Chinese, so Chinese needs none."""

    changed = Signal(str)

    def __init__(self, language: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._translator: QTranslator | None = None
        self.language = "zh"
        self._install(language)

    def choose(self, language: str) -> None:
        """Speak another language from now on."""
        if language != self.language:
            self._install(language)
            self.changed.emit(self.language)

    def say(self, error: FieldError, situation: str = "") -> str:
        """The sentence of an error, the situation's own where it has one."""
        return sentence_in(situation, error.code, error.facts, self.language)

    def say_code(self, code: str, facts: Mapping[str, object] | None = None) -> str:
        """The sentence of a code; "" for no code."""
        return sentence(code, facts or {}, self.language) if code else ""

    def close(self) -> None:
        """Take the translator out again."""
        if self._translator is not None:
            QCoreApplication.removeTranslator(self._translator)
            self._translator = None

    def _install(self, language: str) -> None:
        self.close()
        self.language = language if language == "en" else "zh"
        if self.language == "zh":
            return
        translator = QTranslator(self)
        if translator.load(str(resource("translations", f"fieldapp_{self.language}.qm"))):
            QCoreApplication.installTranslator(translator)
            self._translator = translator


def age_text(seconds: float) -> str:
    """How long ago, in one unit."""
    translate = QCoreApplication.translate
    if seconds < MINUTE:
        return translate("Ages", "不到 1 分钟")
    if seconds < HOUR:
        return translate("Ages", "%1 分钟").replace("%1", str(int(seconds // MINUTE)))
    if seconds < DAY:
        return translate("Ages", "%1 小时").replace("%1", str(int(seconds // HOUR)))
    return translate("Ages", "%1 天").replace("%1", str(int(seconds // DAY)))


def moment_text(moment: datetime | None, zone: tzinfo, now: datetime | None = None) -> str:
    """A time as short as it can be said today: 14:03, 11-20 14:03 or 2025-11-20 14:03."""
    if moment is None:
        return ""
    there = moment.astimezone(zone)
    today = (now or datetime.now(UTC)).astimezone(zone)
    if there.date() == today.date():
        return f"{there:%H:%M}"
    return f"{there:%m-%d %H:%M}" if there.year == today.year else f"{there:%Y-%m-%d %H:%M}"


def distance_text(metres: float) -> str:
    """A distance for people: tens of metres, from a kilometre on tenths of one."""
    translate = QCoreApplication.translate
    if metres >= 995:
        return translate("Ages", "%1 公里").replace("%1", f"{metres / 1000:.1f}")
    return translate("Ages", "%1 米").replace("%1", f"{round(metres, -1):.0f}")


def size_text(size: float) -> str:
    """Bytes for people, in powers of ten as disks count."""
    if size >= GB:
        return f"{size / GB:.1f} GB"
    if size >= 100 * MB:
        return f"{size / MB:.0f} MB"
    if size >= MB / 10:
        return f"{size / MB:.1f} MB"
    return f"{max(1, round(size / KB))} KB" if size > 0 else "0 MB"
