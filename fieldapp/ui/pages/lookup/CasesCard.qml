// The truck's recent cases, newest first.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui
import fieldapp.viewmodels
import "../tasks"

FaCard {
    id: root

    required property VerdictViewModel verdict

    objectName: "lookup.cases"
    title: qsTr("此车近期案件")
    iconName: "flag"
    spacing: 0
    visible: root.verdict.answer !== ""

    TaskWords {
        id: words
    }
    FaText {
        text: qsTr("本机数据中没有")
        color: Theme.textMuted
        visible: root.verdict.cases.count === 0
        Layout.fillWidth: true
    }
    Repeater {
        model: root.verdict.cases

        ColumnLayout {
            id: line

            required property string caseId
            required property string shortId
            required property string title
            required property string stage
            required property string when
            required property string note

            objectName: "lookup.case." + line.caseId
            spacing: 2
            Layout.fillWidth: true
            Layout.topMargin: Theme.spaceS

            RowLayout {
                spacing: Theme.spaceM

                FaText {
                    text: line.title
                    strong: true
                    Layout.fillWidth: true
                }
                FaText {
                    text: [words.state(line.stage), line.when].filter(part => part !== "").join(" · ")
                    kind: "caption"
                    color: Theme.textMuted
                    wrapMode: Text.NoWrap
                }
            }
            FaText {
                text: line.note
                kind: "caption"
                color: Theme.textMuted
                maximumLineCount: 2
                elide: Text.ElideRight
                visible: text !== ""
                Layout.fillWidth: true
            }
        }
    }
}
