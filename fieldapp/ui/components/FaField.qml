// The frame all text inputs share: label above, content, and below it one line: the error if there is one, else the hint.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui

FocusScope {
    id: root

    property string label: ""
    property string hint: ""
    property string error: ""
    property string note: ""
    property bool mandatory: false
    property bool lit: false
    property bool flatFrame: false
    property bool hasBelow: false
    default property alias content: frame.data
    property alias below: foot.data

    implicitWidth: 280
    implicitHeight: column.implicitHeight

    ColumnLayout {
        id: column

        anchors.left: parent.left
        anchors.right: parent.right
        spacing: Theme.spaceS

        FaText {
            kind: "label"
            text: root.mandatory ? root.label + " *" : root.label
            color: root.enabled ? Theme.text : Theme.textDisabled
            visible: root.label !== ""
            Layout.fillWidth: true
        }
        Rectangle {
            id: frame

            radius: Theme.radiusM
            color: root.enabled && !root.flatFrame ? Theme.surface : Theme.surfaceSunken
            border.width: root.lit || root.error !== "" ? Theme.lineStrong + 1 : Theme.lineStrong
            border.color: root.error !== "" ? Theme.danger : root.lit ? Theme.primary
                : root.enabled && !root.flatFrame ? Theme.outlineStrong : Theme.outline
            implicitHeight: childrenRect.height
            Layout.fillWidth: true
        }
        RowLayout {
            visible: root.error !== "" || root.hint !== "" || root.note !== ""
            spacing: Theme.spaceS

            FaIcon {
                name: "octagon"
                size: 20
                color: Theme.danger
                visible: root.error !== ""
                Layout.alignment: Qt.AlignTop
            }
            FaText {
                kind: "caption"
                text: root.error !== "" ? root.error : root.hint
                color: root.error !== "" ? Theme.danger : Theme.textMuted
                Layout.fillWidth: true
            }
            FaText {
                kind: "caption"
                text: root.note
                color: Theme.textMuted
                visible: root.note !== ""
                Layout.alignment: Qt.AlignTop
            }
        }
        ColumnLayout {
            id: foot

            visible: root.hasBelow
            Layout.fillWidth: true
        }
    }
}
