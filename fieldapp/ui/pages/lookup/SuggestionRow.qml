// One suggestion: a plate with the characters that differ marked, its company, how its permit stands; or a company.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import fieldapp.ui

T.ItemDelegate {
    id: root

    required property string kind
    required property string key
    required property string title
    required property string subtitle
    required property string fact
    required property int permits
    required property bool blacklisted
    required property string differs

    objectName: "lookup.suggestion." + key
    implicitHeight: Math.max(Theme.targetPrimary + 8, implicitContentHeight + topPadding + bottomPadding)
    leftPadding: Theme.spaceL
    rightPadding: Theme.spaceL
    topPadding: Theme.spaceS
    bottomPadding: Theme.spaceS
    text: title
    Accessible.name: title
    Accessible.description: [subtitle, pill.visible ? pill.word : ""].filter(part => part !== "").join("，")

    contentItem: RowLayout {
        spacing: Theme.spaceL

        FaIcon {
            name: root.kind === "company" ? "building" : "truck"
            color: root.kind === "look_alike" || root.kind === "one_error" ? Theme.warning : Theme.primary
        }
        ColumnLayout {
            spacing: 2
            Layout.fillWidth: true

            PlateText {
                plate: root.title
                differs: root.differs
                visible: root.kind !== "company"
            }
            FaText {
                text: root.title
                strong: true
                visible: root.kind === "company"
                Layout.fillWidth: true
            }
            FaText {
                text: root.permits > 1 ? qsTr("%1 · %2 张许可").arg(root.subtitle).arg(root.permits) : root.subtitle
                kind: "caption"
                color: Theme.textMuted
                visible: text !== ""
                Layout.fillWidth: true
            }
        }
        FactPill {
            id: pill

            fact: root.fact
            blacklisted: root.blacklisted
            visible: root.kind !== "company"
        }
        FaIcon {
            name: "chevron-right"
            color: Theme.textMuted
        }
    }

    background: Rectangle {
        radius: Theme.radiusL
        color: root.down ? Theme.surfaceSunken : Theme.surface
        border.width: root.kind === "exact" ? Theme.lineStrong : Theme.line
        border.color: root.kind === "exact" ? Theme.primary : Theme.sunlight ? Theme.outlineStrong : Theme.outline

        FaFocusRing {
            around: parent.radius
            visible: root.visualFocus
        }
    }
}
