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
    // Read-only from outside. It changes while somebody looks: hidden panes are not laid out anew.
    property bool stacked: false

    function follow(): void {
        if (root.visible && root.width > 0)
            root.stacked = root.width < root.minimumWidth;
    }

    onWidthChanged: root.follow()
    onMinimumWidthChanged: root.follow()
    onVisibleChanged: root.follow()

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
