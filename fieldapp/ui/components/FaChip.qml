// A short choice or filter. It can be checked, or carry a cross that removes it.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import fieldapp.ui

T.AbstractButton {
    id: root

    property string iconName: ""
    property bool removable: false

    readonly property color ink: !root.enabled ? Theme.textDisabled : root.checked ? Theme.primaryInk : Theme.text

    // In a flow there is no layout that would keep it from growing out of its card.
    readonly property real most: root.parent instanceof Flow ? root.parent.width : Infinity

    signal removed

    implicitWidth: Math.min(root.most, Math.max(64, implicitContentWidth + leftPadding + rightPadding))
    implicitHeight: Math.max(Theme.target, implicitContentHeight + topPadding + bottomPadding)
    leftPadding: Theme.spaceL
    rightPadding: root.removable ? 0 : Theme.spaceL
    topPadding: root.removable ? 0 : Theme.spaceXs
    bottomPadding: topPadding
    Accessible.role: checkable ? Accessible.CheckBox : Accessible.Button
    Accessible.name: text
    Accessible.checkable: checkable
    Accessible.checked: checked

    contentItem: RowLayout {
        spacing: Theme.spaceS

        FaIcon {
            name: root.checkable && root.checked ? "check" : root.iconName
            size: 20
            color: root.ink
        }
        FaText {
            text: root.text
            kind: "label"
            strong: root.checked
            color: root.ink
            verticalAlignment: Text.AlignVCenter
            Layout.fillWidth: true
            Accessible.ignored: true
        }
        FaIconButton {
            objectName: root.objectName + ".remove"
            iconName: "cross"
            text: qsTr("移除 %1").arg(root.text)
            visible: root.removable
            onClicked: root.removed()
        }
    }

    background: Rectangle {
        radius: Math.min(height / 2, 24)
        color: !root.enabled ? Theme.surfaceSunken : root.checked ? Theme.primary
            : root.down ? Theme.primarySoft : Theme.surface
        border.width: root.checked ? 0 : Theme.lineStrong
        border.color: root.enabled ? Theme.outlineStrong : Theme.outline

        FaFocusRing {
            around: parent.radius
            visible: root.visualFocus
        }
    }
}
