// Nothing here, said kindly: why, and what to do next.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui

Item {
    id: root

    property string iconName: "inbox"
    property string title: ""
    property string text: ""
    property string actionText: ""
    property string tone: "primary"

    signal action

    implicitWidth: 320
    implicitHeight: column.implicitHeight + 2 * Theme.spaceXl

    FaTone {
        id: colors

        tone: root.tone
    }

    ColumnLayout {
        id: column

        anchors.centerIn: parent
        width: Math.min(parent.width - 2 * Theme.spaceL, 460 * Math.min(Theme.textScale, 1.5))
        spacing: Theme.spaceS

        Rectangle {
            implicitWidth: 104
            implicitHeight: 104
            radius: 52
            color: colors.soft
            border.width: Theme.sunlight ? Theme.line : 0
            border.color: colors.softInk
            Layout.alignment: Qt.AlignHCenter
            Layout.bottomMargin: Theme.spaceM

            FaIcon {
                anchors.centerIn: parent
                name: root.iconName
                size: 48
                color: colors.softInk
            }
        }
        FaText {
            text: root.title
            kind: "heading"
            horizontalAlignment: Text.AlignHCenter
            visible: text !== ""
            Layout.fillWidth: true
        }
        FaText {
            text: root.text
            color: Theme.textMuted
            horizontalAlignment: Text.AlignHCenter
            visible: text !== ""
            Layout.fillWidth: true
        }
        FaButton {
            objectName: root.objectName + ".action"
            kind: "secondary"
            text: root.actionText
            visible: text !== ""
            Layout.alignment: Qt.AlignHCenter
            Layout.topMargin: Theme.spaceM
            onClicked: root.action()
        }
    }
}
