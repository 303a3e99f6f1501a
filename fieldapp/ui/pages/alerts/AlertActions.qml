// The foot of an alert: one large button for what comes next, the rest beside it, and the call for reinforcement.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui
import fieldapp.viewmodels

Rectangle {
    id: root

    required property AlertsViewModel alerts
    readonly property AlertSheetViewModel sheet: root.alerts.sheet
    readonly property list<string> offered: root.sheet.offered
    readonly property string next: ["take", "done", "reopen"].find(kind => root.offered.includes(kind)) ?? ""
    readonly property list<string> rest: ["pass_on", "release", "dismiss"].filter(kind => root.offered.includes(kind))

    readonly property bool urgent: root.sheet.suggested === "call_reinforcement" && root.offered.length > 0

    signal actAsked(string kind)

    function word(kind: string): string {
        switch (kind) {
        case "take": return qsTr("接手处理");
        case "done": return qsTr("处理完毕");
        case "reopen": return qsTr("重新打开");
        case "pass_on": return qsTr("转交");
        case "release": return qsTr("放回");
        case "dismiss": return qsTr("忽略");
        default: return "";
        }
    }

    function sign(kind: string): string {
        return kind === "take" ? "check" : kind === "done" ? "check-circle" : kind === "pass_on" ? "users" : kind === "dismiss" ? "cross"
            : kind === "release" || kind === "reopen" ? "undo" : "";
    }

    implicitHeight: column.implicitHeight + 2 * Theme.spaceM
    color: Theme.surface

    Rectangle {
        width: parent.width
        height: Theme.line
        color: Theme.sunlight ? Theme.outlineStrong : Theme.outline
    }
    ColumnLayout {
        id: column

        anchors.centerIn: parent
        width: Math.min(parent.width - 2 * Theme.spaceL, Theme.readable)
        spacing: Theme.spaceS

        // The call for help stands beside what comes next: two rows at most, in any language.
        GridLayout {
            columns: root.width < 520 * Theme.textScale ? 1 : 2
            columnSpacing: Theme.spaceM
            rowSpacing: Theme.spaceS
            Layout.fillWidth: true

            FaText {
                objectName: "alerts.rest"
                text: root.sheet.stand
                color: Theme.textMuted
                visible: root.next === "" && root.rest.length === 0
                Layout.fillWidth: true
                Layout.minimumHeight: Theme.target
                verticalAlignment: Text.AlignVCenter
            }
            FaButton {
                objectName: "alerts.primary"
                text: root.word(root.next)
                iconName: root.sign(root.next)
                large: true
                visible: root.next !== ""
                busy: root.alerts.busy
                Layout.fillWidth: true
                onClicked: root.next === "done" ? root.actAsked("done") : root.alerts.act(root.next, "", "")
            }
            FaButton {
                objectName: "alerts.side.call"
                kind: root.urgent ? "danger" : "secondary"
                large: true
                text: qsTr("呼叫增援")
                iconName: "siren"
                visible: root.alerts.mayCall && root.alerts.filter === "open"
                enabled: !root.alerts.busy
                Layout.fillWidth: parent.columns === 1
                onClicked: root.actAsked("call")
            }
        }
        Flow {
            spacing: Theme.spaceS
            visible: root.rest.length > 0
            Layout.fillWidth: true

            Repeater {
                model: root.rest

                FaButton {
                    required property string modelData

                    objectName: "alerts.side." + modelData
                    kind: "secondary"
                    text: root.word(modelData)
                    iconName: root.sign(modelData)
                    enabled: !root.alerts.busy
                    onClicked: modelData === "release" ? root.alerts.act("release", "", "") : root.actAsked(modelData)
                }
            }
        }
    }
}
