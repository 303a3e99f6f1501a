// A line and, under it, a quieter line: the text part of rows and switches.
import QtQuick
import QtQuick.Layouts
import fieldapp.ui

Item {
    id: root

    property string title: ""
    property string subtitle: ""
    property string kind: "body"
    property bool strong: false
    property color ink: Theme.text
    property color subtitleInk: Theme.textMuted
    property int rightInset: 0
    // 0: as many lines as the quieter text needs.
    property int subtitleLines: 0

    implicitWidth: Math.max(first.implicitWidth, second.implicitWidth) + root.rightInset
    implicitHeight: column.implicitHeight
    Accessible.ignored: true

    ColumnLayout {
        id: column

        width: parent.width - root.rightInset
        anchors.verticalCenter: parent.verticalCenter
        spacing: 2

        FaText {
            id: first

            text: root.title
            kind: root.kind
            strong: root.strong
            color: root.enabled ? root.ink : Theme.textDisabled
            visible: text !== ""
            Layout.fillWidth: true
        }
        FaText {
            id: second

            text: root.subtitle
            kind: "caption"
            color: root.enabled ? root.subtitleInk : Theme.textDisabled
            visible: text !== ""
            maximumLineCount: root.subtitleLines > 0 ? root.subtitleLines : 2147483647
            elide: root.subtitleLines > 0 ? Text.ElideRight : Text.ElideNone
            Layout.fillWidth: true
        }
    }
}
