// How long a stretch is, where north is, how good one's own place is known, and that this is no survey.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.map
import fieldapp.ui
import fieldapp.viewmodels

Rectangle {
    id: root

    required property CityMap city
    required property MapViewModel map
    property real maximumWidth: 800

    width: Math.min(root.maximumWidth, row.wanted + 2 * Theme.spaceM)
    height: row.height + 2 * Theme.spaceS
    radius: Theme.radiusM
    color: Theme.surface
    border.width: Theme.line
    border.color: Theme.sunlight ? Theme.outlineStrong : Theme.outline

    Flow {
        id: row

        readonly property real wanted: bar.implicitWidth + north.implicitWidth + place.implicitWidth + note.implicitWidth + 3 * spacing

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: parent.top
        anchors.margins: Theme.spaceS
        anchors.leftMargin: Theme.spaceM
        anchors.rightMargin: Theme.spaceM
        spacing: Theme.spaceL

        ColumnLayout {
            id: bar

            spacing: 2

            FaText {
                objectName: "map.scale"
                text: root.city.scaleMetres >= 1000 ? qsTr("%1 公里").arg(root.city.scaleMetres / 1000) : qsTr("%1 米").arg(root.city.scaleMetres)
                kind: "caption"
                strong: true
                Layout.preferredWidth: 160
            }
            Rectangle {
                implicitWidth: root.city.scalePixels
                implicitHeight: 6
                color: "transparent"
                border.width: 2
                border.color: Theme.text

                Rectangle {
                    width: parent.width / 2
                    height: parent.height
                    color: Theme.text
                }
            }
        }
        RowLayout {
            id: north

            spacing: 4

            FaIcon {
                name: "fill-triangle"
                size: 16
                color: Theme.text
            }
            FaText {
                text: qsTr("北")
                kind: "caption"
                strong: true
            }
        }
        RowLayout {
            id: place

            spacing: 6

            FaIcon {
                name: root.map.positionQuality === "missing" ? "gps-off" : root.map.positionQuality === "stale" ? "clock" : "location"
                size: 20
                color: root.map.positionQuality === "good" || root.map.positionQuality === "fair" ? Theme.info : Theme.warning
            }
            FaText {
                objectName: "map.place"
                text: root.map.positionQuality === "missing" ? qsTr("没有位置")
                    : root.map.positionQuality === "stale" ? qsTr("位置已旧")
                    : root.map.accuracy === "" ? qsTr("精度未知") : qsTr("精度 %1 米").arg(root.map.accuracy)
                kind: "caption"
                strong: true
            }
        }
        FaText {
            id: note

            text: qsTr("示意图，不是测绘地图")
            kind: "caption"
            color: Theme.textMuted
            topPadding: 2
        }
    }
}
