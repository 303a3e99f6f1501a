"""Which opening condition (立案条件) holds for a class: its own, else that of the class above it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

import msgspec

from sync.contract.sla import NO_LIMITS, Limits


class Conditions:
    """The city's opening conditions; ``urgent`` names the classes whose time runs continuously anyway."""

    def __init__(self, rows: Iterable[Mapping[str, object]], urgent: Iterable[str] = ()) -> None:
        self._urgent = frozenset(urgent)
        self._by_id: dict[str, Limits] = {}
        self._by_class: dict[str, list[tuple[int, str]]] = {}
        for row in rows:
            limits = _limits(row)
            self._by_id[limits.condition] = limits
            held = self._by_class.setdefault(str(row["class_code"] or ""), [])
            held.append((_whole(row["number"]), limits.condition))
        for held in self._by_class.values():
            held.sort()

    def of_class(self, class_code: str) -> tuple[str, ...]:
        """The conditions a case of a class may be opened under, the usual one first."""
        for code in _upwards(class_code):
            if code in self._by_class:
                return tuple(condition for _, condition in self._by_class[code])
        return ()

    def limits(self, class_code: str, condition: str = "") -> Limits:
        """The limits under a condition; those of the class's usual one where it is "" or not known."""
        usual = self.of_class(class_code)
        named = condition if condition in self._by_id else usual[0] if usual else ""
        limits = self._by_id.get(named, NO_LIMITS)
        if limits.continuous or not any(code in self._urgent for code in _upwards(class_code)):
            return limits
        return msgspec.structs.replace(limits, continuous=True)

    def finder(self, class_code: str) -> Callable[[str], Limits]:
        """``limits`` of one class, as the clock's fold asks for it."""
        return lambda condition: self.limits(class_code, condition)


NO_CONDITIONS = Conditions(())


def _upwards(class_code: str) -> Iterator[str]:
    while class_code:
        yield class_code
        class_code = class_code.rpartition("-")[0]
    yield ""


def _limits(row: Mapping[str, object]) -> Limits:
    return Limits(
        condition=str(row["condition_id"]),
        open_min=max(0, _whole(row["open_min"])),
        dispatch_min=max(0, _whole(row["dispatch_min"])),
        handle_min=max(0, _whole(row["handle_min"])),
        verify_min=max(0, _whole(row["verify_min"])),
        close_min=max(0, _whole(row["close_min"])),
        continuous=bool(row["continuous"]),
        yellow_percent=_whole(row["yellow_percent"]) or NO_LIMITS.yellow_percent,
    )


def _whole(value: object) -> int:
    return int(value) if isinstance(value, int | float) else 0
