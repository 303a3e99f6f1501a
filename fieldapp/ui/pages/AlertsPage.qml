// Alerts and calls for reinforcement: the list at the left, the alert that is open at the right.
pragma ComponentBehavior: Bound

import QtQuick
import fieldapp.ui
import fieldapp.viewmodels
import "alerts"

Rectangle {
    id: root

    required property AlertsViewModel alerts

    signal taskAsked(string caseId)

    objectName: "alertsPage"
    color: Theme.background

    FaSplit {
        id: split

        anchors.fill: parent
        ratio: root.width >= Theme.wide ? 0.4 : 0.45
        showSecond: root.alerts.selected !== ""
        first: AlertList {
            anchors.fill: parent
            alerts: root.alerts
            onTaskAsked: caseId => root.taskAsked(caseId)
        }
        second: [
            FaEmpty {
                objectName: "alerts.nothingOpen"
                anchors.fill: parent
                visible: root.alerts.sheet.alertId === "" && root.alerts.items.count > 0
                iconName: "bell"
                title: qsTr("请选择一条预警")
                text: qsTr("等您处理的在最上面，越紧急越靠前")
            },
            LazyPage {
                anchors.fill: parent
                shown: root.alerts.sheet.alertId !== ""

                AlertDetail {
                    alerts: root.alerts
                    showBack: split.stacked
                    onActAsked: kind => dialog.ask(kind)
                }
            }
        ]
    }
    AlertDialog {
        id: dialog

        alerts: root.alerts
    }
}
