// One thing in a list: icon, title, subtitle, and at the right what matters about it now.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import fieldapp.ui

T.ItemDelegate {
    id: root

    default property alias trailing: extra.data
    property string title: ""
    property string subtitle: ""
    // 0: as many lines as it needs; what it leaves out is still spoken.
    property int subtitleLines: 0
    property string meta: ""
    property string iconName: ""
    property string iconTone: "primary"
    property string status: ""
    property int badge: 0
    property bool chevron: false
    property bool selected: false
    property bool flat: false

    // Too narrow for a right-hand column: what matters now goes under the title.
    readonly property bool tight: root.width < 400 * Theme.textScale

    implicitWidth: Math.max(280, implicitContentWidth + leftPadding + rightPadding)
    implicitHeight: Math.max(Theme.targetPrimary + 8, implicitContentHeight + topPadding + bottomPadding)
    leftPadding: Theme.spaceL
    rightPadding: Theme.spaceL
    topPadding: Theme.spaceM
    bottomPadding: Theme.spaceM
    text: title
    Accessible.name: title
    Accessible.description: [subtitle, meta, pill.word].filter(part => part !== "").join("，")

    FaTone {
        id: colors

        tone: root.iconTone
    }

    contentItem: RowLayout {
        spacing: Theme.spaceL

        Rectangle {
            visible: root.iconName !== ""
            implicitWidth: Math.round(44 * Theme.iconScale)
            implicitHeight: implicitWidth
            radius: Theme.radiusM
            color: colors.soft

            FaIcon {
                anchors.centerIn: parent
                name: root.iconName
                color: colors.softInk
            }
        }
        GridLayout {
            columns: root.tight ? 1 : 2
            columnSpacing: Theme.spaceL
            rowSpacing: Theme.spaceS
            Layout.fillWidth: true

            FaTitles {
                title: root.title
                subtitle: root.subtitle
                subtitleLines: root.subtitleLines
                strong: true
                ink: root.selected ? Theme.primarySoftInk : Theme.text
                subtitleInk: root.selected ? Theme.primarySoftInk : Theme.textMuted
                Layout.fillWidth: true
            }
            GridLayout {
                columns: root.tight ? 2 : 1
                rowSpacing: Theme.spaceXs
                columnSpacing: Theme.spaceS
                visible: root.meta !== "" || root.status !== ""

                FaStatePill {
                    id: pill

                    status: root.status
                    visible: root.status !== ""
                    Layout.alignment: root.tight ? Qt.AlignLeft : Qt.AlignRight
                }
                FaText {
                    text: root.meta
                    kind: "caption"
                    color: root.selected ? Theme.primarySoftInk : Theme.textMuted
                    visible: text !== ""
                    horizontalAlignment: root.tight ? Text.AlignLeft : Text.AlignRight
                    Layout.alignment: root.tight ? Qt.AlignLeft : Qt.AlignRight
                    Layout.fillWidth: root.tight
                    Layout.maximumWidth: root.tight ? root.width : root.width * 0.36
                }
            }
        }
        RowLayout {
            id: extra

            visible: children.length > 0
            spacing: Theme.spaceS
        }
        FaBadge {
            count: root.badge
        }
        FaIcon {
            name: root.chevron ? "chevron-right" : ""
            color: Theme.textMuted
        }
    }

    background: Rectangle {
        radius: root.flat ? Theme.radiusS : Theme.radiusL
        color: root.selected ? Theme.primarySoft : root.down ? Theme.surfaceSunken
            : root.flat ? "transparent" : Theme.surface
        border.width: root.selected ? Theme.lineStrong : root.flat ? 0 : Theme.line
        border.color: root.selected ? Theme.primary : Theme.sunlight ? Theme.outlineStrong : Theme.outline

        FaFocusRing {
            around: parent.radius
            visible: root.visualFocus
        }
    }
}
