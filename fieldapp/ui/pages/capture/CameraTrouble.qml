// Why there is no picture, and what can be done instead.
import QtQuick
import QtQuick.Layouts
import fieldapp.ui

ColumnLayout {
    id: root

    required property string cameraState
    // what to do where there is no camera: not every page can import photos
    property string instead: qsTr("可以导入已有照片，照常上报。")

    spacing: Theme.spaceM

    Rectangle {
        implicitWidth: 104
        implicitHeight: 104
        radius: 52
        color: "#1D282C"
        border.width: 1
        border.color: "#3A484E"
        Layout.alignment: Qt.AlignHCenter

        FaIcon {
            anchors.centerIn: parent
            name: root.cameraState === "denied" ? "lock" : root.cameraState === "none" ? "eye-off" : "camera"
            size: 48
            scales: false
            color: "#B9C7CC"
            visible: root.cameraState !== "starting"
        }
        FaBusy {
            anchors.centerIn: parent
            size: 48
            color: "#B9C7CC"
            running: root.cameraState === "starting"
        }
    }
    FaText {
        kind: "heading"
        color: "#FFFFFF"
        horizontalAlignment: Text.AlignHCenter
        text: root.cameraState === "none" ? qsTr("本机没有相机") : root.cameraState === "denied" ? qsTr("没有使用相机的权限")
            : root.cameraState === "lost" ? qsTr("相机已断开") : root.cameraState === "failed" ? qsTr("相机无法打开")
            : root.cameraState === "starting" ? qsTr("正在打开相机") : ""
        Layout.fillWidth: true
    }
    FaText {
        color: "#B9C7CC"
        horizontalAlignment: Text.AlignHCenter
        text: root.cameraState === "none" ? root.instead
            : root.cameraState === "denied" ? qsTr("请在系统设置中允许本应用使用相机。现在也可以导入照片。")
            : root.cameraState === "lost" ? qsTr("重新连接后会自动恢复。已拍的照片都在。")
            : root.cameraState === "failed" ? qsTr("可能正被其他程序使用。可以重试，或导入照片。") : ""
        visible: text !== ""
        Layout.fillWidth: true
    }
}
