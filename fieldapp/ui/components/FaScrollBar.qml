// A thin bar that only tells where one is; scrolling is done with the finger.
import QtQuick
import QtQuick.Templates as T
import fieldapp.ui

T.ScrollBar {
    id: root

    implicitWidth: 10
    padding: 2
    minimumSize: 0.08
    visible: size < 1.0
    Accessible.ignored: true

    contentItem: Rectangle {
        implicitWidth: 6
        implicitHeight: 40
        radius: 3
        color: root.pressed ? Theme.primary : Theme.outlineStrong
        opacity: 0.7
    }
}
