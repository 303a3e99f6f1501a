// One report of one's own: what, where, and how far it has got.
pragma ComponentBehavior: Bound

import QtQuick
import fieldapp.ui
import "../tasks"

FaListRow {
    id: root

    required title
    required status
    required property string caseId
    required property string shortId
    required property string note
    required property string address
    required property string plate
    required property string stage
    required property string when

    readonly property TaskWords words: TaskWords {}
    readonly property string said: root.stage === "" ? "" : root.stage === "reported" ? qsTr("待立案") : root.words.state(root.stage)

    objectName: "reports.row." + root.caseId
    iconName: root.stage === "" ? "send" : root.stage === "reported" ? "send" : root.words.sign(root.stage)
    iconTone: root.stage === "" ? "normal" : root.words.tone(root.stage)
    subtitle: [root.plate, root.note.replace(/[。.]$/, ""), root.address].filter(part => part !== "").join(" · ")
    subtitleLines: 2
    meta: [root.said, root.when].filter(part => part !== "").join("\n")
}
