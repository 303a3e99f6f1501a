// The foot of a task: one large button for what comes next, quiet ones for the rest, or why nothing is to be done.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui
import fieldapp.viewmodels

Rectangle {
    id: root

    required property TasksViewModel tasks
    readonly property TaskSheetViewModel sheet: root.tasks.sheet
    readonly property bool arriving: root.sheet.nextAct === "arrive"
    // Who looks on site may find either: both answers are as easy to give.
    readonly property string contrary: root.sheet.sideActs.find(kind => kind === ({confirm: "deny", verify: "reject"})[root.sheet.nextAct]) ?? ""
    readonly property list<string> others: root.sheet.sideActs.filter(kind => kind !== root.contrary)

    readonly property string hint: !root.arriving ? ""
        : root.sheet.distance < 0 ? qsTr("没有定位，到场记录将不含位置")
        : root.sheet.far ? qsTr("距案件位置 %1，较远，仍可到场").arg(words.metres(root.sheet.distance))
        : qsTr("距案件位置 %1").arg(words.metres(root.sheet.distance))

    implicitHeight: column.implicitHeight + 2 * Theme.spaceM
    color: Theme.surface

    TaskWords {
        id: words
    }

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

        RowLayout {
            spacing: Theme.spaceS
            visible: root.hint !== ""

            FaIcon {
                name: root.sheet.far ? "warning" : root.sheet.distance < 0 ? "gps-off" : "location"
                size: 20
                color: root.sheet.far || root.sheet.distance < 0 ? Theme.warning : Theme.textMuted
            }
            FaText {
                objectName: "tasks.hint"
                text: root.hint
                kind: "caption"
                color: root.sheet.far || root.sheet.distance < 0 ? Theme.warning : Theme.textMuted
                Layout.fillWidth: true
            }
        }
        RowLayout {
            spacing: Theme.spaceM
            visible: root.sheet.nextAct === ""
            Layout.minimumHeight: Theme.target

            FaIcon {
                name: words.sign(root.sheet.caseState)
                color: Theme.textMuted
            }
            FaText {
                objectName: "tasks.rest"
                text: root.tasks.duties === "decide" && root.sheet.duty ? words.decide(root.sheet.caseState) : words.rest(root.sheet.caseState, root.sheet.givenTo !== "" ? root.sheet.givenTo : root.sheet.assignee)
                color: Theme.textMuted
                Layout.fillWidth: true
            }
        }
        GridLayout {
            columns: root.width < 520 * Theme.textScale ? 1 : 2
            columnSpacing: Theme.spaceM
            rowSpacing: Theme.spaceS
            uniformCellWidths: true
            visible: root.sheet.nextAct !== ""
            Layout.fillWidth: true

            FaButton {
                objectName: "tasks.side." + root.contrary
                kind: "secondary"
                large: true
                text: words.ask(root.contrary)
                iconName: words.actSign(root.contrary)
                visible: root.contrary !== ""
                enabled: !root.tasks.settling
                Layout.fillWidth: true
                onClicked: root.tasks.act(root.contrary)
            }
            FaButton {
                objectName: "tasks.primary"
                text: words.doIt(root.sheet.nextAct)
                iconName: words.actSign(root.sheet.nextAct)
                busy: root.tasks.busy
                enabled: !root.tasks.settling || root.tasks.busy
                Layout.fillWidth: true
                onClicked: root.tasks.act(root.sheet.nextAct)
            }
        }
        Flow {
            spacing: Theme.spaceS
            visible: root.others.length > 0 || root.sheet.takeBackId !== ""
            Layout.fillWidth: true

            Repeater {
                model: root.others

                FaButton {
                    required property string modelData

                    objectName: "tasks.side." + modelData
                    kind: "quiet"
                    text: words.ask(modelData)
                    enabled: !root.tasks.settling
                    onClicked: root.tasks.act(modelData)
                }
            }
            FaButton {
                objectName: "tasks.takeBack"
                kind: "quiet"
                iconName: "undo"
                text: qsTr("撤回“%1”").arg(words.act(root.sheet.takeBackKind))
                visible: root.sheet.takeBackId !== ""
                enabled: !root.tasks.settling
                onClicked: question.ask()
            }
        }
    }
    FaDialog {
        id: question

        property string recordId: ""

        function ask(): void {
            question.recordId = root.sheet.takeBackId;
            question.title = qsTr("撤回“%1”？").arg(words.act(root.sheet.takeBackKind));
            question.open();
        }

        objectName: "tasks.takeBack.question"
        iconName: "undo"
        text: root.sheet.takeBackKind === "report" ? qsTr("案件随之撤回，不再办理；记录和照片保留。") : qsTr("案件回到这一步之前；办理记录中会写明已撤回。")
        acceptText: qsTr("撤回")
        onAccepted: root.tasks.undo(question.recordId)
    }
}
