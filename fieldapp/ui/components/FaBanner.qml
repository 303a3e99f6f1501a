// A message that stays while it is true, across the page's top: what is so, and what can be done.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui

Rectangle {
    id: root

    // info, offline, warning, danger or success
    property string kind: "info"
    property string title: ""
    property string text: ""
    property string iconName: root.kind === "offline" ? "offline" : root.kind === "warning" ? "warning"
        : root.kind === "danger" ? "octagon" : root.kind === "success" ? "check-circle" : "info"
    property string actionText: ""
    property bool closable: false
    readonly property bool pressable: root.actionText !== "" || root.closable

    signal action
    signal closed

    implicitWidth: 400
    implicitHeight: row.implicitHeight + 2 * Theme.spaceS
    Layout.fillWidth: true
    radius: Theme.radiusM
    color: colors.soft
    border.width: Theme.line
    border.color: Theme.sunlight ? colors.softInk : colors.soft
    Accessible.role: Accessible.AlertMessage
    Accessible.name: root.title !== "" ? root.title : root.text
    Accessible.description: root.text

    FaTone {
        id: colors

        tone: root.kind === "offline" ? "warning" : root.kind
    }

    RowLayout {
        id: row

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        anchors.leftMargin: Theme.spaceL
        anchors.rightMargin: root.pressable ? Theme.spaceS : Theme.spaceL
        spacing: Theme.spaceM

        FaIcon {
            name: root.iconName
            size: 28
            color: colors.softInk
        }
        FaTitles {
            title: root.title !== "" ? root.title : root.text
            subtitle: root.title !== "" ? root.text : ""
            kind: "label"
            strong: root.title !== ""
            ink: colors.softInk
            subtitleInk: colors.softInk
            Layout.fillWidth: true
            Layout.minimumHeight: root.pressable ? Theme.target : Theme.target - Theme.spaceL
        }
        FaButton {
            objectName: root.objectName + ".action"
            kind: "secondary"
            text: root.actionText
            visible: text !== ""
            Layout.maximumWidth: root.width * 0.4
            onClicked: root.action()
        }
        FaIconButton {
            objectName: root.objectName + ".close"
            iconName: "cross"
            text: qsTr("关闭")
            visible: root.closable
            onClicked: root.closed()
        }
    }
}
