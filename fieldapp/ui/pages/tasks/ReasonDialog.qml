// Declining, returning, asking for more time, arriving far away: one text that says why, kept while it is typed.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui
import fieldapp.viewmodels
import "../capture"

FaDialog {
    id: root

    required property TasksViewModel tasks
    readonly property ActDraftViewModel draft: root.tasks.draft
    readonly property bool wanted: ["decline", "return", "ask_delay", "ask_suspend", "learn", "arrive"].includes(root.draft.kind)
    objectName: "tasks.reason"
    title: root.draft.kind === "arrive" ? words.doIt("arrive") : words.ask(root.draft.kind)
    readonly property list<int> delays: [240, 480, 960, 2400]
    text: root.draft.kind === "arrive" ? qsTr("距案件位置 %1，请说明原因；不写也可以到场。").arg(words.metres(root.tasks.sheet.distance)) : form.hint
    acceptText: root.draft.kind === "arrive" ? qsTr("确认到场") : qsTr("提交")
    acceptEnabled: (root.draft.hasNote || !root.draft.needsNote) && !root.tasks.settling && !gone.stuck
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
    FormWords {
        id: form

        kind: root.draft.kind
    }
    StuckDraft {
        id: gone

        tasks: root.tasks
    }
    FaSegmented {
        objectName: "tasks.reason.delay"
        label: qsTr("延长多久（工作时间）")
        labels: [qsTr("4 小时"), qsTr("1 天"), qsTr("2 天"), qsTr("5 天")]
        currentIndex: root.delays.indexOf(root.draft.minutes)
        visible: root.draft.kind === "ask_delay"
        Layout.fillWidth: true
        onActivated: index => root.draft.askMinutes(root.delays[index])
    }
    VersionsCard {
        versions: root.draft.versions
        noteName: form.label
    }
    FaTextArea {
        objectName: "tasks.reason.note"
        label: form.label
        mandatory: root.draft.needsNote
        lines: 3
        value: root.draft.note
        error: root.draft.noteError
        phrases: form.phrases
        Layout.fillWidth: true
        onEdited: fullText => root.draft.edit(fullText)
    }
}
