"""The rules of sending as the person sets them, and what the daemon knows of connection and battery."""

from __future__ import annotations

from PySide6.QtCore import Property, QCoreApplication, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from fieldapp.services.link import Link
from fieldapp.services.wording import Wording
from sync.sending import LANES, Battery, LinkKind, Network

QML_IMPORT_NAME = "fieldapp.viewmodels"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlUncreatable("made by the app")
class SendingViewModel(QObject):  # type: ignore[operator]
    """Choices go to the daemon, which keeps them; what is shown is what it says is in force."""

    changed = Signal()

    def __init__(self, link: Link, wording: Wording, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._link = link
        self._wording = wording
        link.rulesChanged.connect(self._tell)
        link.stateChanged.connect(self._tell)
        wording.changed.connect(self._tell)

    @Property(str, notify=changed)
    def originals(self) -> str:
        """On what link originals go: any, unmetered or wifi."""
        return self._link.rules.originals.value

    @Property(str, notify=changed)
    def dataSaver(self) -> str:
        """What goes over a metered link at all: off, thumbnails or records."""
        return self._link.rules.data_saver.value

    @Property(int, notify=changed)
    def batteryBelow(self) -> int:
        """Percent below which photos wait; 0 for never."""
        return self._link.rules.battery_below

    @Property(bool, notify=changed)
    def paused(self) -> bool:
        """Nothing goes until somebody resumes."""
        return self._link.rules.paused

    @Property(int, notify=changed)
    def keepDays(self) -> int:
        """Days a photo stays here after central has all of its record."""
        return self._link.rules.keep_days

    @Property(str, notify=changed)
    def networkText(self) -> str:
        """The tablet's own connection, and whether it is metered as far as anybody tells."""
        network: Network = self._link.state.sending.network
        if network.kind is LinkKind.NONE:
            return QCoreApplication.translate("Sending", "没有网络连接")
        codes = {True: "network_metered", False: "network_unmetered", None: "network_unknown"}
        return self._wording.say_code(codes[network.metered], {"kind": _kind_word(network.kind)})

    @Property(bool, notify=changed)
    def meteredUnknown(self) -> bool:
        """Nobody tells whether the connection is metered: rules about it hold nothing back."""
        network: Network = self._link.state.sending.network
        return network.metered is None and network.kind is not LinkKind.NONE

    @Property(str, notify=changed)
    def batteryText(self) -> str:
        """The battery, or that there is none."""
        battery: Battery = self._link.state.sending.battery
        translate = QCoreApplication.translate
        if not battery.present or battery.percent is None:
            return translate("Sending", "没有电池或无法得知")
        fed, drained = translate("Sending", "%1%，正在充电"), translate("Sending", "%1%，使用电池")
        return (fed if battery.on_mains else drained).replace("%1", str(battery.percent))

    @Property(str, notify=changed)
    def heldText(self) -> str:
        """What the rules hold back at this moment and why; "" for nothing."""
        sending = self._link.state.sending
        codes = dict.fromkeys(sending.held[lane] for lane in LANES if lane in sending.held)
        return "\n".join(self._wording.say_code(code, dict(sending.facts)) for code in codes)

    @Slot()
    def refresh(self) -> None:
        """Somebody looks: ask what is in force by now."""
        self._link.ask_rules()

    @Slot(str)
    def chooseOriginals(self, where: str) -> None:
        """Let originals go on any link, on an unmetered one, or on Wi-Fi and cable alone."""
        self._link.change_rules({"originals": where})

    @Slot(str)
    def chooseDataSaver(self, what: str) -> None:
        """Say what goes over a metered link."""
        self._link.change_rules({"data_saver": what})

    @Slot(int)
    def chooseBattery(self, below: int) -> None:
        """Let photos wait below this percentage."""
        self._link.change_rules({"battery_below": below})

    @Slot(bool)
    def setPaused(self, paused: bool) -> None:
        """Stop sending, or go on."""
        self._link.change_rules({"paused": paused})

    @Slot(int)
    def chooseKeepDays(self, days: int) -> None:
        """Keep what was sent this long."""
        self._link.change_rules({"keep_days": days})

    @Slot(object)
    @Slot(str)
    def _tell(self, _what: object) -> None:
        self.changed.emit()


def _kind_word(kind: LinkKind) -> str:
    translate = QCoreApplication.translate
    words = {
        LinkKind.WIFI: "Wi-Fi",
        LinkKind.CABLE: translate("Sending", "网线"),
        LinkKind.MOBILE: translate("Sending", "移动网络"),
    }
    return words.get(kind, translate("Sending", "网络"))
