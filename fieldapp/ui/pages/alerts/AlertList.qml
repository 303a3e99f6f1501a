// Calls for reinforcement on top, then the alerts, the worst first.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Controls.Basic as Basic
import fieldapp.ui
import fieldapp.viewmodels

Item {
    id: root

    required property AlertsViewModel alerts
    readonly property list<string> filters: ["open", "over"]

    signal taskAsked(string caseId)

    ColumnLayout {
        anchors.fill: parent
        spacing: 0

        FaPageHeader {
            title: qsTr("预警")
            subtitle: !root.alerts.loaded ? "" : root.alerts.newCount > 0 ? qsTr("%1 条等您处理").arg(root.alerts.newCount)
                : qsTr("没有等您处理的预警")
        }
        FaSegmented {
            objectName: "alerts.filter"
            labels: [qsTr("未结束"), qsTr("已结束")]
            currentIndex: root.filters.indexOf(root.alerts.filter)
            Accessible.name: qsTr("显示哪些预警")
            Layout.fillWidth: true
            Layout.margins: Theme.spaceL
            Layout.bottomMargin: Theme.spaceS
            onActivated: index => root.alerts.choose(root.filters[index])
        }
        ListView {
            id: list

            objectName: "alerts.list"
            model: root.alerts.items
            spacing: Theme.spaceS
            clip: true
            boundsBehavior: Flickable.StopAtBounds
            topMargin: Theme.spaceS
            bottomMargin: Theme.spaceL
            reuseItems: true
            Accessible.role: Accessible.List
            Accessible.name: qsTr("预警")
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.leftMargin: Theme.spaceL

            Basic.ScrollBar.vertical: FaScrollBar {}

            // A call that comes must be seen, wherever the list was.
            header: ColumnLayout {
                width: list.width - Theme.spaceL
                spacing: Theme.spaceS
                onHeightChanged: Qt.callLater(list.positionViewAtBeginning)

                Repeater {
                    model: root.alerts.calls

                    CallCard {
                        busy: root.alerts.busy
                        onAnswered: kind => root.alerts.answerCall(callId, kind)
                        onUnderstood: root.alerts.understood(callId)
                        onOpened: alertId !== "" ? root.alerts.open(alertId) : root.taskAsked(caseId)
                    }
                }
                Item {
                    implicitHeight: Theme.spaceXs
                    visible: root.alerts.calls.count > 0
                }
            }
            delegate: AlertRow {
                width: list.width - Theme.spaceL
                selected: root.alerts.selected === alertId
                onClicked: root.alerts.open(alertId)
            }

            FaEmpty {
                objectName: "alerts.empty"
                anchors.fill: parent
                visible: root.alerts.loaded && root.alerts.items.count === 0 && root.alerts.calls.count === 0
                iconName: root.alerts.filter === "open" ? "check-circle" : "inbox"
                tone: root.alerts.filter === "open" ? "success" : "primary"
                title: root.alerts.filter === "open" ? qsTr("没有未结束的预警") : qsTr("还没有结束的预警")
                text: root.alerts.filter === "open" ? qsTr("监管平台发现异常时，会自动出现在这里") : ""
            }
            FaBusy {
                anchors.centerIn: parent
                running: !root.alerts.loaded
                size: 48
            }
        }
    }
}
