// Ten digits for a PIN, in telephone order.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui

GridLayout {
    id: root

    property string extraText: ""
    property string extraIcon: ""
    property int keyHeight: 72

    signal key(string text)
    signal backspace
    signal extra

    columns: 3
    rowSpacing: Theme.spaceM
    columnSpacing: Theme.spaceM
    uniformCellWidths: true

    Repeater {
        model: ["1", "2", "3", "4", "5", "6", "7", "8", "9"]

        FaKey {
            required property string modelData

            objectName: root.objectName + ".key." + modelData
            text: modelData
            implicitWidth: 96
            implicitHeight: root.keyHeight
            Layout.fillWidth: true
            Layout.fillHeight: true
            onClicked: root.key(modelData)
        }
    }
    FaKey {
        objectName: root.objectName + ".extra"
        text: root.extraText
        iconName: root.extraIcon
        textSize: Theme.fontLabel
        quiet: true
        implicitHeight: root.keyHeight
        opacity: text === "" && iconName === "" ? 0 : 1
        enabled: opacity > 0 && root.enabled
        Layout.fillWidth: true
        Layout.fillHeight: true
        onClicked: root.extra()
    }
    FaKey {
        objectName: root.objectName + ".key.0"
        text: "0"
        implicitHeight: root.keyHeight
        Layout.fillWidth: true
        Layout.fillHeight: true
        onClicked: root.key("0")
    }
    FaKey {
        objectName: root.objectName + ".backspace"
        text: qsTr("退格")
        iconName: "backspace"
        quiet: true
        autoRepeat: true
        implicitHeight: root.keyHeight
        Layout.fillWidth: true
        Layout.fillHeight: true
        onClicked: root.backspace()
    }
}
