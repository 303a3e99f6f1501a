// One record on its way: why it has not gone, what each photo waits for, and what can be done about it.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui
import fieldapp.viewmodels
import "../capture"

CaptureSheet {
    id: root

    required property OutboxViewModel outbox
    readonly property string record: root.outbox.selected
    readonly property string status: root.fact("status")
    readonly property bool unsent: root.status === "waiting" || root.status === "sending"

    signal rescueAsked

    function fact(name: string): string {
        return root.outbox.selected === "" ? "" : root.outbox.detail(root.outbox.selected, name);
    }

    name: "outbox.details"
    title: root.fact("title")
    subtitle: root.fact("subtitle")
    maximumWidth: 860
    tall: false
    onClosed: root.outbox.select("")

    FaScroll {
        padding: 0
        gutter: Theme.spaceL
        implicitHeight: contentHeight
        Layout.fillWidth: true
        Layout.fillHeight: true
        Layout.rightMargin: -gutter

        WhyCard {
            status: root.status
            reason: root.fact("reason")
            next: root.fact("next")
            nextAttempt: root.fact("nextAttempt")
            lastAnswer: root.fact("lastAnswer")
            tries: root.fact("tries")
            tried: root.fact("tried")
            files: root.fact("files")
            receipt: root.fact("receipt")
            progress: root.record === "" ? 0 : root.outbox.progressOf(root.record)
        }
        FaCard {
            title: root.outbox.photos.count > 0 ? qsTr("记录和照片") : qsTr("记录")
            subtitle: root.outbox.photos.count > 0 ? qsTr("先发记录，再发缩略图，最后发原图；一项受阻不影响其他") : ""
            iconName: "list"

            PartLine {
                objectName: "outbox.details.record"
                label: qsTr("记录")
                status: root.fact("recordStatus")
                text: root.fact("recordText")
                Layout.fillWidth: true
            }
            FaDivider {
                visible: root.outbox.photos.count > 0
                Layout.fillWidth: true
            }
            PhotoWays {
                photos: root.outbox.photos
                title: root.title
                Layout.fillWidth: true
            }
        }
        FaCard {
            FaFact {
                objectName: "outbox.details.shortId"
                label: qsTr("短编号")
                value: root.fact("shortId")
                strong: true
            }
            FaFact {
                label: qsTr("说明")
                value: root.fact("note")
                visible: value !== ""
            }
            FaFact {
                objectName: "outbox.details.receipt"
                label: qsTr("回执")
                value: root.fact("receipt") !== "" ? root.fact("receipt") : qsTr("还没有")
            }
            FaFact {
                label: qsTr("内容指纹")
                value: root.fact("hash")
            }
        }
    }

    foot: [
        FaButton {
            objectName: "outbox.details.takeBack"
            kind: "secondary"
            iconName: "undo"
            text: qsTr("撤回")
            visible: root.fact("canWithdraw") !== ""
            onClicked: question.open()
        },
        FaButton {
            objectName: "outbox.details.rescue"
            kind: "secondary"
            iconName: "storage"
            text: qsTr("救援导出")
            visible: root.unsent || root.status === "needs_you"
            onClicked: {
                root.close();
                root.rescueAsked();
            }
        },
        FaText {
            objectName: "outbox.details.asked"
            text: root.outbox.asked
            kind: "caption"
            color: Theme.textMuted
            Layout.fillWidth: true
        },
        FaButton {
            objectName: "outbox.details.tryAgain"
            kind: root.fact("canCorrect") !== "" ? "secondary" : "primary"
            large: true
            iconName: "refresh"
            text: qsTr("重试")
            visible: root.status === "needs_you"
            onClicked: root.outbox.tryAgain(root.record)
        },
        FaButton {
            objectName: "outbox.details.correct"
            kind: "primary"
            iconName: "edit"
            text: qsTr("更正后再发")
            visible: root.fact("canCorrect") !== ""
            onClicked: {
                const record = root.record;
                root.close();
                root.outbox.correct(record);
            }
        },
        FaButton {
            objectName: "outbox.details.sendNow"
            kind: "primary"
            iconName: "send"
            text: qsTr("立即发送")
            visible: root.unsent
            onClicked: root.outbox.sendNow()
        }
    ]

    FaDialog {
        id: question

        objectName: "outbox.takeBack"
        kind: "danger"
        title: qsTr("撤回这条记录？")
        text: root.status === "sent" ? qsTr("服务器收到撤回后，这条记录作废；双方都会留痕。")
            : qsTr("还没有开始发送的，会变回草稿；已经开始发送的，会补发一条撤回。")
        acceptText: qsTr("撤回")
        rejectText: qsTr("保留")
        onAccepted: {
            const record = root.record;
            root.close();
            root.outbox.takeBack(record);
        }
    }
}
