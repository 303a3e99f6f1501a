// "This may already be reported": the likeliest open case, one tap to add to it, one to say it is something else.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui
import fieldapp.viewmodels
import "../tasks"

Rectangle {
    id: root

    required property CaptureViewModel capture

    readonly property SameCaseViewModel same: root.capture.same
    property int at: 0

    objectName: "same"
    visible: root.same.shown
    implicitHeight: visible ? column.implicitHeight + 2 * Theme.spaceM : 0
    color: Theme.warningSoft

    TaskWords {
        id: words
    }
    Connections {
        target: root.same

        function onChanged(): void {
            if (root.at >= root.same.cases.count)
                root.at = 0;
        }
    }
    ColumnLayout {
        id: column

        anchors.fill: parent
        anchors.margins: Theme.spaceM
        anchors.leftMargin: Theme.spaceL
        anchors.rightMargin: Theme.spaceL
        spacing: Theme.spaceS

        RowLayout {
            spacing: Theme.spaceM

            FaIcon {
                name: "warning"
                color: Theme.warningSoftInk
            }
            FaText {
                objectName: "same.title"
                text: root.same.cases.count > 1 ? qsTr("可能已经上报过（%1/%2）").arg(root.at + 1).arg(root.same.cases.count)
                    : qsTr("可能已经上报过")
                strong: true
                color: Theme.warningSoftInk
                Layout.fillWidth: true
            }
            FaIconButton {
                objectName: "same.next"
                iconName: "chevron-right"
                text: qsTr("看下一起")
                visible: root.same.cases.count > 1
                onClicked: root.at = (root.at + 1) % root.same.cases.count
            }
        }
        Repeater {
            model: root.same.cases

            ColumnLayout {
                id: one

                required property int index
                required property string caseId
                required property string shortId
                required property string title
                required property string stage
                required property string when
                required property string note
                required property int metres
                required property bool picture
                required property bool own

                visible: one.index === root.at
                spacing: Theme.spaceS
                Layout.fillWidth: true

                FaText {
                    objectName: "same.facts." + one.index
                    text: [one.title, one.metres < 0 ? qsTr("同一网格") : one.metres < 10 ? qsTr("就在此处") : qsTr("约 %1 米").arg(one.metres),
                        one.picture ? qsTr("照片相似") : "", one.own ? qsTr("本机未送达") : words.state(one.stage), one.when]
                        .filter(part => part !== "").join(" · ")
                    color: Theme.warningSoftInk
                    Layout.fillWidth: true
                }
                FaText {
                    text: one.note
                    kind: "caption"
                    color: Theme.warningSoftInk
                    maximumLineCount: 1
                    elide: Text.ElideRight
                    visible: text !== "" && Theme.textScale < 1.5
                    Layout.fillWidth: true
                }
                Flow {
                    spacing: Theme.spaceM
                    Layout.fillWidth: true

                    FaButton {
                        objectName: "same.join." + one.index
                        text: qsTr("补充到此案")
                        iconName: "plus"
                        kind: "secondary"
                        enabled: !root.capture.submitting && (root.capture.photos.count > 0 || root.capture.form.noteLength > 0)
                        Accessible.description: qsTr("照片和说明补充到案件 %1，不另立一起").arg(one.shortId)
                        onClicked: root.capture.joinCase(one.caseId)
                    }
                    FaButton {
                        objectName: "same.other." + one.index
                        text: qsTr("不是同一件")
                        kind: "quiet"
                        onClicked: root.same.dismiss()
                    }
                }
            }
        }
    }
}
