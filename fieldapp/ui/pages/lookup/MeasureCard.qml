// What was measured at the kerb: load and size, set by large steps; nothing here has to be filled in.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui
import fieldapp.viewmodels

FaCard {
    id: root

    required property ConditionsViewModel conditions
    property bool open: root.conditions.measured

    objectName: "lookup.measures"
    title: qsTr("现场测量")
    subtitle: root.open ? "" : qsTr("载重和尺寸，可不填")
    iconName: "truck"
    actions: FaIconButton {
        objectName: "lookup.measures.open"
        iconName: root.open ? "chevron-up" : "chevron-down"
        text: root.open ? qsTr("收起") : qsTr("展开")
        onClicked: root.open = !root.open
    }

    GridLayout {
        columns: root.width > 640 * Theme.textScale ? 2 : 1
        columnSpacing: Theme.spaceXl
        rowSpacing: Theme.spaceS
        visible: root.open
        Layout.fillWidth: true

        MeasureStepper {
            objectName: "lookup.load"
            label: qsTr("载重")
            unit: qsTr("吨")
            value: root.conditions.load
            onStepped: steps => root.conditions.step("load", steps)
            onForgotten: root.conditions.forget("load")
        }
        MeasureStepper {
            objectName: "lookup.length"
            label: qsTr("车长")
            unit: qsTr("米")
            value: root.conditions.length
            onStepped: steps => root.conditions.step("length", steps)
            onForgotten: root.conditions.forget("length")
        }
        MeasureStepper {
            objectName: "lookup.width"
            label: qsTr("车宽")
            unit: qsTr("米")
            value: root.conditions.width
            onStepped: steps => root.conditions.step("width", steps)
            onForgotten: root.conditions.forget("width")
        }
        MeasureStepper {
            objectName: "lookup.height"
            label: qsTr("车高")
            unit: qsTr("米")
            value: root.conditions.height
            onStepped: steps => root.conditions.step("height", steps)
            onForgotten: root.conditions.forget("height")
        }
    }
}
