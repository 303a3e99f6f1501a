"""Who is at the tablet: enrolling, signing in, the first fill, the idle lock, signing out.

    enrol → signin → opening → (fill →) open ⇄ locked        trouble: the store cannot be opened

Checking a code or a PIN takes a second or more, so it happens in the background; ``busy`` says so.
"""

from __future__ import annotations

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from fieldapp.services.background import Background
from fieldapp.services.desks import Desks, is_filled
from fieldapp.services.events import DeskEvents
from fieldapp.services.gate import Admitted, Gate
from fieldapp.services.link import Link
from fieldapp.services.wording import Wording
from fieldapp.viewmodels.officers import OfficerListModel
from sync.contract.errors import FieldError
from sync.contract.wire import OfficerCard
from sync.messages import sentence

QML_IMPORT_NAME = "fieldapp.viewmodels"
QML_IMPORT_MAJOR_VERSION = 1

FIELD_OF_CODE = {
    "code_malformed": "code",
    "code_refused": "code",
    "officer_id_invalid": "officer",
    "officer_unknown": "officer",
    "sign_in_needs_network": "officer",
    "pin_invalid": "pin",
    "pin_wrong": "pin",
    "pin_wait": "pin",
}
ABOUT_SERVER = frozenset(
    {"server_address_invalid", "server_identity", "unreachable", "timeout", "not_ours", "server_error"}
)


@QmlElement
@QmlUncreatable("made by the app")
class SessionViewModel(QObject):  # type: ignore[operator]
    """One officer at a time; the pages stay alive under the lock, with everything typed in them."""

    stageChanged = Signal()
    lockedChanged = Signal()
    busyChanged = Signal()
    errorChanged = Signal()
    officerChanged = Signal()
    prefillChanged = Signal()
    enrolled = Signal()
    leaving = Signal()
    """The officer gets up: keep what is typed, the desk is still open."""
    signedIn = Signal()
    refused = Signal()
    """A code or a PIN was not taken: the page clears and shakes its field."""

    def __init__(
        self,
        gate: Gate,
        desks: Desks,
        link: Link,
        events: DeskEvents,
        wording: Wording,
        background: Background,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._gate = gate
        self._desks = desks
        self._link = link
        self._events = events
        self._wording = wording
        self._background = background
        self._stage = "start"
        self._locked = False
        self._busy = False
        self._error: FieldError | None = None
        self._admitted: Admitted | None = None
        self._card: OfficerCard | None = None
        self._names: dict[str, str] = {}
        self._officers = OfficerListModel(self)
        self._server = ""
        self._code = ""
        self._last_officer = ""
        desks.opened.connect(self._on_desks_opened)
        desks.failed.connect(self._on_desks_failed)
        events.tablesChanged.connect(self._on_tables_changed)
        wording.changed.connect(self.errorChanged)

    @Property(str, notify=stageChanged)
    def stage(self) -> str:
        """start, enrol, signin, opening, fill, open or trouble."""
        return self._stage

    @Property(bool, notify=lockedChanged)
    def locked(self) -> bool:
        """The screen is locked; what lies under it is as it was left."""
        return self._locked

    @Property(bool, notify=busyChanged)
    def busy(self) -> bool:
        """A code or a PIN is being checked."""
        return self._busy

    @Property(str, notify=errorChanged)
    def errorText(self) -> str:
        """Why the last try was not taken, in plain words."""
        return "" if self._error is None else self._wording.say(self._error, self._stage)

    @Property(str, notify=errorChanged)
    def errorTextAbroad(self) -> str:
        """The same in the other language, for a page that anybody must be able to read."""
        if self._error is None:
            return ""
        other = "zh" if self._wording.language == "en" else "en"
        return sentence(self._error.code, self._error.facts, other)

    @Property(str, notify=errorChanged)
    def errorCode(self) -> str:
        """The code of the same."""
        return "" if self._error is None else self._error.code

    @Property(str, notify=errorChanged)
    def errorField(self) -> str:
        """Which input it is about: server, code, officer, pin, or "" for none."""
        code = "" if self._error is None else self._error.code
        return "server" if code in ABOUT_SERVER else FIELD_OF_CODE.get(code, "")

    @Property(OfficerListModel, constant=True)
    def officers(self) -> OfficerListModel:
        """Who signed in here before, the last one first."""
        return self._officers

    @Property(str, notify=officerChanged)
    def officerId(self) -> str:
        """The number of the officer at the tablet."""
        return "" if self._admitted is None else self._admitted.officer_id

    @Property(str, notify=officerChanged)
    def officerName(self) -> str:
        """The officer's name; the number while the name is not known."""
        if self._card is not None:
            return self._card.name
        return "" if self._admitted is None else self._admitted.officer_id

    @Property(str, notify=officerChanged)
    def officerRole(self) -> str:
        """A Role's word, or ""."""
        return "" if self._card is None else self._card.role

    @Property(str, notify=officerChanged)
    def officerSquad(self) -> str:
        """The officer's squad."""
        return "" if self._card is None else self._card.squad

    @Property(str, notify=prefillChanged)
    def lastOfficer(self) -> str:
        """Whose number to begin with: who the code was issued to, else the last one here."""
        return self._last_officer

    @Property(str, notify=prefillChanged)
    def server(self) -> str:
        """The server address to begin with."""
        return self._server

    @Property(str, notify=prefillChanged)
    def code(self) -> str:
        """The enrolment code to begin with."""
        return self._code

    @property
    def key(self) -> bytes | None:
        """The key of the work store, while somebody is signed in; also where it does not open."""
        return None if self._admitted is None else self._admitted.key

    @property
    def at_work(self) -> bool:
        """Somebody works with what could be locked."""
        return self._stage in {"open", "fill"} and not self._locked

    def start(self, server: str = "", code: str = "") -> None:
        """Show the first page."""
        self._server, self._code = server, code
        self._list_officers()
        self._go("signin" if self._gate.is_enrolled() else "enrol")

    @Slot(str, str)
    def fillIn(self, server: str, code: str) -> None:
        """Put address and code, as a QR said them, into the fields; the person still presses the button."""
        self._server, self._code = server, code
        self.prefillChanged.emit()
        self.clearError()

    @Slot(str, str)
    def enrol(self, server: str, code: str) -> None:
        """Make this tablet a device of that server's city."""
        self._try(lambda: self._gate.enrol(server.strip(), code), self._on_enrolled)

    @Slot(str, str)
    def signIn(self, officer_id: str, pin: str) -> None:
        """Sign an officer in; under the lock the same one goes on, another one takes over."""
        self._try(lambda: self._gate.sign_in(officer_id.strip().upper(), pin), self._on_admitted)

    @Slot()
    def signOut(self) -> None:
        """Leave the tablet. What is pending is kept, and the daemon goes on sending it."""
        if self._stage not in {"open", "fill", "trouble", "opening"}:
            return
        self._leave()
        self._set_locked(False)
        self._admitted = None
        self._link.forget_key()
        self._go("signin")
        self._desks.close(self._forget)

    @Slot()
    def lock(self) -> None:
        """Cover the screen until a PIN is given."""
        if self._stage in {"open", "fill"} and not self._locked:
            self._set_error(None)
            self._list_officers()
            self._set_locked(True)

    @Slot()
    def clearError(self) -> None:
        """The person began to type again."""
        self._set_error(None)

    def close(self) -> None:
        """At quit: finish what was begun. The daemon goes on."""
        self._desks.close_now()

    def _forget(self) -> None:
        self._background.run(self._gate.sign_out, lambda _none: None, lambda _error: None)

    def _try(self, work: object, done: object) -> None:
        if self._busy or not callable(work) or not callable(done):
            return
        self._set_busy(True)
        self._set_error(None)

        def finished(answer: object) -> None:
            self._set_busy(False)
            done(answer)

        def failed(error: FieldError) -> None:
            self._set_busy(False)
            self._set_error(error)
            self.refused.emit()

        self._background.run(work, finished, failed)

    def _on_enrolled(self, enrolled: Admitted) -> None:
        self._last_officer = enrolled.officer_id
        self._link.hand_over(enrolled.key)  # the first fill may begin while the PIN is typed
        self._go("signin")
        self.enrolled.emit()

    def _on_admitted(self, admitted: Admitted) -> None:
        if self._locked and self._admitted and self._admitted.officer_id == admitted.officer_id:
            self._set_locked(False)
            self._link.hand_over(admitted.key)
            self.signedIn.emit()
            return
        if self._locked:
            self._leave()
        self._admitted = admitted
        if admitted.officer is not None:
            self._take_card(admitted.officer)
        self._go("opening")
        self._set_locked(False)
        self._desks.open(admitted.key, admitted.officer_id)
        self._link.hand_over(admitted.key)

    def _leave(self) -> None:
        self.leaving.emit()
        self._events.closed.emit()
        self._card = None
        self.officerChanged.emit()

    @Slot(object)
    def _on_desks_opened(self, card: OfficerCard) -> None:
        self._take_card(card)
        self._check_fill()

    @Slot(object)
    def _on_desks_failed(self, error: FieldError) -> None:
        self._set_error(error)
        self._go("trouble")

    def _check_fill(self) -> None:
        if self._stage in {"opening", "fill"}:
            self._desks.reader.submit(is_filled, self._on_fill_checked)

    def _on_fill_checked(self, filled: bool) -> None:
        if self._stage == "opening" and filled:
            self._go("open")
            self._events.opened.emit(self._card)
            self.signedIn.emit()
        elif self._stage == "opening":
            self._go("fill")
        elif self._stage == "fill" and filled and self._admitted is not None:
            self._go("opening")  # the officers have arrived: sit down again with name and role
            self._desks.open(self._admitted.key, self._admitted.officer_id)

    @Slot(object)
    def _on_tables_changed(self, _names: object) -> None:
        if self._stage == "fill":
            self._check_fill()

    def _take_card(self, card: OfficerCard) -> None:
        self._card = card
        if card.name != card.officer_id:
            self._names[card.officer_id] = card.name
        self.officerChanged.emit()

    def _list_officers(self) -> None:
        numbers = self._gate.officers()
        self._officers.replace([(number, self._names.get(number, "")) for number in numbers])
        self._last_officer = numbers[0] if numbers else self._last_officer
        self.prefillChanged.emit()

    def _go(self, stage: str) -> None:
        if stage == "signin":
            self._list_officers()
        if stage != self._stage:
            self._stage = stage
            self.stageChanged.emit()

    def _set_locked(self, locked: bool) -> None:
        if locked != self._locked:
            self._locked = locked
            self.lockedChanged.emit()

    def _set_busy(self, busy: bool) -> None:
        if busy != self._busy:
            self._busy = busy
            self.busyChanged.emit()

    def _set_error(self, error: FieldError | None) -> None:
        if error is not self._error:
            self._error = error
            self.errorChanged.emit()
