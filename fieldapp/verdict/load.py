"""What was weighed and measured against what the permit approves."""

from __future__ import annotations

from collections.abc import Iterator

from fieldapp.verdict.cells import finite, ref, text
from fieldapp.verdict.model import Answer, Fact, Limits, Load, Question, Reason
from sync.contract.tables import Row

SIZES = ("length_m", "width_m", "height_m")


def measured(load: Load) -> dict[str, float]:
    """What was measured, by name."""
    named = {"load_t": load.load_t, **{size: getattr(load, size) for size in SIZES}}
    return {name: value for name, value in named.items() if value is not None}


def measure_reasons(question: Question, limits: Limits) -> Iterator[Reason]:
    """What was measured that no truck can be; and what was not measured, as a remark."""
    given = measured(question.load)
    if "load_t" not in given:
        yield Reason("verdict_load_not_measured", Answer.ALLOWED, advice_code="advice_weigh")
    for name, value in given.items():
        if not _plausible(name, value, limits):
            code = "verdict_load_implausible" if name == "load_t" else "verdict_size_implausible"
            yield Reason(code, Answer.UNKNOWN, (), {"value": str(value)[:24]}, "advice_measure_again")


def load_reasons(permit: Row, question: Question, limits: Limits) -> Iterator[Reason]:
    """Where the measured exceeds the approved. A measuring error is granted, and said."""
    for name, value in measured(question.load).items():
        if _plausible(name, value, limits):
            yield from _against(permit, name, value, limits)


def _against(permit: Row, name: str, value: float, limits: Limits) -> Iterator[Reason]:
    cell = permit.get(f"max_{name}")
    approved = finite(cell)
    kind = "load" if name == "load_t" else name.removesuffix("_m")
    facts: dict[str, Fact] = {
        "permit_id": text(permit, "permit_id"),
        "value": round(value, 2),
        "approved": "—" if approved is None else round(approved, 2),
    }
    rows, tables = (ref("permit", permit),), ("permit",)
    if cell is not None and (approved is None or approved < 0):
        yield Reason("verdict_approval_unreadable", Answer.UNKNOWN, rows, facts, "advice_papers", tables)
    elif not approved:
        yield Reason("verdict_approval_missing", Answer.CHECK, rows, facts, "advice_papers", tables)
    elif value > approved:
        granted = approved * limits.weighing_tolerance if name == "load_t" else limits.measuring_tolerance_m
        if value > approved + granted:
            over, says, advice = f"verdict_{kind}_over", Answer.NOT_ALLOWED, "advice_record"
        else:
            over, says, advice = f"verdict_{kind}_at_limit", Answer.CHECK, "advice_measure_again"
        yield Reason(over, says, rows, facts, advice, tables)


def _plausible(name: str, value: object, limits: Limits) -> bool:
    number = finite(value)
    most = limits.heaviest_t if name == "load_t" else limits.longest_m
    least = number is not None and (number >= 0 if name == "load_t" else number > 0)
    return least and number is not None and number <= most
