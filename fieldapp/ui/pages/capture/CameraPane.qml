// The viewfinder with its shutter. What is seen is what is kept: the whole frame, never cropped.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui
import fieldapp.viewmodels
import fieldapp.camera

Rectangle {
    id: root

    required property CameraViewModel camera
    required property CapturePlaceViewModel place
    property bool shown: true
    property bool canShoot: false
    property bool working: false
    property int room: -1
    property string formText: ""

    signal shutter
    signal importAsked
    signal formAsked

    color: "#0A0F11"
    onShownChanged: root.shown ? root.camera.start() : root.camera.stop()
    Component.onCompleted: {
        if (root.shown)
            root.camera.start();
    }
    Component.onDestruction: {
        if (root.shown && root.camera)
            root.camera.stop();
    }

    ColumnLayout {
        anchors.fill: parent
        spacing: 0

        RowLayout {
            spacing: Theme.spaceS
            Layout.margins: Theme.spaceM

            PositionChip {
                objectName: "camera.position"
                place: root.place
                Layout.fillWidth: true
                Layout.maximumWidth: Math.ceil(implicitWidth)
            }
            Item {
                Layout.fillWidth: true
            }
            BarButton {
                objectName: "camera.form"
                largestFont: 30
                iconName: "edit"
                text: root.formText
                visible: text !== ""
                onClicked: root.formAsked()
            }
        }
        Item {
            Layout.fillWidth: true
            Layout.fillHeight: true

            CameraPreview {
                id: preview

                objectName: "camera.preview"
                anchors.fill: parent
                camera: root.camera
                visible: root.shown
                Accessible.role: Accessible.Graphic
                Accessible.name: qsTr("取景画面")
            }
            TapHandler {
                enabled: root.camera.canFocus
                onTapped: point => {
                    const box = preview.pictureRect;
                    const at = point.position;
                    root.camera.focusAt((at.x - box.x) / box.width, (at.y - box.y) / box.height);
                    mark.x = at.x - mark.width / 2;
                    mark.y = at.y - mark.height / 2;
                    fade.restart();
                }
            }
            FaIcon {
                id: mark

                name: "focus"
                size: 64
                scales: false
                color: "#FFD479"
                opacity: 0

                SequentialAnimation on opacity {
                    id: fade

                    running: false

                    PropertyAction {
                        value: 1
                    }
                    PauseAnimation {
                        duration: 900
                    }
                    NumberAnimation {
                        to: 0
                        duration: Theme.durationLong
                    }
                }
            }
            Rectangle {
                id: blink

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
                anchors.horizontalCenter: parent.horizontalCenter
                y: preview.pictureRect.y + preview.pictureRect.height - height - Theme.spaceM
                text: qsTr("画面全黑，请检查镜头是否被遮挡")
                iconName: "eye-off"
                tone: "warn"
                visible: root.camera.ready && root.camera.dark
            }
            OverlayChip {
                x: preview.pictureRect.x + Theme.spaceS
                y: preview.pictureRect.y + Theme.spaceS
                text: qsTr("回放画面，并非现场")
                iconName: "refresh"
                tone: "warn"
                visible: root.camera.ready && root.camera.replayed
            }
            OverlayChip {
                anchors.horizontalCenter: parent.horizontalCenter
                y: preview.pictureRect.y + Theme.spaceS
                text: root.camera.zoom.toFixed(1) + "×"
                visible: root.camera.ready && root.camera.zoom > 1.01
            }
            CameraTrouble {
                anchors.centerIn: parent
                width: Math.min(parent.width - 2 * Theme.spaceXl, 420 * Math.min(Theme.textScale, 1.5))
                cameraState: root.camera.state
                visible: !root.camera.ready && root.camera.state !== "off"

                FaButton {
                    objectName: "camera.retry"
                    kind: "secondary"
                    text: qsTr("重试")
                    visible: root.camera.state === "failed" || root.camera.state === "denied"
                    Layout.alignment: Qt.AlignHCenter
                    onClicked: root.camera.start()
                }
                FaButton {
                    objectName: "camera.importInstead"
                    kind: "secondary"
                    large: true
                    iconName: "import"
                    text: qsTr("导入照片")
                    visible: root.camera.state === "none"
                    Layout.topMargin: Theme.spaceS
                    Layout.alignment: Qt.AlignHCenter
                    onClicked: root.importAsked()
                }
            }
        }
        FaText {
            objectName: "camera.room"
            text: root.room < 0 ? "" : root.room > 999 ? qsTr("还可保存 1000 张以上") : qsTr("还可保存约 %1 张").arg(root.room)
            kind: "caption"
            strong: root.room >= 0 && root.room < 50
            color: root.room >= 0 && root.room < 50 ? "#FFD479" : "#A9B8BD"
            horizontalAlignment: Text.AlignHCenter
            Layout.fillWidth: true
            Layout.topMargin: Theme.spaceS
        }
        CameraBar {
            camera: root.camera
            canShoot: root.canShoot
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
