// A folder or a photo that can be picked; a picked one carries its number.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import fieldapp.ui

T.AbstractButton {
    id: root

    required property string path
    required property string name
    required property bool folder
    required property string source
    required property string fact
    required property int number

    signal entered(string path)
    signal picked(string path)

    padding: Theme.spaceXs
    text: root.name
    Accessible.role: root.folder ? Accessible.Button : Accessible.CheckBox
    Accessible.name: root.name
    Accessible.checked: root.number > 0
    onClicked: root.folder ? root.entered(root.path) : root.picked(root.path)

    background: Item {}
    contentItem: Item {
        Rectangle {
            id: frame

            width: parent.width
            height: parent.height - label.height - Theme.spaceXs
            radius: Theme.radiusM
            color: root.down ? Theme.primarySoft : Theme.surfaceSunken
            border.width: root.number > 0 ? 4 : Theme.line
            border.color: root.number > 0 ? Theme.primary : Theme.sunlight ? Theme.outlineStrong : Theme.outline

            FaIcon {
                anchors.centerIn: parent
                name: root.folder ? "inbox" : picture.status === Image.Ready ? "" : "photo"
                size: 44
                color: Theme.textMuted
            }
            Image {
                id: picture

                anchors.fill: parent
                anchors.margins: frame.border.width
                source: root.source
                sourceSize.width: 320
                sourceSize.height: 320
                fillMode: Image.PreserveAspectCrop
                autoTransform: true
                asynchronous: true
                cache: false
                clip: true
                Accessible.ignored: true
            }
            Rectangle {
                anchors.right: parent.right
                anchors.top: parent.top
                anchors.margins: Theme.spaceS
                width: 36
                height: 36
                radius: 18
                visible: !root.folder
                color: root.number > 0 ? Theme.primary : "#99101719"
                border.width: 2
                border.color: "#FFFFFF"

                FaText {
                    anchors.centerIn: parent
                    text: root.number > 0 ? root.number : ""
                    kind: "caption"
                    pixels: 17
                    strong: true
                    color: Theme.primaryInk
                    Accessible.ignored: true
                }
            }
            FaFocusRing {
                visible: root.visualFocus
            }
        }
        Column {
            id: label

            anchors.bottom: parent.bottom
            width: parent.width

            FaText {
                width: parent.width
                text: root.name
                kind: "caption"
                elide: Text.ElideMiddle
                wrapMode: Text.NoWrap
                Accessible.ignored: true
            }
            FaText {
                width: parent.width
                text: root.fact
                kind: "caption"
                color: Theme.textMuted
                elide: Text.ElideRight
                wrapMode: Text.NoWrap
                visible: text !== ""
                Accessible.ignored: true
            }
        }
    }
}
