// One task: where it stands, its facts and history, and at the foot what comes next.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui
import fieldapp.viewmodels

Item {
    id: root

    required property TasksViewModel tasks
    property bool showBack: false
    property bool mayCall: false
    property PhotoDeskViewModel photoDesk: null
    readonly property TaskSheetViewModel sheet: root.tasks.sheet

    signal mapAsked
    signal talkAsked
    signal helpAsked

    TaskWords {
        id: words
    }

    ColumnLayout {
        anchors.fill: parent
        spacing: 0
        visible: root.sheet.caseId !== ""

        FaPageHeader {
            objectName: "tasks.detail"
            title: root.sheet.title
            subtitle: root.sheet.place
            showBack: root.showBack
            onBack: root.tasks.open("")

            TaskPill {
                objectName: "tasks.state"
                tone: words.tone(root.sheet.caseState)
                iconName: words.sign(root.sheet.caseState)
                text: words.state(root.sheet.caseState)
                filled: root.sheet.caseState === "dispatched"
            }
            FaIconButton {
                objectName: "tasks.help"
                iconName: "siren"
                text: qsTr("呼叫增援")
                kind: "secondary"
                visible: root.mayCall && root.sheet.mine && root.sheet.nextAct !== ""
                onClicked: root.helpAsked()
            }
            FaIconButton {
                objectName: "tasks.talk"
                iconName: "comment"
                text: qsTr("消息")
                kind: "secondary"
                onClicked: root.talkAsked()
            }
        }
        FaScroll {
            objectName: "tasks.scroll"
            of: root.sheet.caseId
            padding: Theme.spaceL
            maximumWidth: Theme.readable
            Layout.fillWidth: true
            Layout.fillHeight: true

            FaBanner {
                objectName: "tasks.refusedBanner"
                kind: "danger"
                title: qsTr("服务器没有接受您的操作")
                text: qsTr("%1案件已恢复为服务器上的状态。").arg(root.sheet.refusedText)
                visible: root.sheet.refused > 0
            }
            FaBanner {
                objectName: "tasks.clashBanner"
                kind: "warning"
                iconName: "users"
                title: qsTr("%1 已离线处置，等待指挥席裁定").arg(root.sheet.clash)
                text: qsTr("处置记录和照片都保留着，双方都能看到；是否采用由指挥席决定")
                visible: root.sheet.clash !== ""
            }
            FaBanner {
                objectName: "tasks.reassignedBanner"
                kind: "warning"
                iconName: "users"
                title: words.given(root.sheet.givenTo !== "" ? root.sheet.givenTo : root.sheet.assignee, root.sheet.givenAt)
                text: qsTr("您做过的记录都保留着；未提交的草稿在发件箱中")
                actionText: root.sheet.canPutAway ? qsTr("从列表收起") : ""
                visible: root.sheet.caseState === "reassigned"
                onAction: root.tasks.putAway()
            }
            FaBanner {
                kind: "warning"
                iconName: "eye"
                title: qsTr("领导督办")
                visible: root.sheet.supervised && root.sheet.nextAct !== ""
            }
            FaCard {
                visible: root.sheet.mine

                TaskSteps {
                    steps: root.sheet.steps
                    times: root.sheet.stepTimes
                    live: root.sheet.nextAct !== ""
                    Layout.fillWidth: true
                }
            }
            TaskFacts {
                sheet: root.sheet
                photoDesk: root.photoDesk
                onMapAsked: root.mapAsked()
            }
            FaCard {
                title: qsTr("办理记录")
                iconName: "list"

                TaskHistory {
                    model: root.tasks.history
                    caseId: root.sheet.caseId
                    photoDesk: root.photoDesk
                    Layout.fillWidth: true
                }
            }
        }
        TaskActions {
            tasks: root.tasks
            Layout.fillWidth: true
        }
    }
}
