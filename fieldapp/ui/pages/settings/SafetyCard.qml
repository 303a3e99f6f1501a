// When the screen locks, and where positions come from.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui
import fieldapp.viewmodels

FaCard {
    id: root

    required property SettingsViewModel settings
    readonly property list<int> idleChoices: [1, 2, 5, 10, 15]

    title: qsTr("安全与定位")
    iconName: "shield"

    FaSegmented {
        objectName: "settings.idle"
        label: qsTr("无操作多久后锁屏（分钟）")
        labels: ["1", "2", "5", "10", "15"]
        currentIndex: root.idleChoices.indexOf(root.settings.idleMinutes)
        Layout.fillWidth: true
        onActivated: index => root.settings.chooseIdle(root.idleChoices[index])
    }
    FaSegmented {
        id: source

        readonly property list<string> kinds: ["", "gpsd", "serial", "other"]
        property int chosen: root.settings.positionSource === "" ? 0
            : root.settings.positionSource === "gpsd" ? 1 : root.settings.positionSource.startsWith("serial:") ? 2 : 3

        objectName: "settings.source"
        label: qsTr("定位来源")
        labels: [qsTr("本机"), "gpsd", qsTr("串口"), qsTr("外接")]
        currentIndex: chosen
        Layout.fillWidth: true
        onActivated: index => {
            source.chosen = index;
            if (index < 2)
                root.settings.choosePositionSource(source.kinds[index]);
            else if (index === 2)
                root.settings.lookForPorts();
        }
    }
    FaText {
        objectName: "settings.positionProblem"
        kind: "caption"
        text: root.settings.positionProblem
        color: Theme.textMuted
        visible: text !== "" && source.chosen < 2
        Layout.fillWidth: true
    }
    SerialChoice {
        settings: root.settings
        visible: source.chosen === 2
        Layout.fillWidth: true
    }
    FaTextField {
        id: address

        objectName: "settings.sourceAddress"
        label: qsTr("接收机地址或记录文件")
        value: source.chosen === 3 && !root.settings.positionSource.startsWith("serial:") ? root.settings.positionSource : ""
        placeholder: "tcp://192.168.1.5:10110"
        hint: qsTr("NMEA：tcp://主机:端口，或文件路径（回放，会注明）")
        inputMethodHints: Qt.ImhUrlCharactersOnly
        error: root.settings.positionSource !== "" ? root.settings.positionProblem : ""
        visible: source.chosen === 3
        Layout.fillWidth: true
        onAccepted: root.settings.choosePositionSource(address.text)
    }
    FaButton {
        objectName: "settings.sourceApply"
        kind: "secondary"
        text: qsTr("使用此来源")
        visible: source.chosen === 3
        enabled: address.text.trim() !== "" && address.text.trim() !== root.settings.positionSource
        onClicked: root.settings.choosePositionSource(address.text)
    }
}
