// Declining, returning, asking for more time: one text that says why, kept while it is typed.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui
import fieldapp.viewmodels

FaDialog {
    id: root

    required property TasksViewModel tasks
    readonly property ActDraftViewModel draft: root.tasks.draft
    readonly property bool wanted: ["decline", "return", "ask_delay", "ask_suspend"].includes(root.draft.kind)
    readonly property list<string> phrases: root.draft.kind === "decline" ? [qsTr("不属本人职责"), qsTr("不在我的网格"), qsTr("位置有误")]
        : root.draft.kind === "return" ? [qsTr("需其他部门配合"), qsTr("现场无法处置"), qsTr("现场未发现问题")]
        : root.draft.kind === "ask_delay" ? [qsTr("需专业设备"), qsTr("天气原因"), qsTr("等待配合单位")]
        : [qsTr("涉及行政复议"), qsTr("权属不清")]

    objectName: "tasks.reason"
    title: words.ask(root.draft.kind)
    text: root.draft.kind === "decline" || root.draft.kind === "return" ? qsTr("案件会退回派遣员，由其重新派遣。") : qsTr("申请会送给派遣员决定。")
    acceptText: qsTr("提交")
    acceptEnabled: root.draft.hasNote && !root.tasks.settling
    closeOnAccept: false
    busy: root.draft.busy
    onWantedChanged: root.wanted ? root.open() : root.close()
    onAsked: root.tasks.submitDraft()
    onClosed: {
        if (root.wanted)
            root.draft.close();
    }

    TaskWords {
        id: words
    }
    FaTextArea {
        objectName: "tasks.reason.note"
        label: qsTr("原因")
        mandatory: true
        lines: 3
        value: root.draft.note
        error: root.draft.noteError
        phrases: root.phrases
        Layout.fillWidth: true
        onEdited: fullText => root.draft.edit(fullText)
    }
}
