// One measured thing with a glove-sized minus and plus; holding one goes on.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui

RowLayout {
    id: root

    required property string label
    required property string unit
    required property real value

    readonly property string shown: root.value > 0 ? qsTr("%1 %2").arg(Number(root.value.toFixed(2))).arg(root.unit) : qsTr("未测")

    signal stepped(int steps)
    signal forgotten

    spacing: Theme.spaceM
    Layout.fillWidth: true
    Accessible.role: Accessible.SpinBox
    Accessible.name: root.label + "：" + root.shown

    FaText {
        text: root.label
        color: Theme.textMuted
        Accessible.ignored: true
        Layout.fillWidth: true
    }
    FaIconButton {
        objectName: root.objectName + ".clear"
        iconName: "cross"
        text: qsTr("不填%1").arg(root.label)
        visible: root.value > 0
        onClicked: root.forgotten()
    }
    FaIconButton {
        objectName: root.objectName + ".less"
        iconName: "minus"
        text: qsTr("减少%1").arg(root.label)
        kind: "secondary"
        large: true
        enabled: root.value > 0
        autoRepeat: true
        onClicked: root.stepped(-1)
    }
    FaText {
        objectName: root.objectName + ".value"
        text: root.shown
        strong: root.value > 0
        color: root.value > 0 ? Theme.text : Theme.textMuted
        horizontalAlignment: Text.AlignHCenter
        wrapMode: Text.NoWrap
        Accessible.ignored: true
        Layout.preferredWidth: 92 * Theme.textScale
    }
    FaIconButton {
        objectName: root.objectName + ".more"
        iconName: "plus"
        text: qsTr("增加%1").arg(root.label)
        kind: "secondary"
        large: true
        autoRepeat: true
        onClicked: root.stepped(1)
    }
}
