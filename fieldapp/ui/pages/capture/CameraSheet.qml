// The camera over a whole page: viewfinder, shutter, and how many photos are saved.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.camera
import fieldapp.ui
import fieldapp.viewmodels

Rectangle {
    id: root

    required property CameraViewModel camera
    // Names of what can be clicked begin with it.
    property string name: "camera"
    property string title: ""
    property int count: 0
    property bool shown: false
    property bool working: false

    signal closed
    signal importAsked
    signal shutter

    objectName: root.name
    color: "#0A0F11"
    visible: root.shown
    focus: root.shown
    onShownChanged: root.shown ? root.camera.start() : root.camera.stop()
    Keys.onEscapePressed: root.closed()

    MouseArea {
        anchors.fill: parent
    }
    ColumnLayout {
        anchors.fill: parent
        spacing: 0

        RowLayout {
            spacing: Theme.spaceM
            Layout.margins: Theme.spaceM

            BarButton {
                objectName: root.name + ".done"
                iconName: "back"
                text: root.count > 0 ? qsTr("完成") : qsTr("返回")
                onClicked: root.closed()
            }
            FaText {
                text: root.title
                kind: "heading"
                color: "#FFFFFF"
                Layout.fillWidth: true
            }
            OverlayChip {
                objectName: root.name + ".count"
                iconName: "check-circle"
                text: qsTr("%1 张已保存").arg(root.count)
                visible: root.count > 0
            }
        }
        Item {
            Layout.fillWidth: true
            Layout.fillHeight: true

            CameraPreview {
                id: preview

                anchors.fill: parent
                camera: root.camera
                visible: root.shown
                Accessible.role: Accessible.Graphic
                Accessible.name: qsTr("取景画面")
            }
            Rectangle {
                x: preview.pictureRect.x
                y: preview.pictureRect.y
                width: preview.pictureRect.width
                height: preview.pictureRect.height
                color: "#FFFFFF"
                opacity: 0

                NumberAnimation on opacity {
                    id: blinking

                    from: 0.85
                    to: 0
                    duration: Theme.durationMedium
                    running: false
                }
            }
            OverlayChip {
                x: preview.pictureRect.x + Theme.spaceS
                y: preview.pictureRect.y + Theme.spaceS
                text: qsTr("回放画面，并非现场")
                iconName: "refresh"
                tone: "warn"
                visible: root.camera.ready && root.camera.replayed
            }
            CameraTrouble {
                anchors.centerIn: parent
                width: Math.min(parent.width - 2 * Theme.spaceXl, 420 * Math.min(Theme.textScale, 1.5))
                cameraState: root.camera.state
                visible: !root.camera.ready && root.camera.state !== "off"

                FaButton {
                    objectName: root.name + ".retry"
                    kind: "secondary"
                    text: qsTr("重试")
                    visible: root.camera.state === "failed" || root.camera.state === "denied"
                    Layout.alignment: Qt.AlignHCenter
                    onClicked: root.camera.start()
                }
            }
        }
        CameraBar {
            camera: root.camera
            canShoot: root.camera.ready
            working: root.working
            Layout.fillWidth: true
            onShutter: {
                if (Theme.animated)
                    blinking.restart();
                root.shutter();
            }
            onImportAsked: root.importAsked()
        }
    }
}
