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

    // Why a unit is shown: how near the cases lie that it was given.
    function reason(reach: string, cases: int): string {
        switch (reach) {
        case "here": return qsTr("本单元网格同类案件办过 %1 件").arg(cases);
        case "near": return qsTr("附近 500 米同类案件办过 %1 件").arg(cases);
        case "street": return qsTr("本街道同类案件办过 %1 件").arg(cases);
        case "district": return qsTr("本区同类案件办过 %1 件").arg(cases);
        case "city": return qsTr("全市同类案件办过 %1 件").arg(cases);
        case "kin_near": return qsTr("附近相近类别的案件办过 %1 件").arg(cases);
        case "kin": return qsTr("相近类别的案件办过 %1 件").arg(cases);
        default: return "";
        }
    }

    spacing: Theme.spaceS
    visible: root.capture.form.joins === "" && (classes.count > 0 || units.count > 0)
    Layout.fillWidth: true

    FaText {
        text: classes.count > 0 ? qsTr("可能的类别") : qsTr("责任单位（建议，由派遣员决定）")
        kind: "label"
        Layout.fillWidth: true
    }
    Flow {
        spacing: Theme.spaceS
        visible: classes.count > 0
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
        visible: units.count > 0
        Layout.fillWidth: true

        Repeater {
            id: units

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
    }
    FaText {
        objectName: "suggest.why"
        text: qsTr("%1：%2").arg(root.suggest.unit).arg(root.reason(root.suggest.why, root.suggest.whyCases))
        kind: "caption"
        visible: units.count > 0 && root.suggest.why !== ""
        Layout.fillWidth: true
    }
}
