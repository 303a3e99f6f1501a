// A sheet that holds things that belong together, with an optional title line.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui

Rectangle {
    id: root

    default property alias content: body.data
    property alias actions: actionRow.data
    property string title: ""
    property string subtitle: ""
    property string iconName: ""
    property string tone: "normal"
    property int padding: Theme.spaceL
    property alias spacing: body.spacing

    implicitWidth: column.implicitWidth + 2 * root.padding
    implicitHeight: column.implicitHeight + 2 * root.padding
    Layout.fillWidth: true
    radius: Theme.radiusL
    color: root.tone === "normal" ? Theme.surface : colors.soft
    border.width: Theme.line
    border.color: Theme.sunlight ? Theme.outlineStrong : root.tone === "normal" ? Theme.outline : colors.soft

    FaTone {
        id: colors

        tone: root.tone
    }

    ColumnLayout {
        id: column

        anchors.fill: parent
        anchors.margins: root.padding
        spacing: Theme.spaceM

        RowLayout {
            visible: root.title !== "" || actionRow.children.length > 0
            spacing: Theme.spaceM
            Layout.fillHeight: false
            Layout.topMargin: actionRow.children.length > 0 && root.subtitle === "" ? -Theme.spaceS : 0
            Layout.bottomMargin: Layout.topMargin

            FaIcon {
                name: root.iconName
                color: root.tone === "normal" ? Theme.primary : colors.softInk
            }
            FaTitles {
                title: root.title
                subtitle: root.subtitle
                kind: "heading"
                strong: true
                ink: root.tone === "normal" ? Theme.text : colors.softInk
                subtitleInk: root.tone === "normal" ? Theme.textMuted : colors.softInk
                Layout.fillWidth: true
                Layout.minimumHeight: actionRow.children.length > 0 ? Theme.target : 0
            }
            RowLayout {
                id: actionRow

                spacing: Theme.spaceS
            }
        }
        ColumnLayout {
            id: body

            visible: children.length > 0
            spacing: Theme.spaceM
            Layout.fillWidth: true
            Layout.fillHeight: true
        }
    }
}
