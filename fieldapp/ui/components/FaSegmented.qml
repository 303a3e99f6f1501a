// One choice out of two to five, all of them in sight.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import fieldapp.ui

FocusScope {
    id: root

    property list<string> labels
    property list<string> icons
    // normal or danger, by index: what choosing it means
    property list<string> tones
    property string label: ""
    property int currentIndex: 0

    signal activated(int index)

    implicitWidth: Math.max(row.implicitWidth + 8, caption.implicitWidth)
    implicitHeight: column.implicitHeight
    Accessible.role: Accessible.Grouping
    Accessible.name: root.label

    ColumnLayout {
        id: column

        anchors.left: parent.left
        anchors.right: parent.right
        spacing: Theme.spaceS

        FaText {
            id: caption

            kind: "label"
            text: root.label
            visible: text !== ""
            Layout.fillWidth: true
        }
        Rectangle {
            radius: Theme.radiusM
            color: Theme.surfaceSunken
            border.width: Theme.line
            border.color: Theme.sunlight ? Theme.outlineStrong : Theme.outline
            implicitHeight: row.implicitHeight + 8
            Layout.fillWidth: true

            RowLayout {
                id: row

                anchors.fill: parent
                anchors.margins: 4
                spacing: 4
                uniformCellSizes: true

                Repeater {
                    model: root.labels

                    T.AbstractButton {
                        id: option

                        required property string modelData
                        required property int index

                        readonly property bool danger: root.tones[index] === "danger"

                        objectName: root.objectName + "." + index
                        text: modelData
                        checked: index === root.currentIndex
                        implicitWidth: implicitContentWidth + 2 * Theme.spaceM
                        implicitHeight: Math.max(Theme.target, implicitContentHeight + 2 * Theme.spaceXs)
                        Layout.fillWidth: true
                        Layout.fillHeight: true
                        Accessible.role: Accessible.RadioButton
                        Accessible.name: text
                        Accessible.checked: checked
                        onClicked: root.activated(index)

                        contentItem: RowLayout {
                            spacing: Theme.spaceS

                            Item {
                                Layout.fillWidth: true
                            }
                            FaIcon {
                                name: root.icons[option.index] ?? ""
                                color: optionText.color
                            }
                            FaText {
                                id: optionText

                                kind: "label"
                                strong: option.checked
                                text: option.text
                                color: !root.enabled ? Theme.textDisabled
                                    : option.checked ? (option.danger ? Theme.dangerInk : Theme.primaryInk) : Theme.text
                                horizontalAlignment: Text.AlignHCenter
                                Layout.fillWidth: true
                                Layout.maximumWidth: Math.ceil(implicitWidth)
                                Accessible.ignored: true
                            }
                            Item {
                                Layout.fillWidth: true
                            }
                        }

                        background: Rectangle {
                            radius: Theme.radiusS
                            color: option.checked ? (!root.enabled ? Theme.outline : option.danger ? Theme.danger : Theme.primary)
                                : option.down ? Theme.primarySoft : "transparent"

                            FaFocusRing {
                                around: Theme.radiusS
                                visible: option.visualFocus
                            }
                        }
                    }
                }
            }
        }
    }
}
