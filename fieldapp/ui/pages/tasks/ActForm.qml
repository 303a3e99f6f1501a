// Handling or feeding back: photos of before and after, a note, and one button that saves it.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui
import fieldapp.viewmodels
import "../capture"

Rectangle {
    id: root

    required property TasksViewModel tasks
    readonly property ActDraftViewModel draft: root.tasks.draft
    // Who checks has to be there: said where he is not, and never in the way.
    readonly property bool onSite: ["confirm", "deny", "verify", "reject"].includes(root.draft.kind)
    readonly property TaskSheetViewModel sheet: root.tasks.sheet
    readonly property bool narrow: root.width < 620 * Theme.textScale

    signal shootAsked(string role)
    signal importAsked(string role)

    color: Theme.background

    TaskWords {
        id: words
    }
    FormWords {
        id: form

        kind: root.draft.kind
    }
    MouseArea {
        anchors.fill: parent
    }
    ColumnLayout {
        anchors.fill: parent
        spacing: 0

        FaPageHeader {
            objectName: "tasks.form"
            title: words.form(root.draft.kind)
            subtitle: root.tasks.sheet.title
            showBack: true
            onBack: root.draft.close()
        }
        FaScroll {
            padding: Theme.spaceL
            maximumWidth: Theme.readable
            Layout.fillWidth: true
            Layout.fillHeight: true

            FaText {
                objectName: "tasks.form.hint"
                text: form.hint
                color: Theme.textMuted
                visible: text !== ""
                Layout.fillWidth: true
            }
            StuckDraft {
                id: gone

                tasks: root.tasks
            }
            FaBanner {
                objectName: "tasks.form.far"
                kind: "warning"
                iconName: root.sheet.far ? "location" : "gps-off"
                title: root.sheet.far ? qsTr("距案件位置 %1，不在现场").arg(words.metres(root.sheet.distance)) : qsTr("没有定位")
                text: root.sheet.far ? qsTr("核查须到现场；仍可提交，所在位置会写入记录") : qsTr("仍可提交，记录将不含位置")
                visible: root.onSite && (root.sheet.far || root.sheet.distance < 0)
            }
            GridLayout {
                columns: root.narrow || !root.draft.paired ? 1 : 2
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
                    visible: root.draft.paired
                    onShootAsked: root.shootAsked("before")
                    onImportAsked: root.importAsked("before")
                }
                ActSide {
                    role: root.draft.paired ? "after" : "scene"
                    title: root.draft.paired ? qsTr("处置后") : qsTr("现场照片")
                    draft: root.draft
                    photos: root.draft.after
                    onShootAsked: root.shootAsked(role)
                    onImportAsked: root.importAsked(role)
                }
            }
            FaButton {
                objectName: "tasks.compare.open"
                kind: "secondary"
                iconName: "photos"
                text: qsTr("前后对比")
                visible: root.draft.paired && root.draft.before.count > 0 && root.draft.after.count > 0
                onClicked: compare.show(root.draft.before.larges()[0], root.draft.after.larges()[0])
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
            VersionsCard {
                versions: root.draft.versions
                noteName: form.label
            }
            FaTextArea {
                objectName: "tasks.note"
                label: form.label
                placeholder: form.placeholder
                mandatory: root.draft.needsNote
                value: root.draft.note
                error: root.draft.noteError
                countLimit: 10000
                phrases: form.phrases
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
                    text: form.submit
                    iconName: "check"
                    busy: root.draft.busy
                    enabled: !root.tasks.settling && !gone.stuck && root.draft.inHand === 0 && root.draft.missing !== "both" && (root.draft.hasNote || !root.draft.needsNote)
                    Layout.fillWidth: true
                    onClicked: root.tasks.submitDraft()
                }
            }
        }
    }
    BeforeAfter {
        id: compare
    }
}
