// Where one is: title, a line about it, the way back, and at the right what can be done here.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui

Rectangle {
    id: root

    default property alias actions: extra.data
    property string title: ""
    property string subtitle: ""
    property bool showBack: false

    signal back

    implicitWidth: 400
    implicitHeight: Math.max(80, row.implicitHeight + 2 * Theme.spaceS)
    Layout.fillWidth: true
    color: Theme.surface

    RowLayout {
        id: row

        anchors.fill: parent
        anchors.leftMargin: root.showBack ? Theme.spaceS : Theme.spaceXl
        anchors.rightMargin: Theme.spaceXl
        spacing: Theme.spaceM

        FaIconButton {
            objectName: root.objectName + ".back"
            iconName: "back"
            text: qsTr("返回")
            large: true
            visible: root.showBack
            onClicked: root.back()
        }
        FaTitles {
            title: root.title
            subtitle: root.subtitle
            kind: "title"
            strong: true
            Layout.fillWidth: true
        }
        RowLayout {
            id: extra

            visible: children.length > 0
            spacing: Theme.spaceM
        }
    }
    Rectangle {
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        height: Theme.line
        color: Theme.sunlight ? Theme.outlineStrong : Theme.outline
    }
}
