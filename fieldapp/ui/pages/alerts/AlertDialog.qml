// What has to be said with an answer: why it is dismissed, to whom it is given, what was found, why help is wanted.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Controls.Basic as Basic
import fieldapp.ui
import fieldapp.viewmodels

FaDialog {
    id: root

    required property AlertsViewModel alerts
    property string act: ""
    property string note: ""
    property string person: ""
    // The case help is wanted with; "" for the alert that is open.
    property string caseId: ""

    readonly property list<string> phrases: root.act === "dismiss" ? [qsTr("误报"), qsTr("现场核实无异常"), qsTr("已由他人处理"), qsTr("重复预警")]
        : root.act === "done" ? [qsTr("已劝离"), qsTr("已责令整改"), qsTr("已上报案件"), qsTr("已移交执法")]
        : root.act === "call" ? [qsTr("车辆拒检"), qsTr("多人围堵"), qsTr("需要拦截"), qsTr("需要拖车")] : []

    function ask(act: string): void {
        root.act = act;
        root.note = "";
        root.person = "";
        root.caseId = "";
        root.open();
    }

    function askForCase(caseId: string): void {
        root.ask("call");
        root.caseId = caseId;
    }

    objectName: "alerts.dialog"
    kind: root.act === "call" ? "danger" : "primary"
    iconName: root.act === "call" ? "siren" : root.act === "pass_on" ? "users" : ""
    title: root.act === "dismiss" ? qsTr("忽略预警") : root.act === "pass_on" ? qsTr("转交给谁")
        : root.act === "done" ? qsTr("处理完毕") : qsTr("呼叫增援")
    text: root.act === "dismiss" ? qsTr("请写明原因，它会留在记录里。") : root.act === "pass_on" ? qsTr("对方接手前，预警记在对方名下。")
        : root.act === "done" ? qsTr("可以写下结果；需要立案的问题请另行上报。") : qsTr("指挥中心会呼叫离您最近的空闲小队。没有网络时请同时打电话。")
    acceptText: root.act === "call" ? qsTr("呼叫") : qsTr("提交")
    acceptEnabled: (root.act !== "dismiss" || root.note.trim() !== "") && (root.act !== "pass_on" || root.person !== "")
    closePolicy: FaDialog.CloseOnEscape
    onAccepted: {
        if (root.act === "call")
            root.alerts.call(root.caseId, root.note);
        else
            root.alerts.act(root.act, root.note, root.person);
    }

    ListView {
        id: people

        objectName: "alerts.people"
        model: root.alerts.sheet.people
        visible: root.act === "pass_on"
        clip: true
        spacing: Theme.spaceXs
        boundsBehavior: Flickable.StopAtBounds
        implicitHeight: Math.min(contentHeight, 300 * Theme.textScale)
        Accessible.role: Accessible.List
        Accessible.name: root.title
        Layout.fillWidth: true

        Basic.ScrollBar.vertical: FaScrollBar {}

        delegate: FaListRow {
            required property string number
            required property string name
            required property string squad

            objectName: "alerts.person." + number
            width: people.width - Theme.spaceM
            title: name
            subtitle: [squad, number].filter(part => part !== "").join(" · ")
            iconName: "user"
            selected: root.person === number
            onClicked: root.person = number
        }
    }
    FaText {
        text: qsTr("没有可以转交的人")
        color: Theme.textMuted
        visible: root.act === "pass_on" && root.alerts.sheet.people.count === 0
        Layout.fillWidth: true
    }
    FaTextArea {
        objectName: "alerts.dialog.note"
        label: root.act === "dismiss" ? qsTr("原因") : qsTr("说明")
        mandatory: root.act === "dismiss"
        lines: 2
        value: root.note
        phrases: root.phrases
        Layout.fillWidth: true
        onEdited: fullText => root.note = fullText
    }
}
