// One record on its way: picture, what and when, where it is, and under it why it has not gone and what comes next.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import fieldapp.ui

T.ItemDelegate {
    id: root

    required property string recordId
    required property string status
    required property string title
    required property string subtitle
    required property string reason
    required property string nextStep
    required property string thumbnail
    required property int photos
    required property real progress
    required property bool withdrawn
    property bool selected: false

    signal retryAsked

    implicitHeight: implicitContentHeight + topPadding + bottomPadding
    padding: Theme.spaceM
    rightPadding: Theme.spaceL
    text: root.title
    Accessible.name: root.title
    Accessible.description: [root.subtitle, pill.word, root.reason, root.nextStep].filter(part => part !== "").join("，")

    contentItem: RowLayout {
        spacing: Theme.spaceL

        Rectangle {
            implicitWidth: 72
            implicitHeight: 72
            radius: Theme.radiusM
            color: Theme.surfaceSunken
            clip: true
            Layout.alignment: Qt.AlignTop

            Image {
                anchors.fill: parent
                source: root.thumbnail
                sourceSize.width: 144
                sourceSize.height: 144
                fillMode: Image.PreserveAspectCrop
                asynchronous: true
                visible: root.thumbnail !== ""
            }
            FaIcon {
                anchors.centerIn: parent
                name: root.thumbnail !== "" ? "" : root.photos > 0 ? "photo" : "task"
                color: Theme.textMuted
            }
            Rectangle {
                anchors.right: parent.right
                anchors.bottom: parent.bottom
                anchors.margins: 4
                visible: root.photos > 1
                radius: 10
                color: Theme.scrim
                implicitWidth: count.implicitWidth + 12
                implicitHeight: count.implicitHeight + 2

                FaText {
                    id: count

                    anchors.centerIn: parent
                    pixels: 15
                    text: root.photos
                    color: Theme.toastInk
                }
            }
        }
        ColumnLayout {
            spacing: Theme.spaceXs
            Layout.fillWidth: true

            FaText {
                text: root.title
                strong: true
                font.strikeout: root.withdrawn
                Layout.fillWidth: true
            }
            FaText {
                kind: "caption"
                text: root.withdrawn && root.status !== "replaced" ? root.subtitle + " · " + qsTr("已撤回") : root.subtitle
                color: Theme.textMuted
                Layout.fillWidth: true
            }
            FaText {
                objectName: "outbox.reason." + root.recordId
                kind: "caption"
                text: root.reason
                color: root.status === "needs_you" ? Theme.danger : Theme.text
                visible: text !== ""
                Layout.fillWidth: true
            }
            FaText {
                kind: "caption"
                text: root.nextStep
                color: Theme.textMuted
                visible: text !== "" && root.status !== "sent" && root.status !== "sending"
                Layout.fillWidth: true
            }
            FaProgress {
                value: root.progress
                visible: root.status === "sending"
                text: qsTr("照片")
                detail: Math.round(root.progress * 100) + " %"
                Layout.fillWidth: true
                Layout.topMargin: Theme.spaceXs
            }
        }
        ColumnLayout {
            spacing: Theme.spaceS
            Layout.alignment: Qt.AlignTop

            FaStatePill {
                id: pill

                status: root.status
                Layout.alignment: Qt.AlignRight
            }
            FaButton {
                objectName: "outbox.retry." + root.recordId
                kind: "secondary"
                iconName: "refresh"
                text: qsTr("重试")
                visible: root.status === "needs_you"
                Layout.alignment: Qt.AlignRight
                onClicked: root.retryAsked()
            }
        }
        FaIcon {
            name: "chevron-right"
            color: Theme.textMuted
        }
    }

    background: Rectangle {
        radius: Theme.radiusL
        color: root.selected ? Theme.primarySoft : root.down ? Theme.surfaceSunken : Theme.surface
        border.width: root.selected ? Theme.lineStrong : Theme.line
        border.color: root.selected ? Theme.primary : root.status === "needs_you" ? Theme.warning
            : Theme.sunlight ? Theme.outlineStrong : Theme.outline

        FaFocusRing {
            around: parent.radius
            visible: root.visualFocus
        }
    }
}
