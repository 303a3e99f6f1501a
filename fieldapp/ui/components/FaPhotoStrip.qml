// The photographs of one report in a row that scrolls sideways, with a large tile to add one.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import fieldapp.ui

ListView {
    id: root

    property bool addable: true
    property bool removable: true
    property string addText: qsTr("拍照")
    property string addIcon: "camera"
    property int tileSize: Math.round(160 * Math.min(Theme.textScale, 1.35))
    property color matte: Theme.surface

    signal addAsked
    signal opened(string photoId)
    signal removed(string photoId)

    implicitWidth: 400
    implicitHeight: root.tileSize
    orientation: ListView.Horizontal
    spacing: Theme.spaceM
    boundsBehavior: Flickable.StopAtBounds
    clip: true
    Accessible.role: Accessible.List
    Accessible.name: qsTr("照片")

    delegate: FaPhotoTile {
        required property int index
        required property string photoId
        required source
        required status
        required origin

        objectName: root.objectName + "." + index
        number: index + 1
        size: root.tileSize
        matte: root.matte
        removable: root.removable
        onClicked: root.opened(photoId)
        onRemoved: root.removed(photoId)
    }

    // Its width must not hang on how many photos there are: the list counts them while it lays itself out.
    footer: Item {
        width: root.addable ? root.tileSize + Theme.spaceM : 0
        height: root.tileSize
        visible: root.addable

        T.AbstractButton {
            id: adder

            objectName: root.objectName + ".add"
            x: root.model && root.model.count > 0 ? Theme.spaceM : 0
            width: root.tileSize
            height: root.tileSize
            text: root.addText
            Accessible.role: Accessible.Button
            Accessible.name: text
            onClicked: root.addAsked()

            background: Rectangle {
                radius: Theme.radiusM
                color: adder.down ? Theme.primarySoft : Theme.surface
                border.width: Theme.lineStrong
                border.color: adder.enabled ? Theme.primary : Theme.outline

                FaFocusRing {
                    visible: adder.visualFocus
                    anchors.margins: 1
                }
            }
            contentItem: Item {
                Column {
                    anchors.centerIn: parent
                    width: parent.width - 2 * Theme.spaceS
                    spacing: Theme.spaceS

                    FaIcon {
                        anchors.horizontalCenter: parent.horizontalCenter
                        name: root.addIcon
                        size: 40
                        color: adder.enabled ? Theme.primary : Theme.textDisabled
                    }
                    FaText {
                        width: parent.width
                        text: root.addText
                        kind: "label"
                        color: adder.enabled ? Theme.primary : Theme.textDisabled
                        horizontalAlignment: Text.AlignHCenter
                        wrapMode: Text.NoWrap
                        fontSizeMode: Text.HorizontalFit // the tile keeps its size at any text size
                        minimumPixelSize: 14
                        Accessible.ignored: true
                    }
                }
            }
        }
    }
}
