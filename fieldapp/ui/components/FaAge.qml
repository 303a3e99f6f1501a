// How old the data is that something rests on: fresh, aging, stale or unknown.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui

Rectangle {
    id: root

    required property string text
    property string level: "fresh"

    implicitWidth: row.implicitWidth + 2 * Theme.spaceM
    implicitHeight: Math.max(34, row.implicitHeight + Theme.spaceS)
    radius: Theme.radiusS
    color: root.level === "fresh" ? Theme.surfaceSunken : colors.soft
    border.width: Theme.sunlight ? 1 : 0
    border.color: row.ink
    Accessible.role: Accessible.StaticText
    Accessible.name: root.text

    FaTone {
        id: colors

        tone: root.level === "stale" || root.level === "unknown" ? "danger" : root.level === "aging" ? "warning" : "normal"
    }

    RowLayout {
        id: row

        readonly property color ink: root.level === "fresh" ? Theme.text : colors.softInk

        anchors.fill: parent
        anchors.leftMargin: Theme.spaceM
        anchors.rightMargin: Theme.spaceM
        spacing: 6

        FaIcon {
            name: root.level === "unknown" ? "question" : root.level === "fresh" ? "clock" : "warning"
            size: 20
            color: row.ink
        }
        FaText {
            text: root.text
            kind: "caption"
            strong: root.level !== "fresh"
            color: row.ink
            Layout.fillWidth: true
            Accessible.ignored: true
        }
    }
}
