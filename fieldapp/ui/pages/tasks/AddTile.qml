// An empty place among photos that takes a new one.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import fieldapp.ui

T.AbstractButton {
    id: root

    property string iconName: "camera"
    property int size: 160

    implicitWidth: size
    implicitHeight: size
    Accessible.role: Accessible.Button
    Accessible.name: text

    background: Rectangle {
        radius: Theme.radiusM
        color: root.down ? Theme.primarySoft : Theme.surface
        border.width: Theme.lineStrong
        border.color: root.enabled ? Theme.primary : Theme.outline

        FaFocusRing {
            visible: root.visualFocus
        }
    }
    contentItem: Item {
        Column {
            anchors.centerIn: parent
            width: parent.width - 2 * Theme.spaceS
            spacing: Theme.spaceS

            FaIcon {
                anchors.horizontalCenter: parent.horizontalCenter
                name: root.iconName
                size: 40
                color: root.enabled ? Theme.primary : Theme.textDisabled
            }
            FaText {
                width: parent.width
                text: root.text
                kind: "label"
                color: root.enabled ? Theme.primary : Theme.textDisabled
                horizontalAlignment: Text.AlignHCenter
                wrapMode: Text.NoWrap
                fontSizeMode: Text.HorizontalFit // the tile keeps its size at any text size
                minimumPixelSize: 14
                Accessible.ignored: true
            }
        }
    }
}
