// A turning ring: work goes on and nobody can say how long.
import QtQuick
import fieldapp.ui

Item {
    id: root

    property bool running: true
    property int size: Theme.iconSize
    property color color: Theme.primary

    implicitWidth: ring.width
    implicitHeight: ring.height
    visible: root.running
    Accessible.ignored: true

    FaIcon {
        id: ring

        name: "spinner"
        size: root.size
        color: root.color

        RotationAnimator {
            target: ring
            from: 0
            to: 360
            duration: 1000
            loops: Animation.Infinite
            running: root.running && root.visible && Theme.animated
        }
    }
}
