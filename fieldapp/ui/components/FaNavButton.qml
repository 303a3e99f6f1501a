// A place in the rail, drawn: icon over label, or beside it when the rail is wide.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import fieldapp.ui

T.AbstractButton {
    id: root

    required property string iconName
    property int badge: 0
    property bool alert: false
    property bool expanded: false
    property bool tight: false

    readonly property color ink: root.checked ? Theme.railSelectedInk : root.down ? Theme.railInk : Theme.railMuted

    implicitWidth: implicitContentWidth + leftPadding + rightPadding
    implicitHeight: Math.max(expanded ? 60 : tight ? 64 : 72, implicitContentHeight + topPadding + bottomPadding)
    leftPadding: expanded ? Theme.spaceL : Theme.spaceXs
    rightPadding: leftPadding
    topPadding: tight ? 2 : Theme.spaceS
    bottomPadding: topPadding
    focusPolicy: Qt.TabFocus
    Accessible.role: Accessible.PageTab
    Accessible.name: badge > 0 ? text + " " + badge : text
    Accessible.checked: checked

    contentItem: GridLayout {
        columns: root.expanded ? 3 : 1
        columnSpacing: Theme.spaceL
        rowSpacing: 2

        FaIcon {
            name: root.iconName
            size: 28
            color: root.ink
            Layout.alignment: root.expanded ? Qt.AlignVCenter : Qt.AlignHCenter | Qt.AlignBottom
        }
        FaText {
            text: root.text
            kind: root.expanded ? "body" : "caption"
            strong: root.checked
            color: root.ink
            horizontalAlignment: root.expanded ? Text.AlignLeft : Text.AlignHCenter
            Layout.alignment: root.expanded ? Qt.AlignVCenter : Qt.AlignTop
            Layout.fillWidth: true
            Accessible.ignored: true
        }
        FaBadge {
            count: root.expanded ? root.badge : 0
            alert: root.alert
        }
    }

    background: Rectangle {
        radius: Theme.radiusM
        color: root.checked ? Theme.railSelected : root.down ? "#22FFFFFF" : "transparent"

        FaFocusRing {
            visible: root.visualFocus
            anchors.margins: 1
            border.color: Theme.toastAction
        }
        FaBadge {
            x: parent.width / 2 + 8
            y: 3
            count: root.expanded ? 0 : root.badge
            alert: root.alert
        }
    }
}
