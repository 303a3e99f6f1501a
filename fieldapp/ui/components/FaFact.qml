// What something is called and what it is: two columns, or one above the other when it gets narrow.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui

Item {
    id: root

    default property alias trailing: extra.data
    property string label: ""
    property string value: ""
    property string iconName: ""
    property string tone: "normal"
    property bool strong: false
    property bool stackedLayout: root.width < 300 * Theme.textScale

    readonly property real labelWidth: Math.min(190 * Theme.textScale, root.width * 0.36)

    implicitWidth: 320
    implicitHeight: Math.max(32, grid.implicitHeight + Theme.spaceS)
    Layout.fillWidth: true
    Accessible.role: Accessible.StaticText
    Accessible.name: root.label + "：" + root.value

    FaTone {
        id: colors

        tone: root.tone
    }

    RowLayout {
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.spaceM

        FaIcon {
            name: root.iconName
            color: root.tone === "normal" ? Theme.textMuted : colors.fill
            Layout.alignment: Qt.AlignTop
            // Level with the first line of text.
            Layout.topMargin: Math.max(0, (name.implicitHeight / Math.max(1, name.lineCount) - height) / 2)
        }
        GridLayout {
            id: grid

            columns: root.stackedLayout ? 1 : 2
            columnSpacing: Theme.spaceM
            rowSpacing: 0
            Layout.fillWidth: true

            FaText {
                id: name

                text: root.label
                color: Theme.textMuted
                kind: root.stackedLayout ? "caption" : "body"
                Layout.preferredWidth: root.stackedLayout ? -1
                    : root.labelWidth - (root.iconName !== "" ? Theme.iconSize + Theme.spaceM : 0)
                Layout.alignment: Qt.AlignTop
                Layout.fillWidth: root.stackedLayout
                Accessible.ignored: true
            }
            FaText {
                text: root.value === "" ? "—" : root.value
                strong: root.strong
                color: root.tone === "normal" ? Theme.text : colors.fill
                Layout.fillWidth: true
                Layout.alignment: Qt.AlignTop
                Accessible.ignored: true
            }
        }
        RowLayout {
            id: extra

            visible: children.length > 0
        }
    }
}
