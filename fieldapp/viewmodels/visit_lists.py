"""What a visit's page lists: items, parties found, colleagues, questions with their answers."""

from __future__ import annotations

import msgspec
from PySide6.QtQml import QmlElement, QmlUncreatable

from fieldapp.viewmodels.lookup_rows import ValueListModel

QML_IMPORT_NAME = "fieldapp.viewmodels"
QML_IMPORT_MAJOR_VERSION = 1


class ChoiceRow(msgspec.Struct, frozen=True):
    """Something to choose; ``kind`` is a party's."""

    code: str
    title: str
    subtitle: str = ""
    kind: str = ""
    credit: str = ""


class QuestionRow(msgspec.Struct, frozen=True):
    """A question with its answer so far; ``finding`` is "" while there is none."""

    number: int
    question: str
    finding: str
    note: str


@QmlElement
@QmlUncreatable("made by VisitViewModel")
class ChoiceListModel(ValueListModel):  # type: ignore[operator]
    """Rows: ``ChoiceRow``."""

    names = ("code", "title", "subtitle", "kind", "credit")
    key = ("code",)


@QmlElement
@QmlUncreatable("made by VisitViewModel")
class QuestionListModel(ValueListModel):  # type: ignore[operator]
    """Rows: ``QuestionRow``."""

    names = ("number", "question", "finding", "note")
    key = ("number",)
