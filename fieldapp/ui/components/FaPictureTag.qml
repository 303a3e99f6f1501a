// A few characters or an icon readable on any picture.
import QtQuick
import QtQuick.Layouts
import fieldapp.ui

Rectangle {
    id: root

    property string text: ""
    property string iconName: ""

    implicitWidth: Math.max(implicitHeight, row.implicitWidth + 14)
    implicitHeight: Math.max(28, label.implicitHeight + 4)
    radius: 8
    color: "#C4000000"

    RowLayout {
        id: row

        anchors.centerIn: parent
        spacing: Theme.spaceXs

        FaIcon {
            name: root.iconName
            size: 18
            color: "#FFFFFF"
        }
        FaText {
            id: label

            text: root.text
            kind: "caption"
            strong: true
            color: "#FFFFFF"
            lineHeight: 1
            visible: text !== ""
            Accessible.ignored: true
        }
    }
}
