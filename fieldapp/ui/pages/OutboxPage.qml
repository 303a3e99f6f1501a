// Everything this tablet made and where it is on its way; in plain words why it has not gone and what comes next.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Controls.Basic as Basic
import fieldapp.ui
import fieldapp.viewmodels
import "outbox"

Item {
    id: root

    required property OutboxViewModel outbox
    required property LinkViewModel link
    readonly property list<string> filters: ["all", "waiting", "needs_you", "sent"]

    signal draftAsked(string draftId, string kind)
    signal rescueAsked

    objectName: "outboxPage"
    onVisibleChanged: {
        if (root.visible)
            root.outbox.lookAtDrafts();
    }

    function opened(recordId: string, status: string): void {
        if (status === "draft")
            root.draftAsked(recordId, root.outbox.detail(recordId, "kind"));
        else {
            root.outbox.select(recordId);
            details.open();
        }
    }

    ColumnLayout {
        anchors.fill: parent
        spacing: 0

        FaPageHeader {
            objectName: "outbox.header"
            title: qsTr("发件箱")
            subtitle: [root.link.bannerShown ? "" : root.link.anythingPending ? root.link.pendingText : qsTr("没有待发送的内容"),
                root.link.lastContact !== "" ? qsTr("上次联系服务器 %1").arg(root.link.lastContact) : ""]
                .filter(part => part !== "").join(" · ")

            FaButton {
                objectName: "outbox.sendNow"
                kind: "secondary"
                iconName: "sync"
                text: qsTr("立即发送")
                enabled: root.link.anythingPending
                onClicked: root.outbox.sendNow()
            }
        }
        FaSegmented {
            objectName: "outbox.filter"
            labels: [qsTr("全部 %1").arg(root.outbox.total), qsTr("待发送 %1").arg(root.outbox.waiting),
                qsTr("需要处理 %1").arg(root.outbox.needsYou), qsTr("已送达 %1").arg(root.outbox.sent)]
            currentIndex: root.filters.indexOf(root.outbox.filter)
            Layout.fillWidth: true
            Layout.margins: Theme.spaceL
            Layout.leftMargin: Theme.spaceXl
            Layout.rightMargin: Theme.spaceXl
            onActivated: index => root.outbox.choose(root.filters[index])
        }
        Item {
            Layout.fillWidth: true
            Layout.fillHeight: true

            ListView {
                id: list

                objectName: "outbox.list"
                anchors.fill: parent
                leftMargin: Theme.spaceXl
                rightMargin: Theme.spaceXl
                bottomMargin: Theme.spaceXl
                spacing: Theme.spaceM
                clip: true
                boundsBehavior: Flickable.StopAtBounds
                model: root.outbox.items
                Accessible.role: Accessible.List
                Accessible.name: qsTr("发件箱")

                Basic.ScrollBar.vertical: FaScrollBar {}

                delegate: OutboxItem {
                    id: item

                    objectName: "outbox.item." + recordId
                    width: list.width - list.leftMargin - list.rightMargin
                    selected: root.outbox.selected === recordId
                    onClicked: root.opened(item.recordId, item.status)
                    onRetryAsked: root.outbox.tryAgain(item.recordId)
                }
            }
            FaEmpty {
                objectName: "outbox.empty"
                anchors.centerIn: parent
                width: parent.width
                visible: root.outbox.loaded && root.outbox.items.count === 0
                iconName: root.outbox.filter === "needs_you" || root.outbox.filter === "waiting" ? "cloud-check" : "outbox"
                tone: root.outbox.filter === "needs_you" || root.outbox.filter === "waiting" ? "success" : "primary"
                title: root.outbox.filter === "needs_you" ? qsTr("没有需要处理的记录")
                    : root.outbox.filter === "waiting" ? qsTr("全部已送达")
                    : root.outbox.filter === "sent" ? qsTr("还没有送达的记录") : qsTr("还没有记录")
                text: root.outbox.filter === "all" ? qsTr("上报和任务操作保存后会出现在这里，并自动发送。") : ""
            }
        }
    }

    OutboxSheet {
        id: details

        outbox: root.outbox
        onRescueAsked: root.rescueAsked()
    }
}
