// The ring that shows where the keyboard is. Lay it into a control and say when it shows.
import QtQuick
import fieldapp.ui

Rectangle {
    id: root

    property int around: Theme.radiusM

    anchors.fill: parent
    anchors.margins: -4
    radius: root.around + 4
    color: "transparent"
    border.color: Theme.focus
    border.width: 3
    z: 10
}
