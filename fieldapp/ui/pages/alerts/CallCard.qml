// A call for reinforcement: who calls, about what, who is asked and what they answered, and one's own answer.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui

FaCard {
    id: root

    required title
    required tone
    required property string callId
    required property string about
    required property string note
    required property string when
    required property string stand
    required property string squads
    required property string alertId
    required property string caseId
    required property bool hasPlace
    required property bool canAccept
    required property bool canDecline
    required property bool canEnd
    required property string reason
    property bool busy: false
    // Where the alert itself is shown already.
    property bool linked: true

    readonly property color ink: root.tone === "normal" ? Theme.text : colors.softInk

    signal answered(string kind)
    signal opened
    signal understood

    objectName: "alerts.call." + root.callId
    iconName: "users"
    subtitle: root.when
    spacing: Theme.spaceS
    Layout.fillWidth: true

    FaTone {
        id: colors

        tone: root.tone
    }

    FaText {
        objectName: root.objectName + ".stand"
        text: root.stand
        strong: true
        color: root.ink
        Layout.fillWidth: true
    }
    FaText {
        text: root.reason
        color: Theme.danger
        visible: text !== ""
        Layout.fillWidth: true
    }
    FaText {
        text: [root.linked ? root.about : "", root.note].filter(part => part !== "").join("\n")
        color: root.ink
        visible: text !== ""
        Layout.fillWidth: true
    }
    FaText {
        text: root.squads
        kind: "caption"
        color: root.ink
        visible: text !== ""
        Layout.fillWidth: true
    }
    Flow {
        spacing: Theme.spaceS
        visible: root.canAccept || root.canDecline || root.canEnd || root.linked || root.reason !== ""
        Layout.fillWidth: true

        FaButton {
            objectName: root.objectName + ".accept"
            text: qsTr("前往增援")
            iconName: "check"
            visible: root.canAccept
            busy: root.busy
            onClicked: root.answered("accept")
        }
        FaButton {
            objectName: root.objectName + ".decline"
            text: qsTr("不能前往")
            kind: "secondary"
            large: root.canAccept
            visible: root.canDecline
            enabled: !root.busy
            onClicked: root.answered("decline")
        }
        FaButton {
            objectName: root.objectName + ".understood"
            text: qsTr("知道了")
            kind: "secondary"
            visible: root.reason !== ""
            onClicked: root.understood()
        }
        FaButton {
            objectName: root.objectName + ".end"
            text: qsTr("结束呼叫")
            kind: "secondary"
            visible: root.canEnd
            enabled: !root.busy
            onClicked: root.answered("end")
        }
        FaButton {
            objectName: root.objectName + ".open"
            text: root.alertId !== "" ? qsTr("看预警") : qsTr("看任务")
            kind: "secondary"
            large: root.canAccept
            visible: root.linked && (root.alertId !== "" || root.caseId !== "")
            onClicked: root.opened()
        }
    }
}
