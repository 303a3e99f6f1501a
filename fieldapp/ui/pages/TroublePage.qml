// Something about this machine is wrong: one plain sentence, in both languages, and nothing is lost.
pragma ComponentBehavior: Bound

import QtQuick
import fieldapp.ui

Rectangle {
    id: root

    property string text: ""
    property string alsoText: ""
    property string actionText: ""

    signal action

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
}
