// The check list: each question answered by one tap, with a note; and photos of what was found.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui
import fieldapp.viewmodels

FaCard {
    id: root

    required property VisitViewModel visit
    readonly property list<string> findings: ["met", "not_met", "not_applicable"]

    signal importAsked

    title: qsTr("检查表")
    subtitle: root.visit.item === "" ? qsTr("先选择检查事项") : qsTr("已答 %1").arg(root.visit.progress)
    iconName: "check-circle"
    Layout.fillWidth: true

    Repeater {
        model: root.visit.questions
        delegate: ColumnLayout {
            id: asked

            required property int number
            required property string question
            required property string finding
            required property string note

            spacing: Theme.spaceS
            Layout.fillWidth: true

            FaDivider {
                visible: asked.number > 0
                Layout.fillWidth: true
            }
            FaText {
                text: (asked.number + 1) + ". " + asked.question
                strong: true
                Layout.fillWidth: true
            }
            FaSegmented {
                objectName: "visit.answer." + asked.number
                labels: [qsTr("符合"), qsTr("不符合"), qsTr("不涉及")]
                currentIndex: root.findings.indexOf(asked.finding)
                Layout.fillWidth: true
                onActivated: index => root.visit.answer(asked.number, root.findings[index])
            }
            FaTextField {
                objectName: "visit.remark." + asked.number
                placeholder: qsTr("说明")
                value: asked.note
                visible: asked.finding === "not_met" || asked.note !== ""
                maximumLength: 500
                Layout.fillWidth: true
                onEdited: fullText => root.visit.remark(asked.number, fullText)
            }
        }
    }
    FaButton {
        objectName: "visit.import"
        kind: "secondary"
        text: root.visit.photos > 0 ? qsTr("导入照片（已有 %1 张）").arg(root.visit.photos) : qsTr("导入照片")
        iconName: "photos"
        onClicked: root.importAsked()
    }
}
