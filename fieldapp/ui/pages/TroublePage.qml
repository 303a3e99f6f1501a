// Something about this machine is wrong: one plain sentence, in both languages, and nothing is lost.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui

Rectangle {
    id: root

    property string text: ""
    property string alsoText: ""
    property string actionText: ""
    // A second way on, "" for none.
    property string moreText: ""

    signal action
    signal more

    objectName: "troublePage"
    color: Theme.background

    ColumnLayout {
        anchors.centerIn: parent
        width: parent.width
        spacing: 0

        FaEmpty {
            objectName: "trouble"
            iconName: "warning"
            tone: "danger"
            title: root.text
            text: root.alsoText
            Layout.fillWidth: true
        }
        // What was saved comes first: it is the one thing that still can be done here.
        FaButton {
            objectName: "trouble.more"
            kind: "primary"
            iconName: "storage"
            text: root.moreText
            visible: text !== ""
            Layout.preferredWidth: Math.min(parent.width - 2 * Theme.spaceL, 320 * Theme.textScale)
            Layout.alignment: Qt.AlignHCenter
            onClicked: root.more()
        }
        FaButton {
            objectName: "trouble.action"
            kind: "secondary"
            large: true
            text: root.actionText
            visible: text !== ""
            Layout.preferredWidth: Math.min(parent.width - 2 * Theme.spaceL, 320 * Theme.textScale)
            Layout.topMargin: Theme.spaceM
            Layout.alignment: Qt.AlignHCenter
            onClicked: root.action()
        }
    }
}
