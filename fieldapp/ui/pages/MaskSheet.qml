// A photo on the table: boxes over faces and plates are set by a tap or drawn, sized by buttons, and painted over when saved.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui
import fieldapp.viewmodels
import "capture"
import "masks"

CaptureSheet {
    id: root

    required property PhotoDeskViewModel photoDesk
    readonly property bool chosen: root.photoDesk.selected > 0

    name: "masks"
    maximumWidth: 1600
    title: qsTr("遮盖照片")
    subtitle: root.photoDesk.filed ? qsTr("点一下加框。遮盖只用于显示和随附的图片，原件不变；保存后作为一条补充发送。")
        : qsTr("点一下加框。遮盖只用于显示和随附的图片，原件不变。")
    onClosed: root.photoDesk.close()
    Component.onCompleted: root.open()

    MaskTable {
        photoDesk: root.photoDesk
        Layout.fillWidth: true
        Layout.fillHeight: true
    }
    FaText {
        objectName: "masks.said"
        text: root.photoDesk.said
        visible: text !== ""
        Layout.fillWidth: true
    }
    Flow {
        spacing: Theme.spaceS
        Layout.fillWidth: true

        FaIconButton {
            objectName: "masks.larger"
            iconName: "plus"
            text: qsTr("框放大")
            kind: "secondary"
            enabled: root.chosen
            onClicked: root.photoDesk.stretch(1, 1)
        }
        FaIconButton {
            objectName: "masks.smaller"
            iconName: "minus"
            text: qsTr("框缩小")
            kind: "secondary"
            enabled: root.chosen
            onClicked: root.photoDesk.stretch(-1, -1)
        }
        FaButton {
            objectName: "masks.wider"
            kind: "secondary"
            text: qsTr("加宽")
            enabled: root.chosen
            onClicked: root.photoDesk.stretch(1, 0)
        }
        FaButton {
            objectName: "masks.taller"
            kind: "secondary"
            text: qsTr("加高")
            enabled: root.chosen
            onClicked: root.photoDesk.stretch(0, 1)
        }
        FaButton {
            objectName: "masks.remove"
            kind: "secondary"
            iconName: "trash"
            text: qsTr("去掉这个框")
            enabled: root.chosen
            onClicked: root.photoDesk.remove()
        }
        FaButton {
            objectName: "masks.suggest"
            kind: "secondary"
            iconName: "plate"
            text: qsTr("找出车牌")
            visible: root.photoDesk.canSuggest
            enabled: !root.photoDesk.busy
            onClicked: root.photoDesk.suggest()
        }
    }
    foot: [
        FaText {
            objectName: "masks.count"
            text: qsTr("%1 处遮盖").arg(root.photoDesk.boxes.count)
            color: Theme.textMuted
            Layout.fillWidth: true
        },
        FaButton {
            objectName: "masks.cancel"
            kind: "quiet"
            text: qsTr("取消")
            onClicked: root.close()
        },
        FaButton {
            objectName: "masks.save"
            iconName: "check"
            text: qsTr("保存遮盖")
            busy: root.photoDesk.busy
            enabled: !root.photoDesk.filed || root.photoDesk.boxes.count > 0
            onClicked: root.photoDesk.save()
        }
    ]
}
