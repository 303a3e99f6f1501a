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

    spacing: Theme.spaceM

    FaIcon {
        name: root.iconName
        color: root.tint
        rotation: root.turned
    }
    FaText {
        text: root.text
        kind: "caption"
        Layout.fillWidth: true
    }
}
