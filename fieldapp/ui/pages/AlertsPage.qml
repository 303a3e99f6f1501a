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
        second: AlertDetail {
            anchors.fill: parent
            alerts: root.alerts
            showBack: split.stacked
            onActAsked: kind => dialog.ask(kind)
        }
    }
    AlertDialog {
        id: dialog

        alerts: root.alerts
    }
}
