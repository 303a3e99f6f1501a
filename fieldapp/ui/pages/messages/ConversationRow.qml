// A conversation in the list: of which case, where that is, what was said last, and how much of it is unread.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import fieldapp.ui

T.ItemDelegate {
    id: root

    required property string caseId
    required property string title
    required property string place
    required property string last
    required property string when
    required property int unread
    property bool selected: false

    readonly property color ink: root.selected ? Theme.primarySoftInk : Theme.text
    readonly property color quietInk: root.selected ? Theme.primarySoftInk : Theme.textMuted

    objectName: "messages.case." + root.caseId
    implicitHeight: Math.max(Theme.targetPrimary + 8, implicitContentHeight + topPadding + bottomPadding)
    leftPadding: Theme.spaceL
    rightPadding: Theme.spaceL
    topPadding: Theme.spaceM
    bottomPadding: Theme.spaceM
    text: root.title
    Accessible.name: root.title
    Accessible.description: [root.place, root.last, root.when, root.unread > 0 ? qsTr("%1 条未读").arg(root.unread) : ""].filter(part => part !== "").join("，")

    contentItem: ColumnLayout {
        spacing: 2

        RowLayout {
            spacing: Theme.spaceM
            Layout.fillWidth: true

            FaText {
                text: root.title
                strong: true
                color: root.ink
                maximumLineCount: 2
                elide: Text.ElideRight
                Layout.fillWidth: true
                Accessible.ignored: true
            }
            FaText {
                text: root.when
                kind: "caption"
                color: root.quietInk
                wrapMode: Text.NoWrap
                Layout.alignment: Qt.AlignTop
                Accessible.ignored: true
            }
        }
        FaText {
            text: root.place
            kind: "caption"
            color: root.quietInk
            maximumLineCount: 1
            elide: Text.ElideRight
            visible: text !== ""
            Layout.fillWidth: true
            Accessible.ignored: true
        }
        RowLayout {
            spacing: Theme.spaceM
            Layout.fillWidth: true
            Layout.topMargin: Theme.spaceXs

            FaText {
                text: root.last
                kind: "caption"
                strong: root.unread > 0
                color: root.ink
                maximumLineCount: 2
                elide: Text.ElideRight
                Layout.fillWidth: true
                Accessible.ignored: true
            }
            FaBadge {
                count: root.unread
            }
        }
    }

    background: Rectangle {
        radius: Theme.radiusL
        color: root.selected ? Theme.primarySoft : root.down ? Theme.surfaceSunken : Theme.surface
        border.width: root.selected ? Theme.lineStrong : Theme.line
        border.color: root.selected ? Theme.primary : Theme.sunlight ? Theme.outlineStrong : Theme.outline

        FaFocusRing {
            around: parent.radius
            visible: root.visualFocus
        }
    }
}
