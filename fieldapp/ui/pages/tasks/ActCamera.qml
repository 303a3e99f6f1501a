// The camera over the whole page while photos of before or after are taken.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.camera
import fieldapp.ui
import fieldapp.viewmodels
import "../capture"

Rectangle {
    id: root

    required property CameraViewModel camera
    required property ActDraftViewModel draft
    // before or after; "" while the camera rests
    property string role: ""
    readonly property bool shown: root.role !== "" && root.draft.takesPhotos
    readonly property PhotoListModel photos: root.role === "before" ? root.draft.before : root.draft.after

    signal closed
    signal importAsked

    objectName: "tasks.camera"
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
                objectName: "tasks.camera.done"
                iconName: "back"
                text: root.photos.count > 0 ? qsTr("完成") : qsTr("返回")
                onClicked: root.closed()
            }
            FaText {
                text: root.role === "before" ? qsTr("处置前") : qsTr("处置后")
                kind: "heading"
                color: "#FFFFFF"
                Layout.fillWidth: true
            }
            OverlayChip {
                objectName: "tasks.camera.count"
                iconName: "check-circle"
                text: qsTr("%1 张已保存").arg(root.photos.count)
                visible: root.photos.count > 0
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
                    objectName: "tasks.camera.retry"
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
            working: root.draft.inHand > 0
            Layout.fillWidth: true
            onShutter: {
                if (Theme.animated)
                    blinking.restart();
                root.draft.shoot(root.role);
            }
            onImportAsked: root.importAsked()
        }
    }
}
