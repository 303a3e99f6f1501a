// A small count; nothing at zero.
import QtQuick
import fieldapp.ui

Rectangle {
    id: root

    required property int count
    property bool alert: false

    implicitHeight: label.implicitHeight + 2
    implicitWidth: Math.max(implicitHeight, label.implicitWidth + 12)
    radius: height / 2
    color: root.alert ? (Theme.dark ? Theme.warning : Theme.warningSoft) : Theme.danger
    visible: root.count > 0
    Accessible.ignored: true

    FaText {
        id: label

        anchors.centerIn: parent
        kind: "caption"
        pixels: Math.round(15 * Math.min(Theme.textScale, 1.4))
        strong: true
        lineHeight: 1
        text: root.count > 99 ? "99+" : root.count
        color: root.alert ? (Theme.dark ? Theme.warningInk : Theme.warningSoftInk) : Theme.dangerInk
    }
}
