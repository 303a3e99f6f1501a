// How many digits of a PIN are in, never which.
pragma ComponentBehavior: Bound

import QtQuick
import fieldapp.ui

Row {
    id: root

    property int length: 6
    property int filled: 0
    property bool error: false

    spacing: Theme.spaceL
    Accessible.role: Accessible.StaticText
    Accessible.name: qsTr("已输入 %1 位").arg(root.filled)

    Repeater {
        model: root.length

        Rectangle {
            required property int index

            width: 20
            height: 20
            radius: 10
            color: index < root.filled ? (root.error ? Theme.danger : Theme.primary) : "transparent"
            border.width: 2
            border.color: root.error ? Theme.danger : index < root.filled ? Theme.primary : Theme.outlineStrong
        }
    }
}
