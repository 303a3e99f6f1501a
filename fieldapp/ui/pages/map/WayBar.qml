// The way there: an arrow that turns, how far, in which direction, and how that is known.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui
import fieldapp.viewmodels

Rectangle {
    id: root

    required property MapWayViewModel way

    readonly property string windText: [qsTr("正北"), qsTr("东北"), qsTr("正东"), qsTr("东南"), qsTr("正南"), qsTr("西南"), qsTr("正西"), qsTr("西北")][way.wind]
    readonly property string howText: !way.located ? qsTr("没有位置，等有了位置再指路。")
        : way.arrived ? qsTr("已到附近。")
        : way.state === "streets" ? qsTr("沿道路约 %1").arg(way.along)
        : way.state === "searching" ? qsTr("正在找路")
        : way.state === "straight" ? qsTr("道路不通到那里，只指直线方向。") : qsTr("没有道路数据，只指直线方向。")

    objectName: "map.way"
    height: row.implicitHeight + 2 * Theme.spaceM
    radius: Theme.radiusL
    color: Theme.surface
    border.width: Theme.line
    border.color: Theme.sunlight ? Theme.outlineStrong : Theme.outline

    MouseArea {
        anchors.fill: parent
        onWheel: event => event.accepted = true
    }
    RowLayout {
        id: row

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        anchors.margins: Theme.spaceM
        spacing: Theme.spaceM

        FaIcon {
            objectName: "map.way.arrow"
            name: root.way.located ? "arrow" : "gps-off"
            size: 40
            color: root.way.located ? Theme.primary : Theme.textMuted
            rotation: root.way.located ? root.way.direction : 0
        }
        ColumnLayout {
            spacing: 2
            Layout.fillWidth: true

            FaText {
                objectName: "map.way.distance"
                text: root.way.located ? qsTr("%1 · %2").arg(root.way.distance).arg(root.windText) : qsTr("距离未知")
                kind: "heading"
                Layout.fillWidth: true
            }
            FaText {
                objectName: "map.way.how"
                text: root.howText
                kind: "caption"
                color: Theme.textMuted
                Layout.fillWidth: true
            }
            FaText {
                text: root.way.title
                kind: "caption"
                strong: true
                maximumLineCount: 1
                elide: Text.ElideRight
                visible: text !== ""
                Layout.fillWidth: true
            }
        }
        FaButton {
            objectName: "map.way.end"
            kind: "secondary"
            large: true
            text: qsTr("结束")
            onClicked: root.way.end()
        }
    }
}
