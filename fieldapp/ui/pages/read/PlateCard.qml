// What was read beside the picture it was read from, so that a person can tell at a glance.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui
import fieldapp.viewmodels

ColumnLayout {
    id: root

    required property ReadViewModel read

    spacing: Theme.spaceL

    Item {
        Layout.fillHeight: true
    }
    Image {
        objectName: "reader.crop"
        source: root.read.crop
        fillMode: Image.PreserveAspectFit
        smooth: true
        Layout.fillWidth: true
        Layout.maximumWidth: 560
        Layout.preferredHeight: 180
        Layout.alignment: Qt.AlignHCenter
        Accessible.role: Accessible.Graphic
        Accessible.name: qsTr("车牌画面")
    }
    FaText {
        objectName: "reader.text"
        kind: "display"
        strong: true
        text: root.read.plate
        horizontalAlignment: Text.AlignHCenter
        font.letterSpacing: 4
        Layout.fillWidth: true
    }
    FaText {
        objectName: "reader.doubt"
        text: !root.read.possible ? qsTr("这不像完整的车牌，请改正或重拍。") : root.read.sure ? qsTr("请与画面逐字核对。") : qsTr("有的字看不清，请与画面逐字核对。")
        color: root.read.sure ? Theme.textMuted : Theme.warningSoftInk
        horizontalAlignment: Text.AlignHCenter
        Layout.fillWidth: true
    }
    Item {
        Layout.fillHeight: true
    }
}
