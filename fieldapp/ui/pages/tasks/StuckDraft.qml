// An act was begun and cannot be done any more: why, and the way to be rid of its draft.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui
import fieldapp.viewmodels

ColumnLayout {
    id: root

    required property TasksViewModel tasks

    readonly property ActDraftViewModel draft: root.tasks.draft
    readonly property TaskSheetViewModel sheet: root.tasks.sheet
    readonly property bool stuck: root.draft.kind !== "" && !root.draft.busy && !root.tasks.settling && root.sheet.caseId === root.draft.caseId
        && root.sheet.nextAct !== root.draft.kind && !root.sheet.sideActs.includes(root.draft.kind)

    visible: root.stuck
    Layout.fillWidth: true

    FaBanner {
        objectName: "tasks.stuck"
        kind: "warning"
        title: root.sheet.caseState === "reassigned" ? qsTr("案件已改派给他人，这一步不能再提交") : qsTr("案件现在不能做这一步")
        text: qsTr("内容仍保留在本机；不再需要时可以删除")
        actionText: qsTr("删除草稿")
        onAction: question.open()
    }
    FaDialog {
        id: question

        objectName: "tasks.throwAway"
        kind: "danger"
        title: qsTr("删除这份草稿？")
        text: root.draft.photoCount > 0 ? qsTr("说明和 %1 张照片会从本机删除，不能恢复。").arg(root.draft.photoCount) : qsTr("写下的内容会从本机删除，不能恢复。")
        acceptText: qsTr("删除")
        onAccepted: root.draft.throwAway()
    }
}
