"""Which field of the form an error belongs to, and its sentence there."""

from __future__ import annotations

from sync.contract.errors import FieldError
from sync.messages import sentence

GENERAL = "general"
_FIELD = {
    "class_missing": "class",
    "class_unknown": "class",
    "class_invalid": "class",
    "report_without_photo": "photo",
    "position_invalid": "place",
    "accuracy_invalid": "place",
    "position_missing": "place",
    "grid_cell_invalid": "grid",
    "note_too_long": "note",
    "text_nul": "note",
    "text_surrogate": "note",
}


class FormErrors:
    """The errors that stand in the form, by field; gone when their field is changed."""

    def __init__(self) -> None:
        self.language = "zh"
        self._by_field: dict[str, list[FieldError]] = {}

    def put(self, error: FieldError, field: str = "") -> str:
        """Let an error stand at its field, those of several files together; its sentence is the answer."""
        named = str(error.facts.get("field") or "")
        stand = self._by_field.setdefault(field or named or _FIELD.get(error.code, GENERAL), [])
        name = file_of(error)
        stand[:] = [other for other in stand if name and file_of(other) not in ("", name)]
        stand.append(error)
        return self.say(error)

    def text(self, field: str) -> str:
        """The sentence at a field, or nothing; files with the same reason in one line."""
        lines: dict[str, list[str]] = {}
        for error in self._by_field.get(field, ()):
            lines.setdefault(sentence(error.code, error.facts, self.language), []).append(file_of(error))
        return "\n".join(
            f"{', '.join(names)}: {text}" if any(names) else text for text, names in lines.items()
        )

    def code(self, field: str) -> str:
        """The code at a field, or nothing."""
        stand = self._by_field.get(field)
        return stand[-1].code if stand else ""

    def clear(self, *fields: str) -> bool:
        """Take away those at some fields, or all; True when there were any."""
        found = [field for field in (fields or tuple(self._by_field)) if field in self._by_field]
        for field in found:
            del self._by_field[field]
        return bool(found)

    def say(self, error: FieldError) -> str:
        """The sentence of an error; for a file, with the file's name."""
        text = sentence(error.code, error.facts, self.language)
        name = file_of(error)
        return f"{name}: {text}" if name else text


def file_of(error: FieldError) -> str:
    """The file an error is about, or nothing."""
    return str(error.facts.get("file") or "")
