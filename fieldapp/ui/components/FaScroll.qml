// A page that scrolls: its children stand in one column, not wider than is good to read.
import QtQuick
import QtQuick.Layouts
import QtQuick.Controls.Basic as Basic
import fieldapp.ui

Flickable {
    id: root

    default property alias content: column.data
    property int padding: Theme.spaceXl
    property int maximumWidth: 100000
    // Room at the right for the bar, where there is no padding for it to stand in.
    property int gutter: 0
    // What is shown: another one begins at its top, not where the last one was left.
    property string of
    property alias spacing: column.spacing

    contentWidth: width
    contentHeight: column.implicitHeight + 2 * root.padding
    boundsBehavior: Flickable.StopAtBounds
    clip: true
    onOfChanged: root.contentY = 0

    Basic.ScrollBar.vertical: FaScrollBar {}

    ColumnLayout {
        id: column

        x: Math.max(root.padding, (root.width - root.gutter - width) / 2)
        y: root.padding
        width: Math.min(root.width - 2 * root.padding - root.gutter, root.maximumWidth)
        spacing: Theme.spaceL
    }
}
