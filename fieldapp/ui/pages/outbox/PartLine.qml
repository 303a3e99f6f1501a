// One part of a record on its way: its name, where it is by shape and colour, and in words what it waits for.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui

RowLayout {
    id: root

    required property string label
    // An outbox word; the line is not shown without one.
    required property string status
    property string text: ""

    spacing: Theme.spaceS
    visible: root.status !== ""
    Accessible.role: Accessible.ListItem
    Accessible.name: root.label + "：" + root.text

    FaTone {
        id: colors

        tone: root.status === "sent" ? "success" : root.status === "needs_you" ? "warning"
            : root.status === "sending" ? "primary" : "info"
    }
    FaIcon {
        name: root.status === "sent" ? "check-circle" : root.status === "needs_you" ? "warning"
            : root.status === "sending" ? "upload" : "clock"
        size: 22
        color: colors.fill
        Layout.alignment: Qt.AlignTop
        Layout.topMargin: 2
    }
    FaText {
        text: root.label
        kind: "label"
        Layout.alignment: Qt.AlignTop
        Layout.preferredWidth: 98 * Theme.textScale
        Accessible.ignored: true
    }
    FaText {
        text: root.text
        kind: "label"
        strong: false
        color: root.status === "needs_you" ? Theme.danger : Theme.textMuted
        Layout.fillWidth: true
        Accessible.ignored: true
    }
}
