// Something about this machine is wrong: one plain sentence, in both languages, and nothing is lost.
pragma ComponentBehavior: Bound

import QtQuick
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

    FaEmpty {
        objectName: "trouble"
        anchors.centerIn: parent
        width: parent.width
        iconName: "warning"
        tone: "danger"
        title: root.text
        text: root.alsoText
        actionText: root.actionText
        onAction: root.action()
    }
    FaButton {
        objectName: "trouble.more"
        anchors.horizontalCenter: parent.horizontalCenter
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.spaceXxl
        kind: "secondary"
        iconName: "storage"
        text: root.moreText
        visible: text !== ""
        onClicked: root.more()
    }
}
