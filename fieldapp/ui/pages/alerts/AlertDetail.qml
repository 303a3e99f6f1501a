// One alert: what is suggested, the truck, the place, what was measured, who comes to help, what was done.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui
import fieldapp.viewmodels
import "../tasks"

Item {
    id: root

    required property AlertsViewModel alerts
    property bool showBack: false
    readonly property AlertSheetViewModel sheet: root.alerts.sheet
    readonly property bool shown: root.sheet.alertId !== ""
    readonly property bool roomy: root.width > 620 * Theme.textScale

    signal actAsked(string kind)

    ColumnLayout {
        anchors.fill: parent
        spacing: 0
        visible: root.shown

        FaPageHeader {
            objectName: "alerts.detail"
            title: root.sheet.title
            subtitle: [root.sheet.plate, root.sheet.when].filter(part => part !== "").join(" · ")
            showBack: root.showBack
            onBack: root.alerts.open("")

            TaskPill {
                objectName: "alerts.severity"
                tone: root.sheet.tone
                text: root.sheet.severity
                filled: true
            }
            TaskPill {
                objectName: "alerts.stand"
                tone: root.sheet.mine ? "primary" : "normal"
                text: root.sheet.stand
                visible: text !== "" && root.roomy
            }
        }
        FaScroll {
            objectName: "alerts.scroll"
            of: root.sheet.alertId
            padding: Theme.spaceL
            maximumWidth: Theme.readable
            Layout.fillWidth: true
            Layout.fillHeight: true

            FaBanner {
                objectName: "alerts.refusedBanner"
                kind: "danger"
                title: qsTr("服务器没有接受您的操作")
                text: root.sheet.refused
                actionText: qsTr("知道了")
                onAction: root.alerts.understood(root.sheet.alertId)
                visible: root.sheet.refused !== ""
            }
            FaBanner {
                objectName: "alerts.suggestion"
                kind: root.sheet.tone
                iconName: "info"
                title: qsTr("建议：%1").arg(root.sheet.suggestion)
                visible: root.sheet.suggestion !== ""
            }
            Repeater {
                model: root.sheet.calls

                CallCard {
                    linked: false
                    busy: root.alerts.busy
                    onAnswered: kind => root.alerts.answerCall(callId, kind)
                    onUnderstood: root.alerts.understood(callId)
                }
            }
            AlertFacts {
                sheet: root.sheet
                standShown: root.roomy
                onMapAsked: root.alerts.askMap()
                onPictureAsked: root.alerts.fetchPicture()
                onTruckAsked: root.alerts.askLookUp()
            }
            FaCard {
                title: qsTr("处理记录")
                iconName: "list"

                FaText {
                    text: qsTr("还没有人处理")
                    color: Theme.textMuted
                    visible: root.sheet.history.count === 0
                    Layout.fillWidth: true
                }
                Repeater {
                    model: root.sheet.history

                    AlertPast {
                        Layout.fillWidth: true
                    }
                }
            }
        }
        AlertActions {
            alerts: root.alerts
            Layout.fillWidth: true
            onActAsked: kind => root.actAsked(kind)
        }
    }
}
