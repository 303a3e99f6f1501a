// A voice note: play or stop, and how long it is.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui
import fieldapp.viewmodels

RowLayout {
    id: root

    required property VoiceViewModel voice
    property string path: ""
    property string length: ""
    property color ink: Theme.text
    readonly property bool playing: root.path !== "" && root.voice.playing === root.path

    signal asked

    spacing: Theme.spaceS

    FaIconButton {
        objectName: root.objectName + ".play"
        iconName: root.path === "" ? "download" : root.playing ? "stop" : "play"
        text: root.path === "" ? qsTr("取语音并播放，时长 %1").arg(root.length)
            : root.playing ? qsTr("停止播放") : qsTr("播放语音，时长 %1").arg(root.length)
        kind: "secondary"
        onClicked: root.path === "" ? root.asked() : root.voice.play(root.path)
    }
    FaIcon {
        name: "sound"
        size: 20
        color: root.ink
    }
    FaText {
        text: root.length
        color: root.ink
        Accessible.ignored: true
    }
}
