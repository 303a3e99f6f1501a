// While a voice note is being spoken: how long it is, how loud, and two ways to end it.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui
import fieldapp.viewmodels

RowLayout {
    id: root

    required property VoiceViewModel voice

    spacing: Theme.spaceM

    FaIcon {
        name: "microphone"
        color: Theme.danger
        size: Theme.iconLarge
    }
    FaText {
        objectName: "messages.recording"
        text: qsTr("正在录音 %1，最长 1 分钟").arg(root.voice.length)
        strong: true
    }
    Rectangle {
        radius: 4
        color: Theme.surfaceSunken
        implicitHeight: 16
        Layout.fillWidth: true

        Rectangle {
            width: parent.width * root.voice.level
            height: parent.height
            radius: parent.radius
            color: Theme.success
        }
    }
    FaButton {
        objectName: "messages.record.cancel"
        kind: "quiet"
        text: qsTr("取消")
        onClicked: root.voice.cancel()
    }
    FaButton {
        objectName: "messages.record.stop"
        iconName: "stop"
        text: qsTr("录好了")
        onClicked: root.voice.stop()
    }
}
