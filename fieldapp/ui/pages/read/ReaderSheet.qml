// The camera as an eye: what it sees, what was read in it, and a person's word that it is right.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui
import fieldapp.viewmodels
import fieldapp.camera
import "../capture"

CaptureSheet {
    id: root

    required property ReadViewModel read
    required property CameraViewModel camera
    property string mode: "plate"
    readonly property bool answered: root.read.plate !== "" || root.read.permit.standing !== ""

    signal plateRead(string text)

    name: "reader"
    title: root.mode === "plate" ? qsTr("拍照识别车牌") : root.mode === "permit" ? qsTr("核验准运证二维码") : qsTr("扫描注册二维码")
    subtitle: root.mode === "plate" ? qsTr("在本机识别，不上传；由您确认后才使用。")
        : root.mode === "permit" ? qsTr("用本机保存的公钥核验，没有网络也能查。") : qsTr("二维码里有服务器地址和一次性注册码。")
    onAboutToShow: root.read.start(root.mode)

    FaBanner {
        objectName: "reader.error"
        kind: "warning"
        text: root.read.errorText
        visible: text !== ""
        Layout.fillWidth: true
    }
    Rectangle {
        color: "#0A0F11"
        radius: Theme.radiusM
        clip: true
        visible: !root.answered
        Layout.fillWidth: true
        Layout.fillHeight: true

        CameraPreview {
            objectName: "reader.preview"
            anchors.fill: parent
            anchors.margins: Theme.spaceS
            camera: root.camera
            Accessible.role: Accessible.Graphic
            Accessible.name: qsTr("取景画面")
        }
        CameraTrouble {
            anchors.centerIn: parent
            width: Math.min(parent.width - 2 * Theme.spaceXl, 420 * Math.min(Theme.textScale, 1.5))
            cameraState: root.camera.state
            instead: qsTr("可以读图片，或手工输入。")
            visible: !root.camera.ready && root.camera.state !== "off"
        }
        FaBusy {
            anchors.centerIn: parent
            size: 64
            color: "#FFFFFF"
            running: root.read.busy
        }
    }
    PlateCard {
        read: root.read
        visible: root.read.plate !== ""
        Layout.fillWidth: true
        Layout.fillHeight: true
    }
    PermitCard {
        permit: root.read.permit
        visible: root.read.permit.standing !== ""
        Layout.fillWidth: true
        Layout.fillHeight: true
    }
    Loader {
        id: files

        active: false
        visible: false

        sourceComponent: ImportSheet {
            picker: root.read.picker
            title: qsTr("选择图片")
            subtitle: qsTr("图片只在本机读取，不会保存。")
            single: true
            Component.onCompleted: open()
            onClosed: files.active = false
            onPicked: files => root.read.take(files)
        }
    }
    foot: [
        FaButton {
            objectName: "reader.file"
            kind: root.camera.state === "none" ? "primary" : "quiet"
            iconName: "photos"
            text: qsTr("读图片")
            enabled: !root.read.busy
            onClicked: files.active = true
        },
        Item {
            Layout.fillWidth: true
        },
        FaButton {
            objectName: "reader.again"
            kind: "secondary"
            iconName: "refresh"
            text: qsTr("重来")
            visible: root.answered || root.read.errorText !== ""
            onClicked: root.read.again()
        },
        FaButton {
            objectName: "reader.shoot"
            kind: "primary"
            iconName: "camera"
            text: qsTr("识别")
            visible: root.mode === "plate" && !root.answered
            enabled: root.camera.ready && !root.read.busy
            onClicked: root.read.shoot()
        },
        FaButton {
            objectName: "reader.confirm"
            kind: "primary"
            iconName: root.read.plate === "" || root.read.possible ? "check" : "edit"
            text: root.mode !== "plate" ? qsTr("查这辆车") : root.read.possible ? qsTr("就是它，查车") : qsTr("改正车牌")
            visible: root.answered
            onClicked: root.plateRead(root.read.plate !== "" ? root.read.plate : root.read.permit.plate)
        }
    ]
}
