// Where a record is on its way, told by colour, shape and word: draft, waiting, sending, sent, needs_you, replaced.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui

Rectangle {
    id: root

    required property string status
    property bool compact: false
    property string text: ""

    readonly property string word: root.text !== "" ? root.text
        : root.status === "draft" ? qsTr("草稿") : root.status === "waiting" ? qsTr("等待发送")
        : root.status === "sending" ? qsTr("正在发送") : root.status === "sent" ? qsTr("已送达")
        : root.status === "needs_you" ? qsTr("需要处理") : root.status === "replaced" ? qsTr("已更正") : ""
    // How wide the pill is with its word, whether it shows it now or not.
    readonly property real fullWidth: label.implicitWidth + mark.width + row.spacing + 22
    readonly property string shape: root.status === "draft" ? "edit" : root.status === "waiting" ? "clock"
        : root.status === "sending" ? "upload" : root.status === "sent" ? "check-circle"
        : root.status === "needs_you" ? "warning" : root.status === "replaced" ? "edit" : ""

    implicitWidth: row.implicitWidth + (root.compact ? 12 : 22)
    implicitHeight: Math.max(32, row.implicitHeight + 6)
    radius: Math.min(height / 2, 18)
    color: colors.soft
    border.width: Theme.sunlight ? Theme.line : root.status === "needs_you" ? 1 : 0
    border.color: Theme.sunlight ? colors.softInk : colors.fill
    Accessible.role: Accessible.StaticText
    Accessible.name: root.word

    FaTone {
        id: colors

        tone: root.status === "waiting" ? "info" : root.status === "sending" ? "primary"
            : root.status === "sent" ? "success" : root.status === "needs_you" ? "warning" : "normal"
    }

    RowLayout {
        id: row

        anchors.centerIn: parent
        spacing: 6

        FaIcon {
            id: mark

            name: root.shape
            size: 20
            color: colors.softInk
        }
        FaText {
            id: label

            text: root.word
            kind: "caption"
            strong: true
            color: colors.softInk
            wrapMode: Text.NoWrap
            visible: !root.compact
            Accessible.ignored: true
        }
    }
}
