// One act on an alert: what, by whom, when, why; for an own one whether it has gone, for a refused one why.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui

RowLayout {
    id: root

    required property string actId
    required property string title
    required property string who
    required property string note
    required property string when
    required property bool refused
    required property string reason
    required property string status

    objectName: "alerts.past." + root.actId
    spacing: Theme.spaceM
    Accessible.role: Accessible.ListItem
    Accessible.name: root.title + "，" + root.who
    Accessible.description: [root.when, root.note, root.reason].filter(part => part !== "").join("，")

    FaIcon {
        name: root.refused ? "cross-circle" : "check-circle"
        color: root.refused ? Theme.danger : Theme.success
        Layout.alignment: Qt.AlignTop
    }
    ColumnLayout {
        spacing: 2
        Layout.fillWidth: true

        FaText {
            text: root.refused ? qsTr("%1（未被接受）").arg(root.title) : root.title
            strong: true
            Layout.fillWidth: true
            Accessible.ignored: true
        }
        FaText {
            text: [root.who, root.when].filter(part => part !== "").join(" · ")
            kind: "caption"
            color: Theme.textMuted
            Layout.fillWidth: true
            Accessible.ignored: true
        }
        FaText {
            text: root.note
            visible: text !== ""
            Layout.fillWidth: true
            Accessible.ignored: true
        }
        FaText {
            text: root.reason
            kind: "caption"
            color: Theme.danger
            visible: text !== ""
            Layout.fillWidth: true
            Accessible.ignored: true
        }
    }
    FaStatePill {
        status: root.status
        visible: root.status !== ""
        Layout.alignment: Qt.AlignTop
    }
}
