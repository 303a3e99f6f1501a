"""What happens to the desk, told to every view model: opened, closed, records and tables that changed.

One object of this kind is made at the composition root and handed to the view models, so that none of them
needs to know who tells: the sign-in, the daemon, or a test.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class DeskEvents(QObject):
    """Signals only. They come in the GUI thread."""

    opened = Signal(object)
    """An officer sat down: the ``OfficerCard``. Load what the page shows; drop what was another officer's."""

    closed = Signal()
    """The officer left: drop what is shown. Jobs submitted now run when the next officer has signed in."""

    recordsChanged = Signal(object)
    """``frozenset[str]`` of record ids whose outbox state changed (saved here, or told by the daemon)."""

    tablesChanged = Signal(object)
    """``frozenset[str]`` of table names of the replica whose rows changed."""

    fetchWanted = Signal(str)
    """SHA-256 of a file of others that somebody looks at; the link asks central for it."""

    fetched = Signal(str, str)
    """SHA-256 of a file of others, and "" when it is here now, else the code that says why it is not."""

    languageChanged = Signal(str)
    """``zh`` or ``en``: make again the texts that come from Python."""

    nudge = Signal()
    """Something was saved that should go soon: whoever saved it emits this, the link wakes the daemon."""
