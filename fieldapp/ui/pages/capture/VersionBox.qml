// One version of a field: which it is, what it says, and where it comes from.
import QtQuick
import QtQuick.Layouts
import fieldapp.ui

Rectangle {
    id: root

    required property string title
    required property string text
    property string source: ""
    property bool standing: false

    implicitHeight: column.implicitHeight + 2 * Theme.spaceM
    radius: Theme.radiusM
    color: Theme.surface
    border.width: root.standing ? Theme.lineStrong : Theme.line
    border.color: root.standing ? Theme.primary : Theme.sunlight ? Theme.outlineStrong : Theme.outline
    Layout.fillWidth: true
    Layout.fillHeight: true
    Layout.preferredWidth: 1

    ColumnLayout {
        id: column

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: parent.top
        anchors.margins: Theme.spaceM
        spacing: Theme.spaceXs

        FaText {
            text: root.title
            kind: "caption"
            color: root.standing ? Theme.primary : Theme.textMuted
            strong: root.standing
            Layout.fillWidth: true
        }
        FaText {
            objectName: root.objectName + ".text"
            text: root.text
            maximumLineCount: 8
            elide: Text.ElideRight
            Layout.fillWidth: true
        }
        FaText {
            text: root.source
            kind: "caption"
            color: Theme.textMuted
            visible: text !== ""
            Layout.fillWidth: true
        }
    }
}
