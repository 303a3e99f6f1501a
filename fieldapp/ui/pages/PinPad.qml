// A PIN of 6 to 12 digits, by finger or by keyboard. It never shows which digits.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui

FocusScope {
    id: root

    property bool busy: false
    property bool error: false
    property string submitText: qsTr("登录")
    property string pin: ""
    property bool ready: true
    property bool tight: false

    signal submitted(string pin)
    signal touched

    function clear(): void {
        root.pin = "";
    }

    function add(digit: string): void {
        if (!root.busy && root.pin.length < 12) {
            root.pin += digit;
            root.touched();
        }
    }

    function submit(): void {
        if (root.ready && !root.busy && root.pin.length >= 6)
            root.submitted(root.pin);
    }

    implicitWidth: column.implicitWidth
    implicitHeight: column.implicitHeight
    Keys.onPressed: event => {
        if (event.text >= "0" && event.text <= "9" && event.text.length === 1)
            root.add(event.text);
        else if (event.key === Qt.Key_Backspace)
            root.pin = root.pin.slice(0, -1);
        else if (event.key === Qt.Key_Return || event.key === Qt.Key_Enter)
            root.submit();
        else
            return;
        event.accepted = true;
    }

    ColumnLayout {
        id: column

        anchors.fill: parent
        spacing: root.tight ? Theme.spaceS : Theme.spaceM

        FaPinDots {
            objectName: root.objectName + ".dots"
            length: Math.max(6, root.pin.length)
            filled: root.pin.length
            error: root.error
            Layout.alignment: Qt.AlignHCenter
        }
        FaKeypad {
            objectName: root.objectName
            keyHeight: root.tight ? 50 : 58
            rowSpacing: column.spacing
            enabled: !root.busy
            focus: true
            Layout.fillWidth: true
            onKey: text => root.add(text)
            onBackspace: root.pin = root.pin.slice(0, -1)
        }
        FaButton {
            objectName: root.objectName + ".submit"
            kind: "primary"
            text: root.submitText
            busy: root.busy
            enabled: root.ready && root.pin.length >= 6
            Layout.fillWidth: true
            onClicked: root.submit()
        }
    }
}
