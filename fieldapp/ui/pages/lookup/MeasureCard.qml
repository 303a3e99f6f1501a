// What is found out at the kerb: load and size by large steps, who drives, where it stands; nothing has to be filled in.
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
    title: qsTr("现场情况")
    subtitle: root.open ? "" : qsTr("载重、尺寸、驾驶员、位置，可不填")
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
    FaTextField {
        objectName: "lookup.driver"
        label: qsTr("驾驶员姓名")
        value: root.conditions.driver
        placeholder: qsTr("与黑名单核对，可不填")
        iconName: "user"
        maximumLength: 40
        visible: root.open
        Layout.fillWidth: true
        onEdited: text => root.conditions.setDriver(text)
    }
    RowLayout {
        spacing: Theme.spaceM
        visible: root.open || root.conditions.pinned
        Layout.fillWidth: true

        FaButton {
            objectName: "lookup.pin"
            kind: "secondary"
            large: true
            text: root.conditions.pinned ? qsTr("改在图上的位置") : qsTr("在地图上选点")
            iconName: "flag"
            Layout.fillWidth: true
            Layout.preferredWidth: 1
            onClicked: root.conditions.askPin()
        }
        FaButton {
            objectName: "lookup.unpin"
            kind: "secondary"
            large: true
            text: qsTr("用平板的定位")
            iconName: "location"
            visible: root.conditions.pinned
            Layout.fillWidth: true
            Layout.preferredWidth: 1
            onClicked: root.conditions.unpin()
        }
    }
}
