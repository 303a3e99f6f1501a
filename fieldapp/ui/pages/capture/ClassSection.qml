// What kind of problem it is: one row that opens the classes.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui
import fieldapp.viewmodels

ColumnLayout {
    id: root

    required property CaptureViewModel capture

    readonly property CaptureFormViewModel form: root.capture.form
    readonly property bool chosen: root.form.classCode !== ""

    signal asked

    spacing: Theme.spaceS
    Layout.fillWidth: true

    FaText {
        text: qsTr("类别") + " *"
        kind: "label"
        Layout.fillWidth: true
    }
    FaListRow {
        objectName: "class"
        iconName: "list"
        iconTone: root.form.classError !== "" ? "danger" : root.chosen ? "primary" : "normal"
        title: root.chosen ? root.form.classPath : qsTr("选择类别")
        subtitle: root.chosen ? root.form.classCode : ""
        chevron: true
        enabled: !root.capture.submitting
        Layout.fillWidth: true
        onClicked: root.asked()
    }
    Flow {
        spacing: Theme.spaceS
        visible: !root.chosen && root.capture.classes.recent.count > 0
        Layout.fillWidth: true

        Repeater {
            model: root.capture.classes.recent

            FaChip {
                required property string code
                required property string label

                objectName: "class.recent." + code
                iconName: "clock"
                text: label
                onClicked: root.capture.classes.choose(code)
            }
        }
    }
    FieldError {
        objectName: "class.error"
        text: root.form.classError
    }
}
