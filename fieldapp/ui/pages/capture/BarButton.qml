// A button on the dark of the camera: picture above, word below.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import fieldapp.ui

T.AbstractButton {
    id: root

    property string iconName: ""
    // Several of them in one row do not grow with the text.
    property int largestFont: 20

    readonly property color ink: !root.enabled ? "#5D6B71" : root.checked ? "#121C20" : "#FFFFFF"

    implicitWidth: Math.max(64, column.implicitWidth + 2 * Theme.spaceS)
    implicitHeight: Math.max(64, column.implicitHeight + 2 * Theme.spaceXs)
    Accessible.role: Accessible.Button
    Accessible.name: root.text

    background: Rectangle {
        radius: Theme.radiusM
        color: root.checked ? "#FFFFFF" : root.down ? "#33FFFFFF" : "#1FFFFFFF"

        FaFocusRing {
            visible: root.visualFocus
        }
    }
    contentItem: Item {
        Column {
            id: column

            anchors.centerIn: parent
            spacing: 2

            FaIcon {
                anchors.horizontalCenter: parent.horizontalCenter
                name: root.iconName
                size: 26
                scales: false
                color: root.ink
            }
            FaText {
                anchors.horizontalCenter: parent.horizontalCenter
                text: root.text
                kind: "caption"
                strong: true
                pixels: Math.min(Theme.fontCaption, root.largestFont)
                wrapMode: Text.NoWrap
                color: root.ink
                Accessible.ignored: true
            }
        }
    }
}
