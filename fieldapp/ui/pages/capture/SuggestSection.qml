// Suggestions under the note: classes while none is chosen, then the unit; one tap each, all can be overruled.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui
import fieldapp.viewmodels

ColumnLayout {
    id: root

    required property CaptureViewModel capture

    readonly property SuggestViewModel suggest: root.capture.suggest

    signal unitAsked

    // Why a unit is shown: it answers for this, or how near the cases lie that it was given.
    function reason(reach: string, cases: int): string {
        switch (reach) {
        case "here": return qsTr("本单元网格同类案件办过 %1 件").arg(cases);
        case "near": return qsTr("附近 500 米同类案件办过 %1 件").arg(cases);
        case "street": return qsTr("本街道同类案件办过 %1 件").arg(cases);
        case "district": return qsTr("本区同类案件办过 %1 件").arg(cases);
        case "city": return qsTr("全市同类案件办过 %1 件").arg(cases);
        case "answers": return qsTr("负责此处的这类问题");
        case "kin_near": return qsTr("附近相近类别的案件办过 %1 件").arg(cases);
        case "kin": return qsTr("相近类别的案件办过 %1 件").arg(cases);
        default: return "";
        }
    }

    spacing: Theme.spaceS
    visible: root.capture.form.joins === "" && (root.suggest.classes.count > 0 || root.suggest.nameable)
    Layout.fillWidth: true

    FaText {
        text: root.suggest.classes.count > 0 ? qsTr("可能的类别")
            : root.suggest.chosen ? qsTr("责任单位（由派遣员决定）") : qsTr("责任单位（建议，由派遣员决定）")
        kind: "label"
        Layout.fillWidth: true
    }
    Flow {
        spacing: Theme.spaceS
        visible: root.suggest.classes.count > 0
        Layout.fillWidth: true

        Repeater {
            id: classes

            model: root.suggest.classes

            FaChip {
                required property string key
                required property string label
                required property bool fromNote

                objectName: "suggest.class." + key
                iconName: fromNote ? "edit" : "grid"
                text: label
                enabled: !root.capture.submitting
                Accessible.description: fromNote ? qsTr("说明里提到") : qsTr("本社区常见")
                onClicked: root.capture.classes.choose(key)
            }
        }
    }
    Flow {
        spacing: Theme.spaceS
        visible: root.suggest.nameable
        Layout.fillWidth: true

        Repeater {
            model: root.suggest.units

            FaChip {
                required property string key
                required property string label
                required property bool chosen
                required property string reach
                required property int cases

                objectName: "suggest.unit." + key
                text: label
                checkable: false
                checked: chosen
                enabled: !root.capture.submitting
                Accessible.description: root.reason(reach, cases)
                onClicked: root.suggest.chooseUnit(key)
            }
        }
        FaChip {
            objectName: "suggest.unit.other"
            iconName: "search"
            text: qsTr("其他单位")
            enabled: !root.capture.submitting
            Accessible.description: qsTr("从全部单位里选，或不指定")
            onClicked: root.unitAsked()
        }
    }
    FaText {
        objectName: "suggest.why"
        text: !root.suggest.chosen ? qsTr("%1：%2").arg(root.suggest.unitLabel).arg(root.reason(root.suggest.why, root.suggest.whyCases))
            : root.suggest.unit !== "" ? qsTr("%1：您选定的").arg(root.suggest.unitLabel) : qsTr("您选定不指定单位，由派遣员决定")
        kind: "caption"
        visible: root.suggest.nameable && (root.suggest.chosen || root.suggest.why !== "")
        Layout.fillWidth: true
    }
}
