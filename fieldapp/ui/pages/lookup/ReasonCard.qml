// Why, strongest first, each with what to do next.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui
import fieldapp.viewmodels

FaCard {
    id: root

    required property VerdictViewModel verdict
    required property ConditionsViewModel conditions

    objectName: "lookup.reasons"
    title: root.verdict.answer === "allowed" ? qsTr("核对结果") : qsTr("原因和下一步")
    spacing: Theme.spaceM
    visible: root.verdict.reasons.count > 0

    Repeater {
        model: root.verdict.reasons

        RowLayout {
            id: line

            required property string code
            required property string text
            required property string advice
            required property string tone

            objectName: "lookup.reason." + line.code
            spacing: Theme.spaceM
            Layout.fillWidth: true
            Accessible.role: Accessible.StaticText
            Accessible.name: line.text
            Accessible.description: line.advice

            FaTone {
                id: colors

                tone: line.tone === "danger" || line.tone === "warning" || line.tone === "success" ? line.tone : "normal"
            }
            FaIcon {
                name: line.tone === "danger" ? "octagon" : line.tone === "warning" ? "warning" : line.tone === "success" ? "check-circle" : line.tone === "unknown" ? "question" : "info"
                color: colors.fill
                Layout.alignment: Qt.AlignTop
            }
            ColumnLayout {
                spacing: 2
                Layout.fillWidth: true

                FaText {
                    text: line.text
                    strong: line.tone === "danger" || line.tone === "warning" || line.tone === "unknown"
                    color: line.tone === "remark" ? Theme.textMuted : Theme.text
                    Accessible.ignored: true
                    Layout.fillWidth: true
                }
                FaText {
                    text: line.advice
                    color: Theme.textMuted
                    visible: text !== ""
                    Accessible.ignored: true
                    Layout.fillWidth: true
                }
            }
        }
    }
    FaButton {
        objectName: "lookup.pinHere"
        kind: "secondary"
        large: true
        text: qsTr("在地图上选点")
        iconName: "flag"
        visible: root.verdict.answer !== "" && !root.verdict.placed
        Layout.fillWidth: true
        onClicked: root.conditions.askPin()
    }
}
