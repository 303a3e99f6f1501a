// The officer's tasks: a filter, the list, and what to say when there is none.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Controls.Basic as Basic
import fieldapp.ui
import fieldapp.viewmodels

Item {
    id: root

    required property TasksViewModel tasks
    readonly property list<string> filters: root.tasks.duties === "" ? ["open", "done", "all"] : ["open", "duty", "done", "all"]

    readonly property string going: root.counted(qsTr("进行中"), root.tasks.openCount)
    readonly property string done: root.counted(qsTr("已办"), root.tasks.doneCount)
    readonly property string duty: root.counted(root.tasks.duties === "decide" ? qsTr("待决定") : qsTr("待核查"), root.tasks.dutyCount)

    ColumnLayout {
        anchors.fill: parent
        spacing: 0

        FaPageHeader {
            title: qsTr("任务")
            subtitle: !root.tasks.loaded ? "" : root.tasks.newCount > 0 ? qsTr("%1 个待接单").arg(root.tasks.newCount)
                : root.tasks.openCount > 0 ? qsTr("%1 个进行中").arg(root.tasks.openCount)
                : root.tasks.dutyCount > 0 ? (root.tasks.duties === "decide" ? qsTr("%1 个待决定") : qsTr("%1 个待核查")).arg(root.tasks.dutyCount)
                : qsTr("全部办完")
        }
        FaSegmented {
            objectName: "tasks.filter"
            labels: root.tasks.duties === "" ? [root.going, root.done, qsTr("全部")] : [root.going, root.duty, root.done, qsTr("全部")]
            currentIndex: root.filters.indexOf(root.tasks.filter)
            Accessible.name: qsTr("显示哪些任务")
            Layout.fillWidth: true
            Layout.margins: Theme.spaceL
            Layout.bottomMargin: Theme.spaceS
            onActivated: index => root.tasks.choose(root.filters[index])
        }
        ListView {
            id: list

            objectName: "tasks.list"
            model: root.tasks.items
            spacing: Theme.spaceS
            clip: true
            boundsBehavior: Flickable.StopAtBounds
            topMargin: Theme.spaceS
            bottomMargin: Theme.spaceL
            reuseItems: true
            Accessible.role: Accessible.List
            Accessible.name: qsTr("任务")
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.leftMargin: Theme.spaceL

            Basic.ScrollBar.vertical: FaScrollBar {}

            delegate: TaskRow {
                width: list.width - Theme.spaceL
                selected: root.tasks.selected === caseId
                onClicked: root.tasks.open(caseId)
            }

            FaEmpty {
                objectName: "tasks.empty"
                anchors.fill: parent
                visible: root.tasks.loaded && root.tasks.items.count === 0
                iconName: root.tasks.filter === "open" ? "check-circle" : "inbox"
                tone: root.tasks.filter === "open" ? "success" : "primary"
                title: root.tasks.filter === "open" ? qsTr("没有进行中的任务") : qsTr("这里还没有任务")
                text: root.tasks.filter === "open" ? qsTr("派给您的案件会自动出现在这里")
                    : root.tasks.filter === "duty" ? qsTr("等人到现场看的案件会自动出现在这里")
                    : root.tasks.filter === "done" ? qsTr("办完的案件会留在这里，随时可查") : ""
                actionText: root.tasks.filter === "open" && root.tasks.dutyCount > 0 ? root.duty : ""
                onAction: root.tasks.choose("duty")
            }
            FaBusy {
                anchors.centerIn: parent
                running: !root.tasks.loaded
                size: 48
            }
        }
    }

    function counted(word: string, count: int): string {
        return count > 999 ? word + " 999+" : count > 0 ? word + " " + count : word;
    }
}
