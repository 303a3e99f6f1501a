"""The boxes of a photo that is being masked: set by a tap or a drag, sized by buttons, taken away again.

All in pixels of the upright original; the page scales them to what it shows.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from PySide6.QtCore import QObject
from PySide6.QtQml import QmlElement, QmlUncreatable

from fieldapp.viewmodels.lookup_rows import ValueListModel
from sync.contract.masks import MASKS_MAX, Mask, Size, within

QML_IMPORT_NAME = "fieldapp.viewmodels"
QML_IMPORT_MAJOR_VERSION = 1

FIRST_SHARE = 8
"""A new box is this part of the picture's longer side."""
SMALLEST = 12
STEP = 1.25


class BoxRow(msgspec.Struct, frozen=True):
    """A box as the page draws it. ``suggested``: the plate detector proposed it, nobody has touched it."""

    box_id: int
    box_left: int
    box_top: int
    box_width: int
    box_height: int
    suggested: bool = False

    @property
    def mask(self) -> Mask:
        """The box alone."""
        return Mask(self.box_left, self.box_top, self.box_width, self.box_height)


@QmlElement
@QmlUncreatable("made by PhotoDeskViewModel")
class MaskBoxModel(ValueListModel):  # type: ignore[operator]
    """Rows: ``BoxRow``, in the order in which they were set."""

    names = ("box_id", "box_left", "box_top", "box_width", "box_height", "suggested")
    key = ("box_id",)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._size: Size = (1, 1)
        self._next = 1

    def begin(self, size: Size, boxes: Sequence[Mask]) -> None:
        """Another picture, with what is masked of it already."""
        self._size = size
        self.show([])
        for box in boxes:
            self.put(box)

    def boxes(self) -> tuple[Mask, ...]:
        """What is to be masked."""
        return tuple(row.mask for row in self._rows if isinstance(row, BoxRow))

    def put(self, box: Mask, *, suggested: bool = False) -> int:
        """Add a box; its id, or 0 where nothing of it lies in the picture or there are too many."""
        inside = within(box, self._size)
        if inside is None or len(self._rows) >= MASKS_MAX:
            return 0
        box_id, self._next = self._next, self._next + 1
        row = BoxRow(box_id, inside.left, inside.top, inside.width, inside.height, suggested)
        self.append([row])
        return box_id

    def suggest(self, box: Mask) -> int:
        """Add a box that somebody is to look at, unless most of it is masked already."""
        if any(_common(box, kept) * 2 > box.width * box.height for kept in self.boxes()):
            return 0
        return self.put(box, suggested=True)

    def put_around(self, x: float, y: float) -> int:
        """Add a box of the usual size around a point."""
        side = max(SMALLEST, max(self._size) // FIRST_SHARE)
        return self.put(Mask(round(x) - side // 2, round(y) - side // 2, side, side))

    def put_between(self, x: float, y: float, to_x: float, to_y: float) -> int:
        """Add the box that was drawn; one that is hardly any is taken for a tap."""
        left, top = round(min(x, to_x)), round(min(y, to_y))
        width, height = round(abs(to_x - x)), round(abs(to_y - y))
        if max(width, height) < SMALLEST:
            return self.put_around(x, y)
        return self.put(Mask(left, top, max(width, SMALLEST), max(height, SMALLEST)))

    def move(self, box_id: int, dx: float, dy: float) -> None:
        """Move a box, keeping all of it in the picture."""
        row = self._row(box_id)
        if row is not None:
            left = min(max(0, row.box_left + round(dx)), self._size[0] - row.box_width)
            top = min(max(0, row.box_top + round(dy)), self._size[1] - row.box_height)
            self._put_back(msgspec.structs.replace(row, box_left=left, box_top=top, suggested=False))

    def stretch(self, box_id: int, wider: int, taller: int) -> None:
        """One step wider (1) or narrower (-1), taller or flatter, around its middle."""
        row = self._row(box_id)
        if row is None:
            return
        width = max(SMALLEST, round(row.box_width * STEP**wider))
        height = max(SMALLEST, round(row.box_height * STEP**taller))
        middle = row.box_left + row.box_width // 2, row.box_top + row.box_height // 2
        inside = within(Mask(middle[0] - width // 2, middle[1] - height // 2, width, height), self._size)
        if inside is not None:
            self._put_back(BoxRow(box_id, inside.left, inside.top, inside.width, inside.height))

    def take_out(self, box_id: int) -> None:
        """Take a box away."""
        self.show([row for row in self._rows if not (isinstance(row, BoxRow) and row.box_id == box_id)])

    def _row(self, box_id: int) -> BoxRow | None:
        rows = (row for row in self._rows if isinstance(row, BoxRow))
        return next((row for row in rows if row.box_id == box_id), None)

    def _put_back(self, changed: BoxRow) -> None:
        rows = (row for row in self._rows if isinstance(row, BoxRow))
        self.show([changed if row.box_id == changed.box_id else row for row in rows])


def _common(one: Mask, other: Mask) -> int:
    """The pixels that lie in both."""
    width = min(one.left + one.width, other.left + other.width) - max(one.left, other.left)
    height = min(one.top + one.height, other.top + other.height) - max(one.top, other.top)
    return max(0, width) * max(0, height)
