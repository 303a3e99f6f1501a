// The photo with its boxes: a tap on the picture sets one, a tap on a box chooses it, a drag draws or moves.
pragma ComponentBehavior: Bound

import QtQuick
import fieldapp.ui
import fieldapp.viewmodels

Rectangle {
    id: root

    required property PhotoDeskViewModel photoDesk
    readonly property real ratio: Math.min(root.width / root.photoDesk.pictureWidth, root.height / root.photoDesk.pictureHeight)

    objectName: "masks.table"
    color: "#0B0D0F"
    radius: Theme.radiusM
    clip: true

    Item {
        id: picture

        property point from
        property point to
        property bool drawing: false

        objectName: "masks.picture"
        anchors.centerIn: parent
        width: root.photoDesk.pictureWidth * root.ratio
        height: root.photoDesk.pictureHeight * root.ratio
        Accessible.role: Accessible.Graphic
        Accessible.name: qsTr("照片，已有 %1 处遮盖").arg(root.photoDesk.boxes.count)

        Image {
            anchors.fill: parent
            source: root.photoDesk.source
            fillMode: Image.Stretch
            asynchronous: true
            cache: false
            Accessible.ignored: true
        }
        MouseArea {
            anchors.fill: parent
            enabled: !root.photoDesk.busy
            preventStealing: true
            onPressed: mouse => {
                picture.from = Qt.point(mouse.x, mouse.y);
                picture.to = picture.from;
                picture.drawing = true;
            }
            onPositionChanged: mouse => picture.to = Qt.point(mouse.x, mouse.y)
            onCanceled: picture.drawing = false
            onReleased: {
                picture.drawing = false;
                root.photoDesk.draw(picture.from.x / root.ratio, picture.from.y / root.ratio, picture.to.x / root.ratio, picture.to.y / root.ratio);
            }
        }
        Rectangle {
            visible: picture.drawing
            x: Math.min(picture.from.x, picture.to.x)
            y: Math.min(picture.from.y, picture.to.y)
            width: Math.abs(picture.to.x - picture.from.x)
            height: Math.abs(picture.to.y - picture.from.y)
            color: "transparent"
            border.width: 2
            border.color: "white"
        }
        Repeater {
            model: root.photoDesk.boxes

            MaskBox {
                ratio: root.ratio
                chosen: root.photoDesk.selected === boxId
                onTapped: root.photoDesk.select(boxId)
                onMoved: (dx, dy) => root.photoDesk.move(boxId, dx, dy)
            }
        }
    }
    FaBusy {
        anchors.centerIn: parent
        size: 56
        color: "white"
        running: root.photoDesk.busy
    }
}
