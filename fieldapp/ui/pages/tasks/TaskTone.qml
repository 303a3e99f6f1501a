// A tone as colours: fill, text on it, calm container, text on that.
import QtQuick
import fieldapp.ui

QtObject {
    id: root

    property string tone: "normal"

    readonly property color fill: tone === "primary" ? Theme.primary : tone === "success" ? Theme.success
        : tone === "warning" ? Theme.warning : tone === "danger" ? Theme.danger
        : tone === "info" ? Theme.info : Theme.textMuted
    readonly property color ink: tone === "primary" ? Theme.primaryInk : tone === "success" ? Theme.successInk
        : tone === "warning" ? Theme.warningInk : tone === "danger" ? Theme.dangerInk
        : tone === "info" ? Theme.infoInk : Theme.surface
    readonly property color soft: tone === "primary" ? Theme.primarySoft : tone === "success" ? Theme.successSoft
        : tone === "warning" ? Theme.warningSoft : tone === "danger" ? Theme.dangerSoft
        : tone === "info" ? Theme.infoSoft : Theme.surfaceSunken
    readonly property color softInk: tone === "primary" ? Theme.primarySoftInk : tone === "success" ? Theme.successSoftInk
        : tone === "warning" ? Theme.warningSoftInk : tone === "danger" ? Theme.dangerSoftInk
        : tone === "info" ? Theme.infoSoftInk : Theme.text
}
