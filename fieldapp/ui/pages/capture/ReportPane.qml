// The report form: photos, class, note, place, truck; always the same order, the button always in reach.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui
import fieldapp.viewmodels

Item {
    id: root

    required property CaptureViewModel capture
    property bool withCamera: false

    readonly property CaptureFormViewModel form: root.capture.form

    signal cameraAsked
    signal importAsked
    signal classAsked
    signal unitAsked
    signal draftsAsked
    signal coordinatesAsked
    signal giveUpAsked

    ColumnLayout {
        anchors.fill: parent
        spacing: 0

        FaPageHeader {
            title: qsTr("上报")
            subtitle: root.capture.empty ? "" : qsTr("草稿自动保存")

            FaIconButton {
                objectName: "capture.camera"
                iconName: "camera"
                text: qsTr("返回取景")
                kind: "secondary"
                visible: root.withCamera
                onClicked: root.cameraAsked()
            }
            FaIconButton {
                objectName: "capture.new"
                iconName: "plus"
                text: qsTr("另起一份")
                kind: "secondary"
                enabled: !root.capture.empty && !root.capture.submitting
                onClicked: root.capture.startNew()
            }
            FaIconButton {
                objectName: "capture.drafts"
                iconName: "draft"
                text: qsTr("草稿")
                kind: "secondary"
                badge: root.capture.shelf.drafts.count
                enabled: !root.capture.submitting
                onClicked: root.draftsAsked()
            }
        }
        FaScroll {
            id: scroll

            objectName: "capture.scroll"
            of: root.capture.draftId
            padding: Theme.spaceL
            Layout.fillWidth: true
            Layout.fillHeight: true

            CaptureNotice {
                objectName: "notice"
                shelf: root.capture.shelf
                onAction: root.capture.followNotice()
            }
            FaBanner {
                objectName: "capture.joins"
                kind: "info"
                iconName: "plus"
                title: qsTr("补充到案件 %1").arg(root.form.joinsShort)
                text: qsTr("照片、说明都会加到该案件，不另立一起。")
                actionText: qsTr("改为新上报")
                visible: root.form.joins !== ""
                onAction: root.form.standAlone()
            }
            FaBanner {
                objectName: "capture.error"
                kind: "danger"
                text: root.form.generalError
                closable: true
                visible: text !== ""
                onClosed: root.form.dismissError()
            }
            VersionsCard {
                versions: root.capture.versions
                enabled: !root.capture.submitting
            }
            PhotoSection {
                objectName: "photos.card"
                capture: root.capture
                onImportAsked: root.importAsked()
                onGiveUpAsked: root.giveUpAsked()
            }
            ClassSection {
                capture: root.capture
                visible: root.form.joins === ""
                onAsked: root.classAsked()
            }
            FaTextArea {
                objectName: "note"
                label: qsTr("情况说明")
                value: root.form.note
                placeholder: qsTr("看到了什么、在哪里、有多严重")
                phrases: root.form.phrases
                error: root.form.noteError
                note: root.form.noteLength >= 9000 ? qsTr("%1 / %2 字").arg(root.form.noteLength).arg(10000) : ""
                lines: 3
                enabled: !root.capture.submitting
                Layout.fillWidth: true
                onEdited: text => root.form.setNote(text)
            }
            SuggestSection {
                capture: root.capture
                onUnitAsked: root.unitAsked()
            }
            PlaceSection {
                capture: root.capture
                onCoordinatesAsked: root.coordinatesAsked()
            }
            FaTextField {
                objectName: "plate"
                label: qsTr("涉及车辆（选填）")
                value: root.form.plate
                placeholder: qsTr("如 粤BD12345，看不清可只写一部分")
                hint: root.form.plateDoubtful ? qsTr("不像完整的车牌，请核对；遮挡的车牌可照写。")
                    : root.form.withFacts ? qsTr("查车结论和依据随本上报一并保存。") : ""
                error: root.form.plateError
                maximumLength: 16
                enabled: !root.capture.submitting
                Layout.fillWidth: true
                onEdited: text => root.form.setPlate(text)
            }
        }
        SameCaseCard {
            capture: root.capture
            Layout.fillWidth: true
        }
        SubmitBar {
            capture: root.capture
            Layout.fillWidth: true
        }
    }
    Connections {
        target: root.capture

        function onSaved(): void {
            scroll.contentY = 0;
        }
        function onFailed(): void {
            if (root.form.generalError !== "" || root.form.photoError !== "")
                scroll.contentY = 0;
        }
    }
}
