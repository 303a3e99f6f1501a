// A receiver at a serial port: which port, and how fast it speaks.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui
import fieldapp.viewmodels

ColumnLayout {
    id: root

    required property SettingsViewModel settings
    readonly property list<int> speeds: [4800, 9600, 38400, 57600, 115200]
    readonly property string kept: root.settings.positionSource.startsWith("serial:") ? root.settings.positionSource.slice(7) : ""
    readonly property int at: root.kept.lastIndexOf("@")
    readonly property string keptDevice: root.at < 0 ? root.kept : root.kept.slice(0, root.at)
    readonly property int keptSpeed: root.at < 0 ? 9600 : parseInt(root.kept.slice(root.at + 1))
    property int speed: root.keptSpeed
    readonly property string chosen: "serial:" + device.text.trim() + "@" + root.speed

    spacing: Theme.spaceM

    FaTextField {
        id: device

        objectName: "settings.serialDevice"
        label: qsTr("串口")
        value: root.keptDevice
        placeholder: "/dev/ttyUSB0"
        hint: qsTr("插上接收机后，从下面选，或直接填写")
        inputMethodHints: Qt.ImhUrlCharactersOnly
        error: root.kept !== "" ? root.settings.positionProblem : ""
        Layout.fillWidth: true
    }
    Flow {
        spacing: Theme.spaceS
        visible: root.settings.serialPorts.length > 0
        Layout.fillWidth: true

        Repeater {
            model: root.settings.serialPorts

            FaChip {
                id: port

                required property string modelData

                objectName: "settings.serialPort." + port.modelData
                text: port.modelData
                checked: device.text === port.modelData
                onClicked: device.text = port.modelData
            }
        }
    }
    FaSegmented {
        objectName: "settings.serialSpeed"
        label: qsTr("波特率（说明书上有，常见 9600）")
        labels: root.speeds.map(speed => String(speed))
        currentIndex: root.speeds.indexOf(root.speed)
        Layout.fillWidth: true
        onActivated: index => root.speed = root.speeds[index]
    }
    FaButton {
        objectName: "settings.serialApply"
        kind: "secondary"
        text: qsTr("使用此串口")
        enabled: device.text.trim() !== "" && root.chosen !== root.settings.positionSource
        onClicked: root.settings.choosePositionSource(root.chosen)
    }
}
