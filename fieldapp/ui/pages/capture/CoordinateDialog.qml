// A position typed in, for those who have it on paper; it counts as a pin.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui

FaDialog {
    id: root

    readonly property real lon: Number(lonField.text.trim().replace("，", "."))
    readonly property real lat: Number(latField.text.trim().replace("，", "."))
    readonly property bool lonGood: lonField.text.trim() !== "" && root.lon >= -180 && root.lon <= 180
    readonly property bool latGood: latField.text.trim() !== "" && root.lat >= -90 && root.lat <= 90

    signal chosen(real lon, real lat)

    title: qsTr("输入坐标")
    text: qsTr("WGS-84 十进制度。位置会标明“人工标注”。")
    acceptText: qsTr("使用此位置")
    acceptEnabled: root.lonGood && root.latGood
    onAboutToShow: {
        lonField.text = "";
        latField.text = "";
    }
    onAccepted: root.chosen(root.lon, root.lat)

    FaTextField {
        id: latField

        objectName: root.objectName + ".lat"
        label: qsTr("纬度")
        placeholder: qsTr("如 %1").arg("22.552600")
        inputMethodHints: Qt.ImhFormattedNumbersOnly
        maximumLength: 20
        error: latField.text.trim() !== "" && !root.latGood ? qsTr("纬度应在 -90 到 90 之间") : ""
        Layout.fillWidth: true
    }
    FaTextField {
        id: lonField

        objectName: root.objectName + ".lon"
        label: qsTr("经度")
        placeholder: qsTr("如 %1").arg("113.897500")
        inputMethodHints: Qt.ImhFormattedNumbersOnly
        maximumLength: 20
        error: lonField.text.trim() !== "" && !root.lonGood ? qsTr("经度应在 -180 到 180 之间") : ""
        Layout.fillWidth: true
    }
}
