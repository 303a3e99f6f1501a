// A button with a picture only; its words are spoken, so `text` is a must.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import fieldapp.ui

T.Button {
    id: root

    required property string iconName
    // quiet, secondary, primary, danger or overlay (over a picture)
    property string kind: "quiet"
    property bool large: kind === "primary"
    property int badge: 0
    property int iconSize: large ? Theme.iconLarge : Theme.iconSize

    readonly property color ink: !root.enabled ? Theme.textDisabled
        : root.kind === "overlay" ? (root.checked ? "#121C20" : "#FFFFFF")
        : root.kind === "primary" ? Theme.primaryInk
        : root.kind === "danger" ? Theme.danger
        : root.checked ? Theme.primarySoftInk : Theme.text

    implicitWidth: large ? Theme.targetPrimary : Theme.target
    implicitHeight: implicitWidth
    padding: 0
    Accessible.name: text

    contentItem: Item {
        FaIcon {
            anchors.centerIn: parent
            name: root.iconName
            size: root.iconSize
            color: root.ink
        }
    }

    background: Rectangle {
        radius: root.kind === "overlay" ? width / 2 : Theme.radiusM
        color: root.kind === "overlay" ? (root.checked ? "#FFFFFF" : root.down ? "#E6000000" : "#A6000000")
            : root.kind === "primary" ? (!root.enabled ? Theme.surfaceSunken : root.down ? Theme.primaryPressed : Theme.primary)
            : root.kind === "danger" && root.down ? Theme.dangerSoft
            : root.down || root.checked ? Theme.primarySoft
            : root.kind === "secondary" ? Theme.surface : "transparent"
        border.width: root.kind === "secondary" ? Theme.lineStrong : 0
        border.color: root.enabled ? Theme.outlineStrong : Theme.outline

        FaFocusRing {
            around: parent.radius
            visible: root.visualFocus
        }
    }

    FaBadge {
        anchors.right: parent.right
        anchors.top: parent.top
        anchors.margins: -8
        count: root.badge
    }
}
