"""The view models of the pages, and what passes between them: a violation to record, an undo, a sound.

look-up ─record→ capture      capture, tasks ─saved→ toast with undo, sound      tasks ─show→ map
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, Slot

from fieldapp.capture.drafts import DraftBody
from fieldapp.services.camera_darkroom import Darkroom
from fieldapp.services.camera_open import open_camera
from fieldapp.services.events import DeskEvents
from fieldapp.services.feedback import Feedback
from fieldapp.services.position import PositionSource
from fieldapp.services.visit_paper import write_paper
from fieldapp.services.worker import ReplicaWorker
from fieldapp.ui.camera_preview import CameraPreview
from fieldapp.ui.map.map_item import CityMap
from fieldapp.ui.map.route_sketch import RouteSketch
from fieldapp.ui.signature_pad import SignaturePad
from fieldapp.viewmodels.alerts import AlertsViewModel
from fieldapp.viewmodels.app import AppViewModel
from fieldapp.viewmodels.camera import CameraViewModel
from fieldapp.viewmodels.capture import CaptureViewModel
from fieldapp.viewmodels.lookup import LookupViewModel
from fieldapp.viewmodels.map import MapViewModel
from fieldapp.viewmodels.messages import MessagesViewModel
from fieldapp.viewmodels.my_reports import MyReportsViewModel
from fieldapp.viewmodels.outbox import OutboxViewModel
from fieldapp.viewmodels.patrol import PatrolViewModel
from fieldapp.viewmodels.photo_desk import PhotoDeskViewModel
from fieldapp.viewmodels.read import ReadViewModel
from fieldapp.viewmodels.tasks import TasksViewModel
from fieldapp.viewmodels.visit import VisitViewModel
from sync.clock import Clock

PAINTED_ITEMS = (CameraPreview, CityMap, RouteSketch, SignaturePad)
"""Items drawn in Python; importing them makes them known to QML."""


class Pages:
    """What the workplace's pages stand on. Made once, before anybody has signed in."""

    def __init__(
        self,
        writer: ReplicaWorker,
        reader: ReplicaWorker,
        events: DeskEvents,
        clock: Clock,
        camera_setting: str,
        root: QObject,
    ) -> None:
        self.events = events
        self.position = PositionSource(clock, parent=root)
        self.darkroom = Darkroom(writer, root)
        self._source = open_camera(camera_setting or "auto", root)
        self.camera = CameraViewModel(self._source, root)
        self.capture = CaptureViewModel(
            writer, reader, events, self.camera, self.position, self.darkroom, root, clock=clock
        )
        self.lookup = LookupViewModel(writer, reader, events, self.position, root)
        self.map = MapViewModel(reader, events, self.position, root)
        self.lookup.truckShown.connect(self.map.routes_model.show_truck)
        self.tasks = TasksViewModel(
            writer, reader, events, self.position, self.camera, self.darkroom, root, clock=clock
        )
        self.messages = MessagesViewModel(
            writer, reader, events, self.position, self.camera, self.darkroom, clock, root
        )
        self.alerts = AlertsViewModel(writer, reader, events, self.position, root)
        self.photo_desk = PhotoDeskViewModel(writer, reader, events, self.darkroom, root)
        self.reports = MyReportsViewModel(reader, events, root)
        self.visit = VisitViewModel(
            writer, reader, events, self.position, write_paper, self.camera, self.darkroom, clock, root
        )
        self.patrol = PatrolViewModel(writer, events, self.position, clock, root)
        self.patrol.lineChanged.connect(lambda: self.map.show_track(self.patrol.lines()))
        self.read = ReadViewModel(self.camera, reader, events, root)
        events.closed.connect(self.read.stop)

    def flush(self) -> None:
        """Keep what is typed, while the desk is still open."""
        self.capture.flush()
        self.tasks.flush()
        self.messages.flush()
        self.visit.flush()
        self.patrol.flush()

    def close(self) -> None:
        """Let go of camera, position and darkroom; after ``flush``, before the workers stop."""
        self._source.stop()
        self.read.close()
        self.photo_desk.stop()
        self.map.close()
        self.position.stop()
        self.darkroom.close()


class Crossings(QObject):
    """What one page's act means to the others."""

    def __init__(
        self,
        pages: Pages,
        app: AppViewModel,
        outbox: OutboxViewModel,
        feedback: Feedback,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._pages = pages
        self._app = app
        self._feedback = feedback
        self._undo: Callable[[str], None] = pages.capture.undo
        pages.lookup.recordViolation.connect(self._on_violation)
        pages.lookup.told.connect(feedback.verdict)
        pages.lookup.failed.connect(self._on_failed)
        pages.capture.saved.connect(self._on_report_saved)
        pages.capture.photoSaved.connect(lambda _photo: feedback.saved())
        pages.visit.photoSaved.connect(lambda _photo: feedback.saved())
        pages.capture.failed.connect(lambda _code, _text: feedback.failed())
        pages.capture.undone.connect(self._on_undone)
        self._pin_at: Callable[[float, float], None] = pages.capture.pinAt
        self._pin_page = "capture"
        pages.capture.pinWanted.connect(self._on_pin_wanted)
        pages.lookup.pinWanted.connect(self._on_pin_wanted_for_truck)
        pages.patrol.ended.connect(self._on_patrol_ended)
        pages.patrol.resumed.connect(self._on_patrol_resumed)
        pages.patrol.failed.connect(self._on_failed)
        pages.visit.saved.connect(self._on_visit_saved)
        pages.visit.failed.connect(lambda _code, _text: feedback.failed())
        pages.tasks.acted.connect(self._on_acted)
        pages.tasks.undone.connect(self._on_undone)
        pages.tasks.failed.connect(self._on_task_failed)
        pages.tasks.dispatched.connect(self._on_dispatched)
        pages.tasks.takenAway.connect(self._on_taken_away)
        pages.tasks.shelved.connect(self._on_shelved)
        pages.tasks.showOnMap.connect(self._on_show)
        outbox.undone.connect(self._on_taken_back)
        outbox.corrected.connect(self._on_correcting)
        outbox.sendAsked.connect(self._on_send_asked)
        outbox.failed.connect(self._on_failed)
        pages.reports.supplementAsked.connect(self._on_violation)
        pages.reports.failed.connect(self._on_failed)
        pages.messages.failed.connect(self._on_failed)
        pages.photo_desk.failed.connect(self._on_failed)
        pages.photo_desk.masked.connect(feedback.saved)
        mask: Callable[[str, str], None] = pages.photo_desk.maskDraft
        pages.capture.photos.maskAsked.connect(mask)  # type: ignore[attr-defined]
        for draft in (pages.tasks.draft, pages.messages.draft, pages.visit.pictures):
            draft.maskAsked.connect(mask)  # type: ignore[attr-defined]
        pages.messages.sent.connect(lambda _act: feedback.saved())
        pages.alerts.acted.connect(self._on_alert_acted)
        pages.alerts.undone.connect(self._on_undone)
        pages.alerts.failed.connect(self._on_failed)
        pages.alerts.came.connect(self._on_alert_came)
        pages.alerts.showOnMap.connect(self._on_alert_place)
        pages.alerts.lookUp.connect(self._on_alert_truck)
        pages.map.alertAsked.connect(self._on_alert_asked)
        pages.map.taskAsked.connect(self._on_task_asked)
        pages.map.reportAsked.connect(self._on_report_asked)
        pages.map.pinChosen.connect(self._on_pin_chosen)
        pages.map.pinAbandoned.connect(lambda: app.navigate(self._pin_page))
        app.undoAsked.connect(lambda record_id: self._undo(record_id))
        self._retell: Callable[[], tuple[str, str]] | None = None
        app.toastAsked.connect(self._forget)
        pages.events.languageChanged.connect(self._on_language)

    @Slot(object)
    def _on_violation(self, found: DraftBody) -> None:
        self._pages.capture.start_on(found)
        self._app.navigate("capture")

    @Slot(str)
    def _on_report_saved(self, record_id: str) -> None:
        self._undo = self._pages.capture.undo
        self._feedback.saved()
        same: Any = self._pages.capture.same
        said = (lambda: self.tr("已补充到案件")) if same.joining else (lambda: self.tr("上报已保存"))
        self._toast(said, "success", record_id)

    @Slot(str)
    def _on_visit_saved(self, _record_id: str) -> None:
        self._feedback.saved()
        self._toast(lambda: self.tr("检查笔录已保存"), "success")

    @Slot(bool)
    def _on_patrol_ended(self, signed_out: bool) -> None:
        self._feedback.saved()
        if signed_out:
            self._toast(lambda: self.tr("已退出登录，巡查随之结束，轨迹已保存"), "info")
        else:
            self._toast(lambda: self.tr("巡查已结束，轨迹已保存"), "success")

    @Slot()
    def _on_patrol_resumed(self) -> None:
        self._toast(lambda: self.tr("巡查已接着记录，中断的时间不计入轨迹"), "info")

    @Slot(str, str)
    def _on_acted(self, record_id: str, _text: str) -> None:
        self._undo = self._pages.tasks.undo
        self._feedback.saved()
        self._toast(self._pages.tasks.said, "success", record_id)

    @Slot(str, str)
    def _on_failed(self, _code: str, text: str) -> None:
        self._feedback.failed()
        self._app.toastAsked.emit(text, "", "danger", "")

    @Slot(str, str)
    def _on_task_failed(self, _code: str, text: str) -> None:
        self._feedback.failed()
        said = self._pages.tasks.said
        self._toast(said if said() == text else lambda: text, "danger")

    @Slot(str, str)
    def _on_dispatched(self, _case_id: str, _text: str) -> None:
        self._feedback.saved()
        self._toast(self._pages.tasks.said, "info")

    @Slot(str, str)
    def _on_taken_away(self, _case_id: str, _text: str) -> None:
        self._feedback.saved()
        self._toast(self._pages.tasks.said, "info")

    @Slot(str, str)
    def _on_shelved(self, case_id: str, _text: str) -> None:
        self._undo = self._pages.tasks.bringBack
        self._toast(self._pages.tasks.said, "info", case_id)

    @Slot(str, str)
    def _on_alert_acted(self, record_id: str, _text: str) -> None:
        self._undo = self._pages.alerts.undo
        self._feedback.saved()
        self._toast(self._pages.alerts.said, "success", record_id)

    @Slot(str, str)
    def _on_alert_came(self, which: str, _text: str) -> None:
        self._feedback.saved()
        self._toast(self._pages.alerts.said, "urgent" if self._pages.alerts.is_urgent(which) else "info")

    @Slot(str)
    def _on_alert_place(self, alert_id: str) -> None:
        self._app.navigate("map")
        self._pages.map.select("alert", alert_id)

    @Slot(str)
    def _on_alert_truck(self, plate: str) -> None:
        self._app.navigate("lookup")
        self._pages.lookup.choose("plate", plate)

    @Slot(str)
    def _on_alert_asked(self, alert_id: str) -> None:
        self._pages.alerts.open(alert_id)
        self._app.navigate("alerts")

    @Slot(str)
    def _on_show(self, case_id: str) -> None:
        self._app.navigate("map")
        self._pages.map.select("case", case_id)

    @Slot(str)
    def _on_task_asked(self, case_id: str) -> None:
        self._pages.tasks.open(case_id)
        self._app.navigate("tasks")

    @Slot(str)
    def _on_report_asked(self, report_id: str) -> None:
        self._app.navigate("reports")
        self._pages.reports.select(report_id)

    @Slot(float, float, bool)
    def _on_pin_wanted(self, lon: float, lat: float, placed: bool) -> None:
        self._ask_for_pin("capture", self._pages.capture.pinAt, lon, lat, placed)

    @Slot(float, float, bool)
    def _on_pin_wanted_for_truck(self, lon: float, lat: float, placed: bool) -> None:
        self._ask_for_pin("lookup", self._pages.lookup.pinAt, lon, lat, placed)

    def _ask_for_pin(
        self, page: str, pin_at: Callable[[float, float], None], lon: float, lat: float, placed: bool
    ) -> None:
        self._pin_page, self._pin_at = page, pin_at
        self._app.navigate("map")
        self._pages.map.startPin(lon, lat, placed)

    @Slot(float, float)
    def _on_pin_chosen(self, lon: float, lat: float) -> None:
        self._pin_at(lon, lat)
        self._app.navigate(self._pin_page)

    @Slot(str)
    def _on_send_asked(self, text: str) -> None:
        self._app.toastAsked.emit(text, "", "info", "")

    @Slot(str, str)
    def _on_taken_back(self, record_id: str, how: str) -> None:
        shelf: Any = self._pages.capture.shelf
        shelf.refresh()
        self._on_undone(record_id, how)

    @Slot(str)
    def _on_correcting(self, draft_id: str) -> None:
        self._pages.capture.resume(draft_id)
        self._app.navigate("capture")

    @Slot(str, str)
    def _on_undone(self, _record_id: str, how: str) -> None:
        translate = QCoreApplication.translate
        self._toast(
            lambda: (
                translate("Crossings", "已撤销")
                if how == "removed"
                else translate("Crossings", "撤回已保存，将随后发送")
            ),
            "info",
        )

    def _toast(self, say: Callable[[], str], kind: str, record_id: str = "") -> None:
        """Say something now, and again in another language when that is chosen while it shows."""
        said = say()

        def tell() -> tuple[str, str]:
            return say(), self.tr("撤销") if record_id else ""

        self._app.toastAsked.emit(said, tell()[1], kind, record_id)
        self._retell = tell

    @Slot(str, str, str, str)
    def _forget(self, *_toast: str) -> None:
        self._retell = None

    @Slot(str)
    def _on_language(self, _language: str) -> None:
        if self._retell is not None:
            self._app.toastRetold.emit(*self._retell())
