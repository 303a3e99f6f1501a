// All that is known of one record on its way: numbers to read out, hash, receipt, tries, the reason.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui
import fieldapp.viewmodels

FaDialog {
    id: root

    required property OutboxViewModel outbox
    readonly property string record: root.outbox.selected
    readonly property bool refused: root.fact("status") === "needs_you"

    function fact(name: string): string {
        return root.outbox.selected === "" ? "" : root.outbox.detail(root.outbox.selected, name);
    }

    objectName: "outbox.details"
    title: root.fact("title")
    iconName: "list"
    acceptText: root.refused ? qsTr("重试") : qsTr("关闭")
    rejectText: root.refused ? qsTr("关闭") : ""
    onAccepted: {
        if (root.refused)
            root.outbox.tryAgain(root.record);
    }
    onClosed: root.outbox.select("")

    FaStatePill {
        status: root.fact("status")
        Layout.alignment: Qt.AlignLeft
    }
    FaText {
        objectName: "outbox.details.reason"
        text: [root.fact("reason"), root.fact("next")].filter(part => part !== "").join(" ")
        visible: text !== ""
        Layout.fillWidth: true
    }
    FaDivider {
        Layout.fillWidth: true
    }
    FaFact {
        objectName: "outbox.details.shortId"
        label: qsTr("短编号")
        value: root.fact("shortId")
        strong: true
    }
    FaFact {
        label: qsTr("时间")
        value: root.fact("made")
    }
    FaFact {
        label: qsTr("人员")
        value: root.fact("officer")
    }
    FaFact {
        label: qsTr("说明")
        value: root.fact("note")
        visible: value !== ""
    }
    FaFact {
        label: qsTr("照片文件")
        value: root.fact("files")
        visible: value !== ""
    }
    FaFact {
        label: qsTr("已尝试")
        value: root.fact("tries") === "" ? "" : qsTr("%1 次，最近 %2").arg(root.fact("tries")).arg(root.fact("tried"))
        visible: value !== ""
    }
    FaFact {
        label: qsTr("回执")
        value: root.fact("receipt") !== "" ? root.fact("receipt") : qsTr("还没有")
    }
    FaFact {
        label: qsTr("内容指纹")
        value: root.fact("hash")
    }
}
