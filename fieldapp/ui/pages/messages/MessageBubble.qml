// One message: own ones at the right with how far they have got, others' at the left with who wrote them.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui
import fieldapp.viewmodels

Item {
    id: root

    required property string actId
    required property bool mine
    required property string officer
    required property string note
    required property string when
    required property string status
    required property string reason
    required property string readBy
    required property list<string> photos
    required property list<string> larges
    required property list<string> wanted
    required property list<string> originals
    required property list<string> voices
    required property list<string> lengths
    required property list<string> voicesWanted
    required property string missing
    required property VoiceViewModel voice

    readonly property string attached: [root.photos.length > 0 ? qsTr("%1 张照片").arg(root.photos.length) : "",
        root.voices.length > 0 ? qsTr("语音 %1").arg(root.lengths.join("，")) : ""].filter(part => part !== "").join("，")
    readonly property string way: root.status === "waiting" ? qsTr("等待发送") : root.status === "sending" ? qsTr("正在发送")
        : root.status === "needs_you" ? qsTr("未送达") : root.readBy !== "" ? qsTr("%1 已读").arg(root.readBy) : qsTr("已送达")

    signal photosOpened(list<string> larges, int at)
    signal photoAsked(string sha256)
    signal voiceAsked(string sha256)

    objectName: "messages.one." + root.actId
    implicitHeight: bubble.height
    Accessible.role: Accessible.StaticText
    Accessible.name: [root.officer, root.note, root.attached, root.mine ? root.way : "", root.when].join(" ")

    Rectangle {
        id: bubble

        readonly property int widest: Math.round(root.width * 0.78)

        x: root.mine ? root.width - width - Theme.spaceL : Theme.spaceL
        width: Math.min(bubble.widest, Math.max(texts.implicitWidth, 120) + 2 * Theme.spaceM)
        height: texts.implicitHeight + 2 * Theme.spaceM
        radius: Theme.radiusM
        color: root.mine ? Theme.primarySoft : Theme.surface
        border.width: Theme.sunlight || !root.mine ? Theme.line : 0
        border.color: Theme.sunlight ? Theme.outlineStrong : Theme.outline

        ColumnLayout {
            id: texts

            anchors.fill: parent
            anchors.margins: Theme.spaceM
            spacing: 2

            FaText {
                text: root.officer
                kind: "caption"
                strong: true
                color: Theme.textMuted
                visible: !root.mine
                Layout.fillWidth: true
            }
            FaText {
                text: root.note
                visible: text !== ""
                color: root.mine ? Theme.primarySoftInk : Theme.text
                Layout.fillWidth: true
                Layout.maximumWidth: bubble.widest - 2 * Theme.spaceM
            }
            MessagePhotos {
                objectName: root.objectName + ".photo"
                photos: root.photos
                larges: root.larges
                wanted: root.wanted
                matte: bubble.color
                Layout.preferredWidth: Math.min(root.photos.length, 3) * (side + Theme.spaceS)
                Layout.maximumWidth: bubble.widest - 2 * Theme.spaceM
                onOpened: (larges, at) => root.photosOpened(larges, at)
                onAsked: sha256 => root.photoAsked(sha256)
            }
            Repeater {
                model: root.voices

                VoiceBar {
                    required property string modelData
                    required property int index

                    objectName: root.objectName + ".voice." + index
                    voice: root.voice
                    path: modelData
                    length: root.lengths[index] ?? ""
                    ink: root.mine ? Theme.primarySoftInk : Theme.text
                    onAsked: root.voiceAsked(root.voicesWanted[index])
                }
            }
            FaText {
                text: root.missing
                kind: "caption"
                color: Theme.danger
                visible: text !== ""
                Layout.fillWidth: true
                Layout.maximumWidth: bubble.widest - 2 * Theme.spaceM
            }
            FaText {
                text: [root.mine ? root.way : "", root.when].filter(part => part !== "").join(" · ")
                kind: "caption"
                color: root.status === "needs_you" ? Theme.danger : root.mine ? Theme.primarySoftInk : Theme.textMuted
                Layout.fillWidth: true
            }
            FaText {
                text: root.reason
                kind: "caption"
                color: root.status === "needs_you" ? Theme.danger : root.mine ? Theme.primarySoftInk : Theme.textMuted
                visible: text !== ""
                Layout.fillWidth: true
                Layout.maximumWidth: bubble.widest - 2 * Theme.spaceM
            }
        }
    }
}
