// The way to the check at the start of a shift, at any time.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui
import fieldapp.viewmodels

FaCard {
    id: root

    required property ShiftCheckViewModel check

    title: qsTr("班前检查")
    subtitle: root.check.due ? qsTr("本班还没有检查") : qsTr("本班已检查，可以随时再看")
    iconName: "tablet"

    FaText {
        text: qsTr("电量、空间、时间、定位、摄像头、待发送、网络、城市数据。")
        color: Theme.textMuted
        Layout.fillWidth: true
    }
    FaButton {
        objectName: "patrol.shift"
        kind: "secondary"
        iconName: "check-circle"
        text: qsTr("检查平板")
        Layout.fillWidth: true
        onClicked: root.check.open()
    }
}
