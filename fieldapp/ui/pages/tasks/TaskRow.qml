// One task in the list: what, where, how far, how its time runs, and whether something of it has not gone.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import fieldapp.ui

T.ItemDelegate {
    id: root

    required property string caseId
    required property string title
    required property string place
    required property string caseState
    required property bool isOpen
    required property string status
    required property bool supervised
    required property string dueLevel
    required property real dueMinutes
    required property real distance
    required property string givenTo
    required property string givenAt
    property bool selected: false

    readonly property bool fresh: root.caseState === "dispatched"
    readonly property string given: root.givenTo === "" ? "" : words.given(root.givenTo, root.givenAt)
    readonly property string where: root.given !== "" ? [root.given, root.place].filter(part => part !== "").join(" · ")
        : [root.place, words.away(root.distance)].filter(part => part !== "").join(" · ")

    objectName: "tasks.row." + root.caseId
    implicitHeight: Math.max(96, implicitContentHeight + topPadding + bottomPadding)
    leftPadding: Theme.spaceL
    rightPadding: Theme.spaceM
    topPadding: Theme.spaceM
    bottomPadding: Theme.spaceM
    text: root.title
    Accessible.name: root.title
    Accessible.description: [words.state(root.caseState), root.where, dueText.text, pill.word].filter(part => part !== "").join("，")

    TaskWords {
        id: words
    }
    TaskTone {
        id: colors

        tone: words.tone(root.caseState)
    }

    contentItem: RowLayout {
        spacing: Theme.spaceM

        Rectangle {
            implicitWidth: Math.round(46 * Theme.iconScale)
            implicitHeight: implicitWidth
            radius: Theme.radiusM
            color: root.fresh ? colors.fill : root.selected ? Theme.surface : colors.soft
            border.width: Theme.sunlight ? Theme.line : 0
            border.color: colors.softInk
            Layout.alignment: Qt.AlignTop
            Layout.topMargin: 2

            FaIcon {
                anchors.centerIn: parent
                name: words.sign(root.caseState)
                color: root.fresh ? colors.ink : root.selected ? colors.fill : colors.softInk
            }
        }
        ColumnLayout {
            spacing: 2
            Layout.fillWidth: true

            FaText {
                text: root.title
                strong: true
                color: root.selected ? Theme.primarySoftInk : Theme.text
                Layout.fillWidth: true
                Accessible.ignored: true
            }
            FaText {
                text: root.where
                kind: "caption"
                color: root.selected ? Theme.primarySoftInk : Theme.textMuted
                visible: text !== ""
                Layout.fillWidth: true
                Accessible.ignored: true
            }
            Flow {
                spacing: Theme.spaceS
                Layout.fillWidth: true
                Layout.topMargin: Theme.spaceXs + 2

                TaskPill {
                    tone: words.tone(root.caseState)
                    text: words.state(root.caseState)
                    filled: root.fresh
                    raised: root.selected
                }
                TaskPill {
                    id: dueText

                    tone: words.dueTone(root.dueLevel)
                    iconName: words.dueSign(root.dueLevel)
                    text: root.dueLevel === "" ? "" : words.due(root.dueLevel, root.dueMinutes)
                    filled: root.dueLevel === "red"
                    raised: root.selected
                }
                TaskPill {
                    tone: "warning"
                    iconName: "eye"
                    text: root.supervised && root.isOpen ? qsTr("督办") : ""
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
