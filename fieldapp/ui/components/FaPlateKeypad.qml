// Types a plate: first the province, then a letter, then letters and digits (no I, no O), with the signs that end some plates.
// Ten equal columns on every page, so that no key moves under the finger.
pragma ComponentBehavior: Bound

import QtQuick
import fieldapp.ui

FocusScope {
    id: root

    property string plate: ""
    // province, letter or serial; by itself it follows the plate
    property string page: pageOf(root.plate)
    property string doneText: qsTr("查询")
    property bool doneEnabled: root.plate.length >= 7
    property int keyHeight: Theme.targetPrimary

    readonly property bool provinces: root.page === "province"
    readonly property list<string> provinceRows: ["京津冀晋蒙辽吉黑沪苏", "浙皖闽赣鲁豫鄂湘粤桂", "琼渝川贵云藏陕甘青宁", "新"]
    readonly property list<string> serialRows: ["1234567890", "QWERTYUP", "ASDFGHJKL", "ZXCVBNM"]
    readonly property string endings: "挂学警港澳"
    readonly property real unit: (width - 9 * Theme.spaceS) / 10
    readonly property real rowHeight: Math.max(Theme.target, (height - 4 * Theme.spaceS) / 5)

    signal key(string text)
    signal backspace
    signal done

    function pageOf(plate: string): string {
        return plate.length === 0 ? "province" : plate.length === 1 ? "letter" : "serial";
    }

    function span(keys: real): real {
        return keys * root.unit + (keys - 1) * Theme.spaceS;
    }

    onPlateChanged: root.page = root.pageOf(root.plate)
    implicitWidth: 10 * Theme.target + 9 * Theme.spaceS
    implicitHeight: 5 * root.keyHeight + 4 * Theme.spaceS

    Column {
        spacing: Theme.spaceS

        Repeater {
            model: root.provinces ? root.provinceRows : root.serialRows

            Item {
                id: line

                required property string modelData
                required property int index

                readonly property bool last: index === 3
                readonly property bool digits: !root.provinces && index === 0

                width: root.width
                height: root.rowHeight

                Row {
                    x: line.last ? 0 : (line.width - width) / 2
                    spacing: Theme.spaceS

                    Repeater {
                        model: line.modelData.split("")

                        FaKey {
                            required property string modelData

                            objectName: root.objectName + ".key." + modelData
                            text: modelData
                            enabled: root.enabled && !(root.page === "letter" && line.digits)
                            width: root.unit
                            height: root.rowHeight
                            onClicked: root.key(modelData)
                        }
                    }
                }
                FaKey {
                    objectName: line.last ? root.objectName + ".backspace" : ""
                    x: line.width - width
                    visible: line.last
                    text: qsTr("退格")
                    iconName: "backspace"
                    quiet: true
                    autoRepeat: true
                    enabled: root.enabled && root.plate.length > 0
                    width: root.span(3)
                    height: root.rowHeight
                    onClicked: root.backspace()
                }
            }
        }
        Row {
            spacing: Theme.spaceS

            FaKey {
                objectName: root.objectName + ".page"
                text: root.provinces ? qsTr("字母数字") : qsTr("省份")
                textSize: Theme.fontLabel
                quiet: true
                width: root.span(2)
                height: root.rowHeight
                onClicked: root.page = root.provinces ? "serial" : "province"
            }
            Repeater {
                model: root.endings.split("")

                FaKey {
                    required property string modelData

                    objectName: root.objectName + ".key." + modelData
                    text: modelData
                    quiet: true
                    enabled: root.enabled && root.page === "serial" && root.plate.length >= 6
                    width: root.unit
                    height: root.rowHeight
                    onClicked: root.key(modelData)
                }
            }
            FaKey {
                objectName: root.objectName + ".done"
                text: root.doneText
                textSize: Theme.fontBody
                strong: true
                enabled: root.enabled && root.doneEnabled
                visible: root.doneText !== ""
                width: root.span(3)
                height: root.rowHeight
                onClicked: root.done()
            }
        }
    }
}
