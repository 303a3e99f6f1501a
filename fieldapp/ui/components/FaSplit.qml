// Two panes side by side; when there is no room, one of them at a time.
pragma ComponentBehavior: Bound

import QtQuick
import fieldapp.ui

Item {
    id: root

    property alias first: firstPane.data
    property alias second: secondPane.data
    property real ratio: 0.42
    property bool divided: true
    property bool showSecond: false
    property real minimumWidth: Theme.stacked * Math.min(Theme.textScale, 1.6)
    readonly property bool stacked: root.width < root.minimumWidth

    Item {
        id: firstPane

        width: root.stacked ? root.width : Math.round(root.width * root.ratio)
        height: root.height
        visible: !root.stacked || !root.showSecond
    }
    Rectangle {
        x: firstPane.width
        width: Theme.line
        height: root.height
        color: Theme.sunlight ? Theme.outlineStrong : Theme.outline
        visible: root.divided && !root.stacked
    }
    Item {
        id: secondPane

        x: root.stacked ? 0 : firstPane.width + Theme.line
        width: root.width - x
        height: root.height
        visible: !root.stacked || root.showSecond
    }
}
