// Writing a message: text, photos, a voice note, and one button that sends it, now or when there is a link again.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui
import fieldapp.viewmodels

ColumnLayout {
    id: root

    required property MessagesViewModel messages
    readonly property ActDraftViewModel draft: root.messages.draft
    readonly property VoiceViewModel voice: root.messages.voice

    signal shootAsked
    signal importAsked

    spacing: Theme.spaceM

    FaBanner {
        objectName: "messages.voiceProblem"
        kind: "info"
        iconName: "sound"
        title: root.voice.problem
        visible: root.voice.problem !== ""
        closable: true
        Layout.fillWidth: true
        onClosed: root.voice.quiet()
    }
    MessageAttached {
        draft: root.draft
        voice: root.voice
        Layout.fillWidth: true
        onOpened: at => viewer.show(root.draft.after.larges(), at, root.messages.title)
    }
    FaPhotoOpener {
        id: viewer

        objectName: "messages.attachedViewer"
        visible: false
        maskable: !root.draft.busy
        onMaskAsked: at => root.draft.mask(root.draft.after.idAt(at))
    }
    RecordingBar {
        voice: root.voice
        visible: root.voice.recording
        Layout.fillWidth: true
    }
    RowLayout {
        spacing: Theme.spaceM
        visible: !root.voice.recording
        Layout.fillWidth: true

        FaTextArea {
            objectName: "messages.text"
            placeholder: qsTr("写给指挥中心")
            value: root.messages.text
            lines: 2
            linesMost: 4
            Layout.fillWidth: true
            onEdited: text => root.messages.write(text)
        }
        FaIconButton {
            objectName: "messages.photo"
            iconName: root.draft.hasCamera ? "camera" : "import"
            text: root.draft.hasCamera ? qsTr("拍照发送") : qsTr("从文件导入照片")
            kind: "secondary"
            large: true
            Layout.alignment: Qt.AlignBottom
            onClicked: root.draft.hasCamera ? root.shootAsked() : root.importAsked()
        }
        FaIconButton {
            objectName: "messages.record"
            iconName: "microphone"
            text: qsTr("录一条语音")
            kind: "secondary"
            large: true
            Layout.alignment: Qt.AlignBottom
            onClicked: root.voice.start()
        }
        FaButton {
            objectName: "messages.send"
            text: qsTr("发送")
            iconName: "send"
            enabled: root.messages.canSend
            Layout.alignment: Qt.AlignBottom
            onClicked: root.messages.send()
        }
    }
}
