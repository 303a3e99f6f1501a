// A sign and a word on a calm ground: where a task stands, how its time runs.
import QtQuick
import QtQuick.Layouts
import fieldapp.ui

Rectangle {
    id: root

    property string tone: "normal"
    property string iconName: ""
    property string text: ""
    property bool filled: false
    // On a tinted ground: a lighter container keeps the pill apart from it.
    property bool raised: false

    implicitWidth: row.implicitWidth + 20
    implicitHeight: Math.max(30, row.implicitHeight + 6)
    radius: Math.min(height / 2, 18)
    color: root.filled ? colors.fill : root.raised ? Theme.surface : colors.soft
    border.width: Theme.sunlight ? Theme.line : 0
    border.color: colors.softInk
    visible: root.text !== ""
    Accessible.role: Accessible.StaticText
    Accessible.name: root.text

    TaskTone {
        id: colors

        tone: root.tone
    }

    RowLayout {
        id: row

        anchors.centerIn: parent
        spacing: 6

        FaIcon {
            name: root.iconName
            size: 18
            color: label.color
            visible: name !== ""
        }
        FaText {
            id: label

            text: root.text
            kind: "caption"
            strong: true
            color: root.filled ? colors.ink : root.raised ? colors.fill : colors.softInk
            wrapMode: Text.NoWrap
            lineHeight: 1
            Accessible.ignored: true
        }
    }
}
