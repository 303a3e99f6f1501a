// Which layers are shown, and the base map under them.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Controls.Basic as Basic
import fieldapp.ui
import fieldapp.viewmodels

Rectangle {
    id: root

    required property MapViewModel map
    property real maximumHeight: 600

    signal filesAsked

    objectName: "map.layersCard"
    implicitHeight: Math.min(root.maximumHeight, column.implicitHeight + 2 * Theme.spaceL)
    height: implicitHeight
    radius: Theme.radiusL
    color: Theme.surface
    border.width: Theme.line
    border.color: Theme.sunlight ? Theme.outlineStrong : Theme.outline

    component Layer: FaChip {
        required property string key

        objectName: "map.layer." + key
        checkable: true
        checked: root.map.shownLayers.includes(key)
        onClicked: root.map.showLayer(key, checked)
    }

    // Taps on the card are not taps on the map.
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

            Flow {
                spacing: Theme.spaceS
                Layout.fillWidth: true

                Layer {
                    key: "case"
                    text: qsTr("案件")
                    iconName: "flag"
                }
                Layer {
                    key: "alert"
                    text: qsTr("预警")
                    iconName: "siren"
                }
                Layer {
                    key: "report"
                    text: qsTr("我的上报")
                    iconName: "send"
                }
                Layer {
                    key: "site"
                    text: qsTr("工地")
                    iconName: "site"
                }
                Layer {
                    key: "disposal"
                    text: qsTr("消纳场")
                    iconName: "trash"
                }
                Layer {
                    key: "zone"
                    text: qsTr("禁行区")
                    iconName: "octagon"
                }
                Layer {
                    key: "track"
                    text: qsTr("巡查轨迹")
                    iconName: "route"
                    visible: root.map.tracked
                }
                Layer {
                    key: "route"
                    text: qsTr("准运路线")
                    iconName: "truck"
                    visible: root.map.routes.count > 0
                }
                Layer {
                    key: "cells"
                    text: qsTr("单元网格")
                    iconName: "grid"
                }
                Layer {
                    key: "base"
                    text: qsTr("底图")
                    iconName: "map"
                    enabled: root.map.base.present
                }
            }
            FaText {
                objectName: "map.routes.plate"
                kind: "caption"
                color: Theme.textMuted
                text: qsTr("准运路线：%1，%2 条").arg(root.map.routes.plate).arg(root.map.routes.count)
                visible: root.map.routes.count > 0
                Layout.fillWidth: true
            }
            FaDivider {}
            FaTitles {
                objectName: "map.base.name"
                title: root.map.base.present ? root.map.base.name : qsTr("没有底图")
                subtitle: root.map.base.present ? root.map.base.fact : qsTr("地图只画网格和标记。")
                Layout.fillWidth: true
            }
            FaText {
                text: root.map.base.attribution
                kind: "caption"
                color: Theme.textMuted
                visible: text !== ""
                Layout.fillWidth: true
            }
            FaBanner {
                objectName: "map.base.problem"
                kind: "warning"
                text: root.map.base.problem
                visible: text !== ""
                Layout.fillWidth: true
            }
            MapOffer {
                offer: root.map.base.offer
                Layout.fillWidth: true
            }
            FaButton {
                objectName: "map.base.files"
                kind: "secondary"
                iconName: "download"
                text: root.map.base.present ? qsTr("更换底图") : qsTr("导入底图文件")
                onClicked: root.filesAsked()
            }
        }
    }
}
