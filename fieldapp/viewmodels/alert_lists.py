"""What the alerts page lists: alerts, calls for reinforcement, an alert's history, who it can be given to."""

from __future__ import annotations

import msgspec
from PySide6.QtQml import QmlElement, QmlUncreatable

from fieldapp.viewmodels.lookup_rows import ValueListModel

QML_IMPORT_NAME = "fieldapp.viewmodels"
QML_IMPORT_MAJOR_VERSION = 1


class AlertRow(msgspec.Struct, frozen=True):
    """A line of the list. ``status``: waiting or needs_you for what is on its way from here, "" else."""

    alert_id: str
    title: str
    sign: str
    tone: str
    severity: str
    place: str
    when: str
    stand: str
    mine: bool
    for_me: bool
    status: str


class CallRow(msgspec.Struct, frozen=True):
    """A call as it stands; ``squads`` says who is asked, how far away and what they answered."""

    call_id: str
    title: str
    about: str
    note: str
    when: str
    stand: str
    squads: str
    tone: str
    alert_id: str
    case_id: str
    has_place: bool
    can_accept: bool
    can_decline: bool
    can_end: bool
    reason: str


class AlertPastRow(msgspec.Struct, frozen=True):
    """One act in the history."""

    act_id: str
    title: str
    who: str
    note: str
    when: str
    refused: bool
    reason: str
    status: str


class PersonRow(msgspec.Struct, frozen=True):
    """Somebody it can be given to."""

    number: str
    name: str
    squad: str


class MeasuredRow(msgspec.Struct, frozen=True):
    """One value that was measured."""

    label: str
    value: str


@QmlElement
@QmlUncreatable("made by AlertsViewModel")
class AlertListModel(ValueListModel):  # type: ignore[operator]
    """Rows: ``AlertRow``."""

    names = AlertRow.__struct_fields__
    key = ("alert_id",)


@QmlElement
@QmlUncreatable("made by AlertsViewModel")
class CallListModel(ValueListModel):  # type: ignore[operator]
    """Rows: ``CallRow``."""

    names = CallRow.__struct_fields__
    key = ("call_id",)


@QmlElement
@QmlUncreatable("made by AlertSheetViewModel")
class AlertPastModel(ValueListModel):  # type: ignore[operator]
    """Rows: ``AlertPastRow``."""

    names = AlertPastRow.__struct_fields__
    key = ("act_id",)


@QmlElement
@QmlUncreatable("made by AlertSheetViewModel")
class PersonListModel(ValueListModel):  # type: ignore[operator]
    """Rows: ``PersonRow``."""

    names = PersonRow.__struct_fields__
    key = ("number",)


@QmlElement
@QmlUncreatable("made by AlertSheetViewModel")
class MeasuredListModel(ValueListModel):  # type: ignore[operator]
    """Rows: ``MeasuredRow``."""

    names = MeasuredRow.__struct_fields__
    key = ("label",)
