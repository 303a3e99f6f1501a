// The shutter: a large white ring and disc, the same in every theme, since it stands on the dark of the viewfinder.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import fieldapp.ui

T.AbstractButton {
    id: root

    property bool working: false

    implicitWidth: 96
    implicitHeight: 96
    text: qsTr("拍照")
    Accessible.role: Accessible.Button
    Accessible.name: root.text

    background: Rectangle {
        radius: width / 2
        color: "transparent"
        border.width: 5
        border.color: root.enabled ? "#FFFFFF" : "#66737A"

        Rectangle {
            anchors.centerIn: parent
            width: parent.width - (root.down ? 30 : 20)
            height: width
            radius: width / 2
            color: !root.enabled ? "#3A464C" : root.down ? "#C9D3D6" : "#FFFFFF"

            Behavior on width {
                NumberAnimation {
                    duration: Theme.durationShort
                }
            }
        }
        FaFocusRing {
            around: parent.radius
            visible: root.visualFocus
        }
    }
    contentItem: Item {
        FaBusy {
            anchors.centerIn: parent
            size: 40
            running: root.working
            color: "#0B5C6B"
        }
        FaIcon {
            anchors.centerIn: parent
            name: root.enabled ? "" : "camera"
            size: Theme.iconLarge
            scales: false
            color: "#8FA0A7"
        }
    }
}
