// The middle of the map, for setting a pin by buttons alone.
import QtQuick
import fieldapp.ui

Item {
    implicitWidth: 56
    implicitHeight: 56

    Rectangle {
        anchors.centerIn: parent
        width: 56
        height: 3
        color: Theme.danger
    }
    Rectangle {
        anchors.centerIn: parent
        width: 3
        height: 56
        color: Theme.danger
    }
}
