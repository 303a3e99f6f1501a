// A button with words. Primary and danger are tall enough for a glove; only one primary on a page.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import fieldapp.ui

T.Button {
    id: root

    // primary, secondary, quiet or danger
    property string kind: "primary"
    property string iconName: ""
    property bool busy: false
    property bool large: kind === "primary" || kind === "danger"

    readonly property bool filled: kind === "primary" || kind === "danger"
    readonly property color ink: !root.enabled ? Theme.textDisabled
        : root.kind === "primary" ? Theme.primaryInk : root.kind === "danger" ? Theme.dangerInk : Theme.primary
    readonly property color fill: !root.enabled ? (root.kind === "quiet" ? "transparent" : Theme.surfaceSunken)
        : root.kind === "primary" ? (root.down ? Theme.primaryPressed : Theme.primary)
        : root.kind === "danger" ? (root.down ? Theme.dangerPressed : Theme.danger)
        : root.down ? Theme.primarySoft : root.kind === "secondary" ? Theme.surface : "transparent"

    implicitWidth: Math.max(large ? 128 : 88, implicitContentWidth + leftPadding + rightPadding)
    implicitHeight: Math.max(large ? Theme.targetPrimary : Theme.target,
                             implicitContentHeight + topPadding + bottomPadding)
    leftPadding: kind === "quiet" ? Theme.spaceM : Theme.spaceXl
    rightPadding: leftPadding
    topPadding: Theme.spaceS
    bottomPadding: Theme.spaceS
    Accessible.name: text
    Keys.priority: Keys.BeforeItem
    Keys.onPressed: event => event.accepted = root.busy && event.key !== Qt.Key_Tab && event.key !== Qt.Key_Backtab

    contentItem: RowLayout {
        spacing: Theme.spaceS

        Item {
            Layout.fillWidth: true
        }
        FaBusy {
            running: root.busy
            color: root.ink
        }
        FaIcon {
            name: root.iconName
            color: root.ink
            visible: name !== "" && !root.busy
        }
        FaText {
            visible: root.text !== ""
            text: root.text
            kind: root.large ? "body" : "label"
            strong: true
            color: root.ink
            horizontalAlignment: Text.AlignHCenter
            verticalAlignment: Text.AlignVCenter
            Layout.fillWidth: true
            Layout.maximumWidth: Math.ceil(implicitWidth)
            Accessible.ignored: true
        }
        Item {
            Layout.fillWidth: true
        }
    }

    background: Rectangle {
        radius: Theme.radiusM
        color: root.fill
        border.width: root.kind === "secondary" ? Theme.lineStrong : 0
        border.color: !root.enabled ? Theme.outline : Theme.outlineStrong

        FaFocusRing {
            visible: root.visualFocus
        }
    }

    MouseArea {
        anchors.fill: parent
        visible: root.busy
    }
}
