// The sentence that says what is wrong with what stands above it.
import QtQuick
import QtQuick.Layouts
import fieldapp.ui

RowLayout {
    id: root

    property string text: ""

    visible: root.text !== ""
    spacing: Theme.spaceS
    Layout.fillWidth: true

    FaIcon {
        name: "octagon"
        size: 20
        color: Theme.danger
        Layout.alignment: Qt.AlignTop
    }
    FaText {
        text: root.text
        kind: "caption"
        color: Theme.danger
        Layout.fillWidth: true
        Accessible.role: Accessible.AlertMessage
        Accessible.name: text
    }
}
