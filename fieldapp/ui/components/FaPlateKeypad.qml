// Types a plate: first the province, then a letter, then letters and digits (no I, no O), with the signs that end some plates.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui

FocusScope {
    id: root

    property string plate: ""
    // province, letter or serial; by itself it follows the plate
    property string page: root.plate.length === 0 ? "province" : root.plate.length === 1 ? "letter" : "serial"
    property string doneText: qsTr("查询")
    property bool doneEnabled: root.plate.length >= 7
    property int keyHeight: Theme.targetPrimary

    readonly property list<string> provinceRows: ["京津冀晋蒙辽吉黑沪苏", "浙皖闽赣鲁豫鄂湘粤桂", "琼渝川贵云藏陕甘青宁", "新"]
    readonly property list<string> serialRows: ["1234567890", "QWERTYUP", "ASDFGHJKL", "ZXCVBNM"]
    readonly property string endings: "挂学警港澳"

    signal key(string text)
    signal backspace
    signal done

    implicitWidth: 10 * (Theme.target + Theme.spaceS)
    implicitHeight: rows.implicitHeight

    ColumnLayout {
        id: rows

        anchors.fill: parent
        spacing: Theme.spaceS

        Repeater {
            model: root.page === "province" ? root.provinceRows : root.serialRows

            RowLayout {
                id: line

                required property string modelData
                required property int index

                readonly property bool last: index === 3
                readonly property bool digits: root.page !== "province" && index === 0

                spacing: Theme.spaceS
                Layout.fillWidth: true
                Layout.fillHeight: true

                Item {
                    visible: !line.last && line.modelData.length < 10
                    Layout.fillWidth: true
                    Layout.preferredWidth: 10 - line.modelData.length
                    Layout.horizontalStretchFactor: 10 - line.modelData.length
                }
                Repeater {
                    model: line.modelData.split("")

                    FaKey {
                        required property string modelData

                        objectName: root.objectName + ".key." + modelData
                        text: modelData
                        enabled: root.enabled && !(root.page === "letter" && line.digits)
                        implicitHeight: root.keyHeight
                        Layout.fillWidth: true
                        Layout.fillHeight: true
                        Layout.horizontalStretchFactor: 20
                        onClicked: root.key(modelData)
                    }
                }
                Repeater {
                    model: line.last && root.page !== "province" ? root.endings.split("") : []

                    FaKey {
                        required property string modelData

                        objectName: root.objectName + ".key." + modelData
                        text: modelData
                        quiet: true
                        textSize: Theme.fontBody
                        enabled: root.enabled && root.page === "serial"
                        implicitHeight: root.keyHeight
                        Layout.fillWidth: true
                        Layout.fillHeight: true
                        Layout.horizontalStretchFactor: 20
                        onClicked: root.key(modelData)
                    }
                }
                Item {
                    visible: !line.last && line.modelData.length < 10
                    Layout.fillWidth: true
                    Layout.preferredWidth: 10 - line.modelData.length
                    Layout.horizontalStretchFactor: 10 - line.modelData.length
                }
            }
        }
        RowLayout {
            spacing: Theme.spaceS
            Layout.fillWidth: true
            Layout.fillHeight: true

            FaKey {
                objectName: root.objectName + ".page"
                text: root.page === "province" ? qsTr("字母数字") : qsTr("省份")
                textSize: Theme.fontLabel
                quiet: true
                implicitWidth: 140
                implicitHeight: root.keyHeight
                Layout.fillWidth: true
                Layout.fillHeight: true
                onClicked: root.page = root.page === "province" ? "serial" : "province"
            }
            FaKey {
                objectName: root.objectName + ".backspace"
                text: qsTr("退格")
                iconName: "backspace"
                quiet: true
                autoRepeat: true
                enabled: root.enabled && root.plate.length > 0
                implicitWidth: 140
                implicitHeight: root.keyHeight
                Layout.fillWidth: true
                Layout.fillHeight: true
                onClicked: root.backspace()
            }
            FaKey {
                objectName: root.objectName + ".done"
                text: root.doneText
                textSize: Theme.fontBody
                strong: true
                enabled: root.enabled && root.doneEnabled
                visible: root.doneText !== ""
                implicitWidth: 240
                implicitHeight: root.keyHeight
                Layout.fillWidth: true
                Layout.fillHeight: true
                onClicked: root.done()
            }
        }
    }
}
