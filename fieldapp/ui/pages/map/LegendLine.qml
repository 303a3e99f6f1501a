// One sign and what it means.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui

RowLayout {
    id: root

    required property string iconName
    required property color tint
    required property string text
    property int turned: 0
    // One's own place: a dot in a ring.
    property bool ringed: false

    spacing: Theme.spaceM

    FaIcon {
        id: sign

        name: root.iconName
        color: root.tint
        rotation: root.turned

        Rectangle {
            anchors.centerIn: parent
            width: sign.width * 0.72
            height: width
            radius: width / 2
            color: "transparent"
            border.width: 3
            border.color: Theme.surface
            visible: root.ringed
        }
    }
    FaText {
        text: root.text
        kind: "caption"
        Layout.fillWidth: true
    }
}
