// A PIN pad on a quiet page.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui

FaScroll {
    id: root

    property int typed: 4

    maximumWidth: 420

    FaText {
        text: "张伟"
        kind: "title"
        horizontalAlignment: Text.AlignHCenter
        Layout.fillWidth: true
    }
    FaText {
        text: "请输入 6 位 PIN"
        color: Theme.textMuted
        horizontalAlignment: Text.AlignHCenter
        Layout.fillWidth: true
    }
    FaPinDots {
        filled: root.typed
        Layout.alignment: Qt.AlignHCenter
        Layout.bottomMargin: Theme.spaceL
    }
    FaKeypad {
        objectName: "pin"
        extraText: "换人"
        Layout.fillWidth: true
        onKey: root.typed = Math.min(6, root.typed + 1)
        onBackspace: root.typed = Math.max(0, root.typed - 1)
    }
}
