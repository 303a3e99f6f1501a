// A label and a value on a tinted card; not shown without a value.
import QtQuick
import QtQuick.Layouts
import fieldapp.ui

RowLayout {
    id: root

    required property string label
    required property string value
    property color ink: Theme.text

    spacing: Theme.spaceS
    visible: root.value !== ""
    Accessible.role: Accessible.StaticText
    Accessible.name: root.label + "：" + root.value

    FaText {
        text: root.label
        kind: "label"
        strong: false
        color: root.ink
        Accessible.ignored: true
    }
    FaText {
        text: root.value
        kind: "label"
        strong: true
        color: root.ink
        Layout.fillWidth: true
        Accessible.ignored: true
    }
}
