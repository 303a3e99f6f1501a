// One thing to tick, or one of several where only one may be. The whole row is the target.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import fieldapp.ui

T.CheckBox {
    id: root

    property string subtitle: ""
    // One of several: a round mark instead of a tick.
    property bool single: false

    implicitWidth: implicitContentWidth + leftPadding + rightPadding
    implicitHeight: Math.max(56, implicitContentHeight + topPadding + bottomPadding)
    leftPadding: 32 + Theme.spaceM
    topPadding: Theme.spaceXs
    bottomPadding: Theme.spaceXs
    Accessible.role: root.single ? Accessible.RadioButton : Accessible.CheckBox
    Accessible.name: text
    Accessible.description: subtitle

    indicator: Rectangle {
        y: (root.height - height) / 2
        implicitWidth: 32
        implicitHeight: 32
        radius: root.single ? height / 2 : Theme.radiusS
        color: root.checked ? (root.enabled ? Theme.primary : Theme.outline) : root.down ? Theme.primarySoft : Theme.surface
        border.width: root.checked ? 0 : Theme.lineStrong
        border.color: root.enabled ? Theme.outlineStrong : Theme.outline

        FaIcon {
            anchors.centerIn: parent
            name: root.checked && !root.single ? "check" : ""
            scales: false
            color: Theme.primaryInk
        }
        Rectangle {
            anchors.centerIn: parent
            width: 12
            height: 12
            radius: 6
            color: Theme.primaryInk
            visible: root.single && root.checked
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
