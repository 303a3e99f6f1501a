// One key of a keypad. It never takes the focus, so that what is typed into keeps it.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import fieldapp.ui

T.AbstractButton {
    id: root

    property string iconName: ""
    property bool quiet: false
    property bool strong: false
    property int textSize: Theme.fontTitle

    readonly property color ink: !root.enabled ? Theme.textDisabled : root.strong ? Theme.primaryInk : Theme.text

    implicitWidth: Theme.target
    implicitHeight: Theme.targetPrimary
    focusPolicy: Qt.TabFocus
    Accessible.role: Accessible.Button
    Accessible.name: text

    contentItem: Item {
        FaText {
            anchors.centerIn: parent
            width: parent.width
            text: root.text
            pixels: Math.max(14, Math.min(root.textSize, root.height * 0.62, root.text.length === 1 ? root.width * 0.7 : root.textSize))
            strong: true
            color: root.ink
            horizontalAlignment: Text.AlignHCenter
            wrapMode: Text.NoWrap
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: 14
            lineHeight: 1
            visible: root.iconName === ""
            Accessible.ignored: true
        }
        FaIcon {
            anchors.centerIn: parent
            name: root.iconName
            size: 28
            color: root.ink
        }
    }

    background: Rectangle {
        radius: Theme.radiusS + 2
        color: root.strong ? (!root.enabled ? Theme.surfaceSunken : root.down ? Theme.primaryPressed : Theme.primary)
            : root.down ? Theme.primarySoft : root.quiet ? Theme.surfaceSunken : Theme.surface
        border.width: root.strong && root.enabled ? 0 : root.down ? Theme.lineStrong : Theme.line
        border.color: root.down ? Theme.primary : Theme.sunlight && root.enabled ? Theme.outlineStrong : Theme.outline

        FaFocusRing {
            around: parent.radius
            visible: root.visualFocus
        }
    }
}
