// Handling or feeding back: photos of before and after, a note, and one button that saves it.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui
import fieldapp.viewmodels

Rectangle {
    id: root

    required property TasksViewModel tasks
    readonly property ActDraftViewModel draft: root.tasks.draft
    readonly property bool handling: root.draft.kind === "handle"
    readonly property bool narrow: root.width < 620 * Theme.textScale

    signal shootAsked(string role)
    signal importAsked(string role)

    color: Theme.background

    MouseArea {
        anchors.fill: parent
    }
    ColumnLayout {
        anchors.fill: parent
        spacing: 0

        FaPageHeader {
            objectName: "tasks.form"
            title: root.handling ? qsTr("记录处置") : qsTr("反馈结果")
            subtitle: root.tasks.sheet.title
            showBack: true
            onBack: root.draft.close()
        }
        FaScroll {
            padding: Theme.spaceL
            maximumWidth: Theme.readable
            Layout.fillWidth: true
            Layout.fillHeight: true

            GridLayout {
                columns: root.narrow ? 1 : 2
                columnSpacing: Theme.spaceL
                rowSpacing: Theme.spaceL
                uniformCellWidths: true
                visible: root.draft.takesPhotos
                Layout.fillWidth: true

                ActSide {
                    role: "before"
                    title: qsTr("处置前")
                    draft: root.draft
                    photos: root.draft.before
                    onShootAsked: root.shootAsked("before")
                    onImportAsked: root.importAsked("before")
                }
                ActSide {
                    role: "after"
                    title: qsTr("处置后")
                    draft: root.draft
                    photos: root.draft.after
                    onShootAsked: root.shootAsked("after")
                    onImportAsked: root.importAsked("after")
                }
            }
            FaBanner {
                objectName: "tasks.missing"
                kind: root.draft.missing === "both" ? "info" : "warning"
                iconName: "photos"
                title: root.draft.missing === "both" ? qsTr("至少需要一张照片")
                    : root.draft.missing === "before" ? qsTr("缺少处置前的照片") : qsTr("缺少处置后的照片")
                text: root.draft.missing === "both" ? qsTr("处置前后各拍一张，便于核查")
                    : qsTr("没有前后对比，核查人员看不到变化；仍可提交")
                visible: root.draft.missing !== ""
            }
            FaTextArea {
                objectName: "tasks.note"
                label: root.handling ? qsTr("处置说明") : qsTr("反馈说明")
                placeholder: root.handling ? qsTr("做了什么，结果如何") : qsTr("处置结果，是否需要后续")
                value: root.draft.note
                error: root.draft.noteError
                countLimit: 10000
                phrases: root.handling ? [qsTr("已清理完毕"), qsTr("已劝离"), qsTr("已责令整改"), qsTr("已修复"), qsTr("已设警示标志")]
                    : [qsTr("已处置完毕，请核查"), qsTr("当事人已自行整改"), qsTr("需继续跟进")]
                Layout.fillWidth: true
                onEdited: fullText => root.draft.edit(fullText)
            }
        }
        Rectangle {
            implicitHeight: foot.implicitHeight + 2 * Theme.spaceM
            color: Theme.surface
            Layout.fillWidth: true

            Rectangle {
                width: parent.width
                height: Theme.line
                color: Theme.sunlight ? Theme.outlineStrong : Theme.outline
            }
            ColumnLayout {
                id: foot

                anchors.centerIn: parent
                width: Math.min(parent.width - 2 * Theme.spaceL, Theme.readable)
                spacing: Theme.spaceS

                FaText {
                    text: root.draft.inHand > 0 ? qsTr("正在保存照片…") : qsTr("内容自动保存在本机")
                    kind: "caption"
                    color: Theme.textMuted
                    Layout.fillWidth: true
                }
                FaButton {
                    objectName: "tasks.submit"
                    text: root.handling ? qsTr("提交处置") : qsTr("提交反馈")
                    iconName: "check"
                    busy: root.draft.busy
                    enabled: !root.tasks.settling && root.draft.inHand === 0 && root.draft.missing !== "both"
                    Layout.fillWidth: true
                    onClicked: root.tasks.submitDraft()
                }
            }
        }
    }
}
