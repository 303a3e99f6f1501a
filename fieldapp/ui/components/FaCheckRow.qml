// One thing to tick. The whole row is the target.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import fieldapp.ui

T.CheckBox {
    id: root

    property string subtitle: ""

    implicitWidth: implicitContentWidth + leftPadding + rightPadding
    implicitHeight: Math.max(56, implicitContentHeight + topPadding + bottomPadding)
    leftPadding: 32 + Theme.spaceM
    topPadding: Theme.spaceXs
    bottomPadding: Theme.spaceXs
    Accessible.name: text
    Accessible.description: subtitle

    indicator: Rectangle {
        y: (root.height - height) / 2
        implicitWidth: 32
        implicitHeight: 32
        radius: Theme.radiusS
        color: root.checked ? (root.enabled ? Theme.primary : Theme.outline) : root.down ? Theme.primarySoft : Theme.surface
        border.width: root.checked ? 0 : Theme.lineStrong
        border.color: root.enabled ? Theme.outlineStrong : Theme.outline

        FaIcon {
            anchors.centerIn: parent
            name: root.checked ? "check" : ""
            scales: false
            color: Theme.primaryInk
        }
    }

    contentItem: FaTitles {
        title: root.text
        subtitle: root.subtitle
        enabled: root.enabled
    }

    background: Item {
        FaFocusRing {
            visible: root.visualFocus
        }
    }
}
