// A photo of before over one of after, of the same size; a slider moves the edge between them, three buttons do too.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import fieldapp.ui

FaDialog {
    id: root

    property string before: ""
    property string after: ""
    // how much of the width shows before
    property real share: 0.5
    readonly property bool both: root.before !== "" && root.after !== ""

    function show(before: string, after: string): void {
        root.before = before;
        root.after = after;
        root.share = 0.5;
        root.open();
    }

    objectName: "tasks.compare"
    title: qsTr("处置前后对比")
    text: root.before === "" ? qsTr("没有处置前的照片，无法对比。") : root.after === "" ? qsTr("没有处置后的照片，无法对比。") : ""
    acceptText: qsTr("关闭")
    rejectText: ""
    width: Math.min(Math.max(root.tall * 1.5, 480 * Theme.textScale) + 2 * padding, (parent ? parent.width : 900) - 2 * Theme.spaceXl)

    // As tall as the window lets it be, with the slider and the buttons below.
    readonly property real tall: Math.max(160, Math.min(800, (root.parent ? root.parent.height : 800) - 250 - 120 * Theme.textScale))

    Item {
        id: frame

        visible: root.both
        Layout.fillWidth: true
        Layout.preferredHeight: root.tall

        // As large as the pictures are drawn, so that the slider's way is theirs.
        Item {
            id: pair

            readonly property real drawn: Math.max(beforePicture.paintedWidth, afterPicture.paintedWidth)

            anchors.horizontalCenter: parent.horizontalCenter
            width: pair.drawn > 0 ? pair.drawn : frame.width
            height: parent.height
            clip: true

            Image {
                id: afterPicture

                x: (pair.width - width) / 2
                width: frame.width
                height: pair.height
                source: root.after
                sourceSize.width: 1200
                fillMode: Image.PreserveAspectFit
                asynchronous: true
                Accessible.role: Accessible.Graphic
                Accessible.name: qsTr("处置后")
            }
            FaPictureTag {
                anchors.right: parent.right
                anchors.bottom: parent.bottom
                anchors.margins: Theme.spaceS
                text: qsTr("处置后")
            }
            Item {
                width: parent.width * root.share
                height: parent.height
                clip: true

                Rectangle {
                    width: pair.width
                    height: pair.height
                    color: Theme.surface
                }
                Image {
                    id: beforePicture

                    x: (pair.width - width) / 2
                    width: frame.width
                    height: pair.height
                    source: root.before
                    sourceSize.width: 1200
                    fillMode: Image.PreserveAspectFit
                    asynchronous: true
                    Accessible.role: Accessible.Graphic
                    Accessible.name: qsTr("处置前")
                }
                FaPictureTag {
                    x: Theme.spaceS
                    y: parent.height - height - Theme.spaceS
                    text: qsTr("处置前")
                }
            }
            Rectangle {
                x: pair.width * root.share - width / 2
                width: 3
                height: parent.height
                color: Theme.primary
            }
            MouseArea {
                anchors.fill: parent
                preventStealing: true
                onPressed: mouse => root.share = mouse.x / width
                onPositionChanged: mouse => root.share = Math.max(0, Math.min(1, mouse.x / width))
            }
        }
    }
    FaBusy {
        parent: frame
        anchors.centerIn: parent
        size: 48
        running: beforePicture.status === Image.Loading || afterPicture.status === Image.Loading
    }
    T.Slider {
        id: slider

        objectName: root.objectName + ".slider"
        visible: root.both
        value: root.share
        stepSize: 0.05
        implicitHeight: Theme.target
        Accessible.name: qsTr("处置前后的分界")
        Layout.fillWidth: true
        Layout.maximumWidth: pair.width + slider.implicitHeight // its knob stands under the edge
        Layout.alignment: Qt.AlignHCenter
        onMoved: root.share = slider.value

        background: Rectangle {
            y: (slider.height - height) / 2
            width: slider.width
            height: 8
            radius: 4
            color: Theme.outline

            FaFocusRing {
                visible: slider.visualFocus
            }
        }
        handle: Rectangle {
            x: slider.visualPosition * (slider.width - width)
            y: (slider.height - height) / 2
            width: Theme.target
            height: Theme.target
            radius: width / 2
            color: Theme.primary
            border.width: Theme.lineStrong
            border.color: Theme.surface
        }
    }
    FaSegmented {
        objectName: root.objectName + ".sides"
        visible: root.both
        labels: [qsTr("处置前"), qsTr("各半"), qsTr("处置后")]
        currentIndex: root.share > 0.75 ? 0 : root.share < 0.25 ? 2 : 1
        Accessible.name: qsTr("看哪一张")
        Layout.fillWidth: true
        onActivated: index => root.share = 1 - index / 2
    }
}
