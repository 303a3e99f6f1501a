// Why a record has not gone: the reason in plain words, what comes next, when central last answered, how far it is.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui

FaCard {
    id: root

    required property string status
    required property string reason
    required property string next
    required property string nextAttempt
    required property string lastAnswer
    required property string tries
    required property string tried
    required property string files
    required property string receipt
    required property real progress

    readonly property bool gone: root.status === "sent"

    title: root.gone ? qsTr("已送达") : root.status === "needs_you" ? qsTr("需要您处理") : root.status === "sending" ? qsTr("正在发送")
        : qsTr("为什么还没有发送？")
    iconName: root.gone ? "check-circle" : root.status === "needs_you" ? "warning" : root.status === "sending" ? "upload" : "clock"
    tone: root.gone ? "success" : root.status === "needs_you" ? "warning" : root.status === "sending" ? "primary" : "info"

    FaTone {
        id: colors

        tone: root.tone
    }
    FaText {
        objectName: "outbox.details.reason"
        text: root.reason !== "" ? root.reason : root.next
        kind: "body"
        strong: true
        color: colors.softInk
        Layout.fillWidth: true
    }
    FaText {
        objectName: "outbox.details.next"
        text: root.next
        color: colors.softInk
        visible: root.reason !== "" && text !== ""
        Layout.fillWidth: true
    }
    FaProgress {
        value: root.progress
        visible: !root.gone && root.files !== ""
        text: qsTr("照片文件")
        detail: root.files
        Layout.fillWidth: true
    }
    GridLayout {
        columns: root.width > 520 * Theme.textScale ? 2 : 1
        columnSpacing: Theme.spaceXl
        rowSpacing: Theme.spaceXs
        uniformCellWidths: true
        Layout.fillWidth: true

        WhyFact {
            objectName: "outbox.details.nextAttempt"
            label: qsTr("下次自动尝试")
            value: root.nextAttempt
            ink: colors.softInk
            Layout.fillWidth: true
        }
        WhyFact {
            objectName: "outbox.details.lastAnswer"
            label: root.gone ? qsTr("服务器签收") : qsTr("服务器上次应答")
            value: root.gone ? root.receipt : root.lastAnswer !== "" ? root.lastAnswer : qsTr("还没有")
            ink: colors.softInk
            Layout.fillWidth: true
        }
        WhyFact {
            objectName: "outbox.details.tries"
            label: qsTr("已尝试")
            value: root.tries === "" ? qsTr("还没有") : qsTr("%1 次，最近 %2").arg(root.tries).arg(root.tried)
            ink: colors.softInk
            visible: !root.gone
            Layout.fillWidth: true
        }
    }
}
