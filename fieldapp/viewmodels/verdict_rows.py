"""Rows of a verdict in the person's language: why, and what to do next; the truck's cases."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo

import msgspec
from PySide6.QtQml import QmlElement, QmlUncreatable

from fieldapp.capture.truck_cases import TruckCase
from fieldapp.capture.verdict_here import ReasonShown
from fieldapp.services.wording import moment_text
from fieldapp.viewmodels.lookup_rows import ValueListModel
from sync.messages import sentence

QML_IMPORT_NAME = "fieldapp.viewmodels"
QML_IMPORT_MAJOR_VERSION = 1


class ReasonRow(msgspec.Struct, frozen=True):
    """One reason in words, what to do next ("" for nothing), tone (as in ``ReasonShown``)."""

    key: str
    code: str
    text: str
    advice: str
    tone: str


class CaseRow(msgspec.Struct, frozen=True):
    """One case in a line."""

    case_id: str
    short_id: str
    title: str
    stage: str
    when: str
    note: str


@QmlElement
@QmlUncreatable("made by VerdictViewModel")
class ReasonListModel(ValueListModel):  # type: ignore[operator]
    """Rows: ``ReasonRow``, strongest first."""

    names = ("key", "code", "text", "advice", "tone")
    key = ("key",)

    def reasons(self) -> list[ReasonRow]:
        """What is shown."""
        return [row for row in self.rows() if isinstance(row, ReasonRow)]


@QmlElement
@QmlUncreatable("made by VerdictViewModel")
class CaseListModel(ValueListModel):  # type: ignore[operator]
    """Rows: ``CaseRow``, newest first."""

    names = ("case_id", "short_id", "title", "stage", "when", "note")
    key = ("case_id",)


def reason_rows(reasons: Sequence[ReasonShown], language: str) -> list[ReasonRow]:
    """Reasons in words. The same advice is given once, where it stands first."""
    rows: list[ReasonRow] = []
    given: set[str] = set()
    for at, reason in enumerate(reasons):
        advice = "" if reason.advice in given else reason.advice
        given.add(advice)
        rows.append(
            ReasonRow(
                key=f"{reason.code}.{at}",
                code=reason.code,
                text=sentence(reason.code, reason.facts, language),
                advice=sentence(advice, reason.facts, language) if advice else "",
                tone=reason.tone,
            )
        )
    return rows


def case_rows(cases: Sequence[TruckCase], language: str, zone: tzinfo) -> list[CaseRow]:
    """Cases in words."""
    return [
        CaseRow(
            case_id=case.case_id,
            short_id=case.short_id,
            title=case.title_en if language == "en" else case.title_zh,
            stage=case.state,
            when=moment_text(datetime.fromisoformat(case.reported_at), zone) if case.reported_at else "",
            note=case.note,
        )
        for case in cases
    ]
