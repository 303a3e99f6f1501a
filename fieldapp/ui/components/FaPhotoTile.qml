// One photograph: thumbnail, its number, where it is on its way, where it came from, and a way to take it out.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import fieldapp.ui

T.AbstractButton {
    id: root

    property string source: ""
    property int number: 0
    property string status: ""
    // captured or imported
    property string origin: "captured"
    property string caption: ""
    property bool removable: false
    property int size: 160
    // The colour behind the tile, which rounds the picture off.
    property color matte: Theme.surface

    signal removed

    implicitWidth: size
    implicitHeight: size + (caption === "" ? 0 : note.implicitHeight + Theme.spaceXs)
    text: number > 0 ? qsTr("照片 %1").arg(number) : qsTr("照片")
    Accessible.role: Accessible.Button
    Accessible.name: text
    Accessible.description: [pill.word, origin === "imported" ? qsTr("导入") : "", caption].filter(part => part !== "").join("，")

    contentItem: Item {
        FaText {
            id: note

            anchors.bottom: parent.bottom
            width: parent.width
            kind: "caption"
            text: root.caption
            color: Theme.textMuted
            elide: Text.ElideRight
            wrapMode: Text.NoWrap
            visible: text !== ""
            Accessible.ignored: true
        }
    }

    background: Rectangle {
        width: root.size
        height: root.size
        radius: Theme.radiusM
        color: Theme.surfaceSunken

        FaIcon {
            anchors.centerIn: parent
            name: picture.status === Image.Ready ? "" : "photo"
            size: 40
            color: Theme.textMuted
        }
        Image {
            id: picture

            anchors.fill: parent
            source: root.source
            sourceSize.width: root.size
            sourceSize.height: root.size
            fillMode: Image.PreserveAspectCrop
            asynchronous: true
            cache: false
            Accessible.ignored: true
        }
        Rectangle {
            anchors.fill: parent
            anchors.margins: -5
            radius: parent.radius + 5
            color: "transparent"
            border.width: 5
            border.color: root.matte
        }
        Rectangle {
            anchors.fill: parent
            radius: parent.radius
            color: root.down ? "#40000000" : "transparent"
            border.width: Theme.line
            border.color: Theme.sunlight ? Theme.outlineStrong : Theme.outline
        }
        Row {
            x: Theme.spaceS
            y: Theme.spaceS
            spacing: Theme.spaceXs

            FaPictureTag {
                text: root.number > 0 ? root.number : ""
                visible: text !== ""
            }
            FaPictureTag {
                iconName: "import"
                visible: root.origin === "imported"
            }
        }
        FaStatePill {
            id: pill

            anchors.left: parent.left
            anchors.bottom: parent.bottom
            anchors.margins: Theme.spaceS
            status: root.status
            compact: fullWidth > root.size - 2 * Theme.spaceS
            visible: root.status !== ""
        }
        FaFocusRing {
            anchors.margins: 1
            visible: root.visualFocus
        }
    }

    FaIconButton {
        objectName: root.objectName + ".remove"
        x: root.size - width
        y: 0
        iconName: "cross"
        text: qsTr("移除照片 %1").arg(root.number)
        kind: "overlay"
        visible: root.removable
        onClicked: root.removed()

        background: Item {
            Rectangle {
                anchors.fill: parent
                anchors.margins: 6
                radius: width / 2
                color: "#B8000000"
            }
        }
    }
}
