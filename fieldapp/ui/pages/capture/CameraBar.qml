// Below the viewfinder: import at the left, the shutter in the middle, light and zoom at the right where the camera has them.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui
import fieldapp.viewmodels

Item {
    id: root

    required property CameraViewModel camera
    property bool canShoot: false
    property bool working: false

    signal shutter
    signal importAsked

    implicitHeight: 96 + 2 * Theme.spaceM

    RowLayout {
        anchors.fill: parent
        anchors.leftMargin: Theme.spaceL
        anchors.rightMargin: Theme.spaceL
        spacing: Theme.spaceM

        RowLayout {
            Layout.fillWidth: true
            Layout.preferredWidth: 1

            BarButton {
                objectName: "camera.import"
                iconName: "photos"
                text: qsTr("导入")
                onClicked: root.importAsked()
            }
            Item {
                Layout.fillWidth: true
            }
        }
        ShutterButton {
            objectName: "camera.shutter"
            enabled: root.canShoot
            working: root.working
            onClicked: root.shutter()
        }
        RowLayout {
            spacing: Theme.spaceS
            Layout.fillWidth: true
            Layout.preferredWidth: 1

            Item {
                Layout.fillWidth: true
            }
            BarButton {
                objectName: "camera.light"
                iconName: root.camera.light ? "flash" : "flash-off"
                text: root.camera.light ? qsTr("灯开") : qsTr("灯关")
                visible: root.camera.canLight
                checked: root.camera.light
                onClicked: root.camera.setLight(!root.camera.light)
            }
            BarButton {
                objectName: "camera.zoomOut"
                iconName: "zoom-out"
                text: qsTr("缩小")
                visible: root.camera.canZoom
                enabled: root.camera.zoom > 1.01
                onClicked: root.camera.zoomOut()
            }
            BarButton {
                objectName: "camera.zoomIn"
                iconName: "zoom-in"
                text: qsTr("放大")
                visible: root.camera.canZoom
                enabled: root.camera.zoom < root.camera.zoomMax - 0.01
                onClicked: root.camera.zoomIn()
            }
        }
    }
}
