// On or off, taking effect at once. The whole row is the target.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import fieldapp.ui

T.Switch {
    id: root

    property string subtitle: ""

    implicitWidth: implicitContentWidth + leftPadding + rightPadding
    implicitHeight: Math.max(56, implicitContentHeight + topPadding + bottomPadding)
    topPadding: Theme.spaceXs
    bottomPadding: Theme.spaceXs
    spacing: Theme.spaceL
    Accessible.name: text
    Accessible.description: subtitle

    indicator: Rectangle {
        x: root.width - width
        y: (root.height - height) / 2
        implicitWidth: 60
        implicitHeight: 34
        radius: height / 2
        color: root.checked && root.enabled ? Theme.primary : Theme.surfaceSunken
        border.width: root.checked && root.enabled ? 0 : Theme.lineStrong
        border.color: root.enabled ? Theme.outlineStrong : Theme.outline

        Rectangle {
            x: root.checked ? parent.width - width - 4 : 5
            anchors.verticalCenter: parent.verticalCenter
            width: root.checked ? 26 : 22
            height: width
            radius: height / 2
            color: !root.enabled ? Theme.outline : root.checked ? Theme.primaryInk : Theme.outlineStrong

            Behavior on x {
                NumberAnimation {
                    duration: Theme.durationShort
                }
            }

            FaIcon {
                anchors.centerIn: parent
                name: root.checked ? "check" : ""
                size: 18
                scales: false
                color: root.enabled ? Theme.primary : Theme.surface
            }
        }
    }

    contentItem: FaTitles {
        title: root.text
        subtitle: root.subtitle
        enabled: root.enabled
        rightInset: 60 + root.spacing
    }

    background: Item {
        FaFocusRing {
            visible: root.visualFocus
        }
    }
}
