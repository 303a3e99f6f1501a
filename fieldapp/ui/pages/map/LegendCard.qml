// What the signs on the map mean: a case's stage by shape and colour, places by their picture.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Controls.Basic as Basic
import fieldapp.ui

Rectangle {
    id: root

    property real maximumHeight: 600
    property real maximumWidth: 600

    objectName: "map.legendCard"
    implicitWidth: Math.min(root.maximumWidth, column.implicitWidth + 2 * Theme.spaceL)
    implicitHeight: Math.min(root.maximumHeight, scroller.contentHeight)
    width: implicitWidth
    height: implicitHeight
    radius: Theme.radiusL
    color: Theme.surface
    border.width: Theme.line
    border.color: Theme.sunlight ? Theme.outlineStrong : Theme.outline

    MouseArea {
        anchors.fill: parent
        onWheel: event => event.accepted = true
    }
    Flickable {
        id: scroller

        anchors.fill: parent
        contentWidth: width
        contentHeight: column.implicitHeight + 2 * Theme.spaceL
        boundsBehavior: Flickable.StopAtBounds
        clip: true

        Basic.ScrollBar.vertical: FaScrollBar {}

        ColumnLayout {
            id: column

            x: Theme.spaceL
            y: Theme.spaceL
            width: scroller.width - 2 * Theme.spaceL
            spacing: Theme.spaceM

            LegendLine {
                iconName: "fill-circle"
                tint: Theme.info
                text: qsTr("案件：新上报、待立案")
            }
            LegendLine {
                iconName: "fill-triangle"
                tint: Theme.warning
                text: qsTr("案件：待接单")
            }
            LegendLine {
                iconName: "fill-square"
                tint: Theme.primary
                text: qsTr("案件：处置中")
            }
            LegendLine {
                iconName: "fill-square"
                tint: Theme.success
                turned: 45
                text: qsTr("案件：待核查、待结案")
            }
            LegendLine {
                iconName: "fill-octagon"
                tint: Theme.textMuted
                text: qsTr("案件：已退回或挂账中")
            }
            FaText {
                text: qsTr("外面多一圈的是派给我的。")
                kind: "caption"
                color: Theme.textMuted
                Layout.fillWidth: true
            }
            LegendLine {
                iconName: "fill-octagon"
                tint: Theme.danger
                text: qsTr("右上角：已超时；三角为将超时")
            }
            LegendLine {
                iconName: "siren"
                tint: Theme.danger
                text: qsTr("预警：红为紧急，橙为严重，蓝为轻微")
            }
            LegendLine {
                iconName: "send"
                tint: Theme.info
                text: qsTr("我的上报")
            }
            LegendLine {
                iconName: "fill-circle"
                tint: Theme.primary
                text: qsTr("数字：此处有多个标记，点一下放大")
            }
            FaDivider {}
            LegendLine {
                iconName: "site"
                tint: Theme.text
                text: qsTr("工地（远看是点）")
            }
            LegendLine {
                iconName: "trash"
                tint: Theme.textMuted
                text: qsTr("消纳场（远看是圈）")
            }
            LegendLine {
                iconName: "octagon"
                tint: Theme.danger
                text: qsTr("斜线区域：渣土车禁行区")
            }
            LegendLine {
                iconName: "route"
                tint: Theme.success
                text: qsTr("绿线：准运路线，由方块（工地）到圆（消纳场）")
            }
            LegendLine {
                iconName: "fill-circle"
                tint: Theme.info
                ringed: true
                text: qsTr("我的位置；空心为旧位置")
            }
        }
    }
}
