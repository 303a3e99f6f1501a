// One box: what is under it is painted over; the chosen one has a bright frame, a suggested one a blue one.
pragma ComponentBehavior: Bound

import QtQuick
import fieldapp.ui

Item {
    id: root

    required property int boxId
    required property int boxLeft
    required property int boxTop
    required property int boxWidth
    required property int boxHeight
    required property bool suggested
    required property real ratio
    property bool chosen: false

    signal tapped
    signal moved(real dx, real dy)

    objectName: "masks.box." + root.boxId
    x: root.boxLeft * root.ratio
    y: root.boxTop * root.ratio
    width: root.boxWidth * root.ratio
    height: root.boxHeight * root.ratio
    Accessible.role: Accessible.Button
    Accessible.name: root.suggested ? qsTr("建议的遮盖框 %1").arg(root.boxId) : qsTr("遮盖框 %1").arg(root.boxId)
    Accessible.onPressAction: root.tapped()

    Rectangle {
        anchors.fill: parent
        anchors.margins: -2
        color: "#E6484C52"
        border.width: root.chosen ? 4 : 2
        border.color: root.chosen ? "#FFD54A" : root.suggested ? "#7FD7FF" : "white"
    }
    MouseArea {
        id: grip

        property point from

        // never smaller under a finger than a target is
        anchors.centerIn: parent
        width: Math.max(parent.width, Theme.target)
        height: Math.max(parent.height, Theme.target)
        preventStealing: true
        onPressed: mouse => {
            root.tapped();
            grip.from = Qt.point(mouse.x, mouse.y);
        }
        onPositionChanged: mouse => root.moved((mouse.x - grip.from.x) / root.ratio, (mouse.y - grip.from.y) / root.ratio)
    }
}
