"""What is typed and chosen in the report in hand, and what is wrong with it, field by field."""

from __future__ import annotations

from typing import Any

import msgspec
from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from fieldapp.capture.drafts import DraftBody
from fieldapp.viewmodels.capture_errors import GENERAL, FormErrors
from fieldapp.viewmodels.class_cascade import ClassCascadeViewModel
from sync.contract.errors import FieldError, InputRefused
from sync.contract.ids import short_id
from sync.contract.plate import normalise_plate, parse_plate
from sync.contract.records import Place

QML_IMPORT_NAME = "fieldapp.viewmodels"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlUncreatable("made by CaptureViewModel")
class CaptureFormViewModel(QObject):  # type: ignore[operator]
    """Every edit is taken as it is, however senseless; only submitting refuses."""

    bodyChanged = Signal()
    classChanged = Signal()
    errorsChanged = Signal()
    edited = Signal()
    """The person changed something: it is to be kept."""

    def __init__(self, classes: ClassCascadeViewModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._classes = classes
        self._body = DraftBody()
        self._errors = FormErrors()
        classes.chosen.connect(self.setClassCode)
        classes.changed.connect(self.classChanged)

    @property
    def body(self) -> DraftBody:
        """What is filled in so far."""
        return self._body

    def load(self, body: DraftBody) -> None:
        """Show another draft."""
        self._body = body
        self._classes.set_code(body.class_code)
        self.clear_errors()
        self.bodyChanged.emit()

    def set_body(self, body: DraftBody) -> None:
        """The draft in hand holds this now, as if the person had changed it field by field."""
        if body != self._body:
            self._body = body
            self._classes.set_code(body.class_code)
            self.clear_errors()
            self.bodyChanged.emit()
            self.edited.emit()

    def put_error(self, error: FieldError, field: str = "") -> str:
        """Let an error stand at its field; its sentence is the answer."""
        text = self._errors.put(error, field)
        self.errorsChanged.emit()
        return text

    def code(self, field: str) -> str:
        """The code of the error at a field, or nothing."""
        return self._errors.code(field)

    def clear_errors(self, *fields: str) -> None:
        """Errors that are no longer true."""
        if self._errors.clear(*fields):
            self.errorsChanged.emit()

    @Slot(str)
    def set_language(self, language: str) -> None:
        """Say errors in another language."""
        self._errors.language = language
        self.errorsChanged.emit()

    def set_place(self, place: Place) -> None:
        """The place a person chose; nowhere for the photos' own."""
        self._edit("place", place=place)

    def set_unit(self, unit: str) -> None:
        """The unit a person chose; "" for none."""
        self._edit("unit", unit=unit, unit_suggested=False)

    def prefill(self, found: DraftBody) -> None:
        """A look-up's class, plate, place, note and frozen facts; what it leaves open stays open."""
        if found.class_code and self._classes.knows(found.class_code):
            self.setClassCode(found.class_code)
        self._edit("plate", plate=found.plate, note=found.note, place=found.place, facts=found.facts)
        self._edit("joins", joins=found.joins)

    @Property(str, notify=bodyChanged)
    def note(self) -> str:
        """The note, uncommitted input included."""
        return self._body.note

    @Property(int, notify=bodyChanged)
    def noteLength(self) -> int:
        """Characters of the note, an emoji counting as one."""
        return len(self._body.note)

    @Property(str, notify=bodyChanged)
    def address(self) -> str:
        """The address, as far as it was typed."""
        return self._body.address

    @Property(str, notify=bodyChanged)
    def plate(self) -> str:
        """The truck's plate, as typed."""
        return self._body.plate

    @Property(bool, notify=bodyChanged)
    def plateDoubtful(self) -> bool:
        """Whether no whole plate looks like this; a hidden plate may well be noted in part."""
        try:
            return bool(self._body.plate.strip()) and not parse_plate(self._body.plate)
        except InputRefused:
            return True

    @Property(bool, notify=bodyChanged)
    def withFacts(self) -> bool:
        """Whether a look-up's verdict goes along, as it stood."""
        return bool(self._body.facts)

    @Property(str, notify=bodyChanged)
    def joins(self) -> str:
        """The case that is to get all this as a supplement, "" for a report of its own."""
        return self._body.joins

    @Property(str, notify=bodyChanged)
    def joinsShort(self) -> str:
        """Its short number."""
        return short_id(self._body.joins) if self._body.joins else ""

    @Slot()
    def standAlone(self) -> None:
        """It is to be a report of its own after all."""
        self._edit("joins", joins="")

    @Property(str, notify=bodyChanged)
    def gridChosen(self) -> str:
        """The grid cell a person chose instead of the place's own."""
        return self._body.grid_cell

    @Property(str, notify=bodyChanged)
    def classCode(self) -> str:
        """The class."""
        return self._body.class_code

    @Property(str, notify=classChanged)
    def classPath(self) -> str:
        """The class in words."""
        return self._classes.path(self._body.class_code)

    @Property("QStringList", notify=classChanged)  # type: ignore[arg-type]
    def phrases(self) -> list[str]:
        """The ready phrases of the class."""
        return self._classes.phrases(self._body.class_code)

    @Property(str, notify=errorsChanged)
    def noteError(self) -> str:
        """What is wrong with the note."""
        return self._errors.text("note")

    @Property(str, notify=errorsChanged)
    def classError(self) -> str:
        """What is wrong with the class."""
        return self._errors.text("class")

    @Property(str, notify=errorsChanged)
    def photoError(self) -> str:
        """What is wrong with the photos."""
        return self._errors.text("photo")

    @Property(str, notify=errorsChanged)
    def placeError(self) -> str:
        """What is wrong with the place."""
        return self._errors.text("place")

    @Property(str, notify=errorsChanged)
    def gridError(self) -> str:
        """What is wrong with the grid cell."""
        return self._errors.text("grid")

    @Property(str, notify=errorsChanged)
    def addressError(self) -> str:
        """What is wrong with the address."""
        return self._errors.text("address")

    @Property(str, notify=errorsChanged)
    def plateError(self) -> str:
        """What is wrong with the plate."""
        return self._errors.text("plate")

    @Property(str, notify=errorsChanged)
    def generalError(self) -> str:
        """What is wrong and belongs to no field."""
        return self._errors.text(GENERAL)

    @Slot(str)
    def setNote(self, text: str) -> None:
        """The note is this now."""
        self._edit("note", note=text)

    @Slot(str)
    def setAddress(self, text: str) -> None:
        """The address is this now."""
        self._edit("address", address=text)

    @Slot(str)
    def setPlate(self, text: str) -> None:
        """The plate is this now. Facts that were frozen for another plate are not this one's."""
        same = normalise_plate(text) == normalise_plate(self._body.plate)
        self._edit("plate", plate=text, facts=self._body.facts if same else "")

    @Slot(str)
    def setGridCell(self, text: str) -> None:
        """The grid cell is this now; "" for the place's own."""
        self._edit("grid", grid_cell="".join(text.split()))

    @Slot(str)
    def setClassCode(self, code: str) -> None:
        """The class is this now."""
        self._edit("class", class_code=code)
        self._classes.set_code(code)

    @Slot()
    def dismissError(self) -> None:
        """The person has read it."""
        self.clear_errors(GENERAL)

    def _edit(self, field: str, **changes: Any) -> None:
        body = msgspec.structs.replace(self._body, **changes)
        if body == self._body:
            return
        self._body = body
        self.clear_errors(field)
        self.bodyChanged.emit()
        self.edited.emit()
