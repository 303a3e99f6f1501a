// Two buttons for a look-up page: read the plate with the camera, check a permit's QR. Place it where plates are
// typed; `plateRead` brings a plate that a person confirmed.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui
import fieldapp.viewmodels

RowLayout {
    id: root

    required property ReadViewModel read
    required property CameraViewModel camera

    signal plateRead(string text)

    spacing: Theme.spaceS
    onEnabledChanged: {
        if (!root.enabled)
            sheet.shut();
    }

    FaButton {
        objectName: "read.plate"
        kind: "secondary"
        iconName: "camera"
        text: qsTr("拍车牌")
        Layout.fillWidth: true
        onClicked: sheet.show("plate")
    }
    FaButton {
        objectName: "read.permit"
        kind: "secondary"
        iconName: "permit"
        text: qsTr("扫准运证")
        Layout.fillWidth: true
        onClicked: sheet.show("permit")
    }
    ReaderLoader {
        id: sheet

        read: root.read
        camera: root.camera
        onPlateRead: text => root.plateRead(text)
    }
}
