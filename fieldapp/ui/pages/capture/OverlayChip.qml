// A fact on the viewfinder: icon and word on a dark ground, readable over any picture.
import QtQuick
import QtQuick.Layouts
import fieldapp.ui

Rectangle {
    id: root

    property string text: ""
    property string iconName: ""
    // good, warn, bad or plain
    property string tone: "plain"

    readonly property color ink: root.tone === "good" ? "#8CE8A8" : root.tone === "warn" ? "#FFD479"
        : root.tone === "bad" ? "#FFA99F" : "#FFFFFF"

    implicitWidth: row.implicitWidth + 2 * Theme.spaceM
    implicitHeight: Math.max(44, row.implicitHeight + Theme.spaceS)
    radius: 12
    color: "#D9101719"
    border.width: 1
    border.color: root.tone === "plain" ? "#33FFFFFF" : root.ink
    Accessible.role: Accessible.StaticText
    Accessible.name: root.text

    RowLayout {
        id: row

        anchors.fill: parent
        anchors.leftMargin: Theme.spaceM
        anchors.rightMargin: Theme.spaceM
        spacing: Theme.spaceS

        FaIcon {
            name: root.iconName
            size: 22
            color: root.ink
        }
        FaText {
            text: root.text
            kind: "label"
            color: root.ink
            Layout.fillWidth: true
            Accessible.ignored: true
        }
    }
}
