// What goes along with the message that is being written: photos and voice notes, each can be taken out.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui
import fieldapp.viewmodels

Flow {
    id: root

    required property ActDraftViewModel draft
    required property VoiceViewModel voice

    signal opened(int at)

    spacing: Theme.spaceM
    visible: root.draft.after.count > 0 || root.draft.voices.count > 0

    Repeater {
        model: root.draft.after

        FaPhotoTile {
            required property int index
            required property string photoId
            required source
            required origin

            objectName: "messages.attached." + index
            size: Math.round(96 * Math.min(Theme.textScale, 1.5))
            matte: Theme.background
            removable: !root.draft.busy
            onClicked: root.opened(index)
            onRemoved: root.draft.removePhoto(photoId)
        }
    }
    Repeater {
        model: root.draft.voices

        Rectangle {
            id: note

            required property int index
            required property string photoId
            required property string length
            required property string path

            implicitWidth: inside.implicitWidth + 2 * Theme.spaceS
            implicitHeight: inside.implicitHeight + 2 * Theme.spaceS
            radius: Theme.radiusM
            color: Theme.surface
            border.width: Theme.line
            border.color: Theme.outline

            RowLayout {
                id: inside

                anchors.centerIn: parent

                VoiceBar {
                    objectName: "messages.attachedVoice." + note.index
                    voice: root.voice
                    path: note.path
                    length: note.length
                }
                FaIconButton {
                    objectName: "messages.attachedVoice." + note.index + ".remove"
                    iconName: "cross"
                    text: qsTr("移除这条语音")
                    onClicked: root.draft.removePhoto(note.photoId)
                }
            }
        }
    }
}
