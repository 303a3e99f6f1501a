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

    // The question's number; -1 for the visit as a whole.
    signal shootAsked(int question)
    signal importAsked(int question)

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
            RowLayout {
                spacing: Theme.spaceS
                Layout.fillWidth: true

                FaText {
                    text: (asked.number + 1) + ". " + asked.question
                    strong: true
                    Layout.fillWidth: true
                }
                FaIconButton {
                    objectName: "visit.shoot." + asked.number
                    kind: "secondary"
                    iconName: root.visit.pictures.hasCamera ? "camera" : "import"
                    text: qsTr("第 %1 项拍照").arg(asked.number + 1)
                    onClicked: root.visit.pictures.hasCamera ? root.shootAsked(asked.number) : root.importAsked(asked.number)
                }
            }
            FaSegmented {
                objectName: "visit.answer." + asked.number
                labels: [qsTr("符合"), qsTr("不符合"), qsTr("不涉及")]
                tones: ["normal", "danger", "normal"]
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
            VisitPhotos {
                visit: root.visit
                question: asked.number
                visible: photos.count > 0
            }
        }
    }
    FaDivider {
        visible: root.visit.item !== ""
        Layout.fillWidth: true
    }
    FaText {
        text: qsTr("其他现场照片")
        strong: true
        Layout.fillWidth: true
    }
    VisitPhotos {
        visit: root.visit
        question: -1
        visible: photos.count > 0
    }
    Flow {
        spacing: Theme.spaceM
        Layout.fillWidth: true

        FaButton {
            objectName: "visit.shoot"
            kind: "secondary"
            text: qsTr("拍照")
            iconName: "camera"
            visible: root.visit.pictures.hasCamera
            onClicked: root.shootAsked(-1)
        }
        FaButton {
            objectName: "visit.import"
            kind: "secondary"
            text: qsTr("导入照片")
            iconName: "import"
            onClicked: root.importAsked(-1)
        }
    }
}
