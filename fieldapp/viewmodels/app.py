"""What Main.qml is given: every view model, the page in front, and messages that pass over all pages."""

from __future__ import annotations

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from fieldapp.viewmodels.alerts import AlertsViewModel
from fieldapp.viewmodels.camera import CameraViewModel
from fieldapp.viewmodels.capture import CaptureViewModel
from fieldapp.viewmodels.link import LinkViewModel
from fieldapp.viewmodels.lookup import LookupViewModel
from fieldapp.viewmodels.map import MapViewModel
from fieldapp.viewmodels.messages import MessagesViewModel
from fieldapp.viewmodels.my_reports import MyReportsViewModel
from fieldapp.viewmodels.outbox import OutboxViewModel
from fieldapp.viewmodels.patrol import PatrolViewModel
from fieldapp.viewmodels.photo_desk import PhotoDeskViewModel
from fieldapp.viewmodels.read import ReadViewModel
from fieldapp.viewmodels.rebuilt import RebuiltViewModel
from fieldapp.viewmodels.rescue import RescueViewModel
from fieldapp.viewmodels.sending import SendingViewModel
from fieldapp.viewmodels.session import SessionViewModel
from fieldapp.viewmodels.settings import SettingsViewModel
from fieldapp.viewmodels.shift_check import ShiftCheckViewModel
from fieldapp.viewmodels.shortage import ShortageViewModel
from fieldapp.viewmodels.tasks import TasksViewModel
from fieldapp.viewmodels.visit import VisitViewModel

QML_IMPORT_NAME = "fieldapp.viewmodels"
QML_IMPORT_MAJOR_VERSION = 1

PAGES = (
    "lookup",
    "capture",
    "tasks",
    "alerts",
    "map",
    "reports",
    "messages",
    "visit",
    "patrol",
    "outbox",
    "settings",
)


@QmlElement
@QmlUncreatable("made by the app")
class AppViewModel(QObject):  # type: ignore[operator]
    """Holds the others; knows which page is in front."""

    pageChanged = Signal()
    toastAsked = Signal(str, str, str, str)
    """Text, text of the action ("" for none), kind, and the record an undo is for."""
    toastRetold = Signal(str, str)
    """Text and action of the toast that shows, in the language of now."""
    undoAsked = Signal(str)

    def __init__(
        self,
        session: SessionViewModel,
        link: LinkViewModel,
        outbox: OutboxViewModel,
        settings: SettingsViewModel,
        lookup: LookupViewModel,
        capture: CaptureViewModel,
        camera: CameraViewModel,
        city_map: MapViewModel,
        tasks: TasksViewModel,
        read: ReadViewModel,
        sending: SendingViewModel,
        rescue: RescueViewModel,
        shortage: ShortageViewModel,
        rebuilt: RebuiltViewModel,
        reports: MyReportsViewModel,
        visit: VisitViewModel,
        messages: MessagesViewModel,
        alerts: AlertsViewModel,
        patrol: PatrolViewModel,
        shift_check: ShiftCheckViewModel,
        photo_desk: PhotoDeskViewModel,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._link = link
        self._outbox = outbox
        self._settings = settings
        self._lookup = lookup
        self._capture = capture
        self._camera = camera
        self._map = city_map
        self._tasks = tasks
        self._read = read
        self._sending = sending
        self._rescue = rescue
        self._shortage = shortage
        self._rebuilt = rebuilt
        self._reports = reports
        self._visit = visit
        self._messages = messages
        self._alerts = alerts
        self._patrol = patrol
        self._shift_check = shift_check
        self._photo_desk = photo_desk
        self._page = PAGES[0]

    @Property(PhotoDeskViewModel, constant=True)
    def photoDesk(self) -> PhotoDeskViewModel:
        """What can be done with a photo that is shown."""
        return self._photo_desk

    @Property(SessionViewModel, constant=True)
    def session(self) -> SessionViewModel:
        """Who is at the tablet."""
        return self._session

    @Property(LinkViewModel, constant=True)
    def link(self) -> LinkViewModel:
        """The way to central."""
        return self._link

    @Property(OutboxViewModel, constant=True)
    def outbox(self) -> OutboxViewModel:
        """Records on their way."""
        return self._outbox

    @Property(SettingsViewModel, constant=True)
    def settings(self) -> SettingsViewModel:
        """Choices."""
        return self._settings

    @Property(LookupViewModel, constant=True)
    def lookup(self) -> LookupViewModel:
        """Looking up a truck."""
        return self._lookup

    @Property(CaptureViewModel, constant=True)
    def capture(self) -> CaptureViewModel:
        """The report in hand."""
        return self._capture

    @Property(VisitViewModel, constant=True)
    def visit(self) -> VisitViewModel:
        """The visit in hand."""
        return self._visit

    @Property(PatrolViewModel, constant=True)
    def patrol(self) -> PatrolViewModel:
        """The patrol."""
        return self._patrol

    @Property(ShiftCheckViewModel, constant=True)
    def shiftCheck(self) -> ShiftCheckViewModel:
        """The check at the start of a shift."""
        return self._shift_check

    @Property(CameraViewModel, constant=True)
    def camera(self) -> CameraViewModel:
        """The camera."""
        return self._camera

    @Property(MapViewModel, constant=True)
    def map(self) -> MapViewModel:
        """The city's map."""
        return self._map

    @Property(TasksViewModel, constant=True)
    def tasks(self) -> TasksViewModel:
        """The officer's tasks."""
        return self._tasks

    @Property(ReadViewModel, constant=True)
    def read(self) -> ReadViewModel:
        """Plates and codes by camera."""
        return self._read

    @Property(SendingViewModel, constant=True)
    def sending(self) -> SendingViewModel:
        """The rules of sending."""
        return self._sending

    @Property(RescueViewModel, constant=True)
    def rescue(self) -> RescueViewModel:
        """Writing everything unsent into a file."""
        return self._rescue

    @Property(ShortageViewModel, constant=True)
    def shortage(self) -> ShortageViewModel:
        """What runs short."""
        return self._shortage

    @Property(RebuiltViewModel, constant=True)
    def rebuilt(self) -> RebuiltViewModel:
        """A damage that was mended."""
        return self._rebuilt

    @Property(MyReportsViewModel, constant=True)
    def reports(self) -> MyReportsViewModel:
        """What the officer filed."""
        return self._reports

    @Property(MessagesViewModel, constant=True)
    def messages(self) -> MessagesViewModel:
        """What is said on cases."""
        return self._messages

    @Property(AlertsViewModel, constant=True)
    def alerts(self) -> AlertsViewModel:
        """Alerts and calls for reinforcement."""
        return self._alerts

    @Property(str, notify=pageChanged)
    def page(self) -> str:
        """The key of the page in front."""
        return self._page

    @Slot(str)
    def navigate(self, page: str) -> None:
        """Go to a page."""
        if page in PAGES and page != self._page:
            self._page = page
            self.pageChanged.emit()

    @Slot(str, str)
    def openDraft(self, draft_id: str, kind: str) -> None:
        """Go on with a draft: a report at the capture page, an act at its task."""
        if kind == "report":
            self._capture.resume(draft_id)
            self.navigate("capture")
        elif kind == "visit":
            self.navigate("visit")
        else:
            self._tasks.openDraft(draft_id)
            self.navigate("tasks")

    @Slot(str)
    def openTask(self, case_id: str) -> None:
        """Open a case at the tasks."""
        self._tasks.open(case_id)
        self.navigate("tasks")

    @Slot(str)
    def talk(self, case_id: str) -> None:
        """Open a case's messages."""
        self._messages.open(case_id)
        self.navigate("messages")

    @Slot(str)
    def undo(self, record_id: str) -> None:
        """The person pressed undo in the toast."""
        self.undoAsked.emit(record_id)
