// One alert in the list: what was seen on which truck, where and when, how much it matters and who has it.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import fieldapp.ui
import "../tasks"

T.ItemDelegate {
    id: root

    required property string alertId
    required property string title
    required property string sign
    required property string tone
    required property string severity
    required property string place
    required property string when
    required property string stand
    required property bool mine
    required property bool forMe
    required property string status
    property bool selected: false

    readonly property bool filled: root.forMe || root.mine

    objectName: "alerts.row." + root.alertId
    implicitHeight: Math.max(96, implicitContentHeight + topPadding + bottomPadding)
    leftPadding: Theme.spaceL
    rightPadding: Theme.spaceM
    topPadding: Theme.spaceM
    bottomPadding: Theme.spaceM
    text: root.title
    Accessible.name: root.title
    Accessible.description: [root.severity, root.stand, root.place, root.when, pill.word].filter(part => part !== "").join("，")

    TaskTone {
        id: colors

        tone: root.tone
    }

    contentItem: RowLayout {
        spacing: Theme.spaceM

        Rectangle {
            implicitWidth: Math.round(46 * Theme.iconScale)
            implicitHeight: implicitWidth
            radius: Theme.radiusM
            color: root.filled ? colors.fill : root.selected ? Theme.surface : colors.soft
            border.width: Theme.sunlight ? Theme.line : 0
            border.color: colors.softInk
            Layout.alignment: Qt.AlignTop
            Layout.topMargin: 2

            FaIcon {
                anchors.centerIn: parent
                name: root.sign
                color: root.filled ? colors.ink : root.selected ? colors.fill : colors.softInk
            }
        }
        ColumnLayout {
            spacing: 2
            Layout.fillWidth: true

            RowLayout {
                spacing: Theme.spaceM
                Layout.fillWidth: true

                FaText {
                    text: root.title
                    strong: true
                    color: root.selected ? Theme.primarySoftInk : Theme.text
                    Layout.fillWidth: true
                    Accessible.ignored: true
                }
                FaText {
                    text: root.when
                    kind: "caption"
                    color: root.selected ? Theme.primarySoftInk : Theme.textMuted
                    wrapMode: Text.NoWrap
                    visible: text !== ""
                    Layout.alignment: Qt.AlignTop
                    Accessible.ignored: true
                }
            }
            FaText {
                text: root.place
                kind: "caption"
                color: root.selected ? Theme.primarySoftInk : Theme.textMuted
                visible: text !== ""
                maximumLineCount: 2
                elide: Text.ElideRight
                Layout.fillWidth: true
                Accessible.ignored: true
            }
            Flow {
                spacing: Theme.spaceS
                Layout.fillWidth: true
                Layout.topMargin: Theme.spaceXs + 2

                TaskPill {
                    tone: root.tone
                    text: root.severity
                    filled: root.filled
                    raised: root.selected
                }
                TaskPill {
                    tone: root.mine ? "primary" : "normal"
                    text: root.stand
                    raised: root.selected
                }
                FaStatePill {
                    id: pill

                    status: root.status
                    visible: root.status !== ""
                }
            }
        }
        FaIcon {
            name: "chevron-right"
            color: Theme.textMuted
        }
    }

    background: Rectangle {
        radius: Theme.radiusL
        color: root.selected ? Theme.primarySoft : root.down ? Theme.surfaceSunken : Theme.surface
        border.width: root.selected ? Theme.lineStrong : Theme.line
        border.color: root.selected ? Theme.primary : Theme.sunlight ? Theme.outlineStrong : Theme.outline

        FaFocusRing {
            around: parent.radius
            visible: root.visualFocus
        }
    }
}
