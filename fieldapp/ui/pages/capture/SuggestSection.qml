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

                objectName: "suggest.unit." + key
                text: label
                checkable: false
                checked: chosen
                enabled: !root.capture.submitting
                onClicked: root.suggest.chooseUnit(key)
            }
        }
    }
}
