// What was tapped: a cell, a place, or a case, report or alert with the way to its own page.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Controls.Basic as Basic
import fieldapp.ui
import fieldapp.viewmodels

Rectangle {
    id: root

    required property MapSelectionViewModel selection
    property real maximumHeight: 600
    // Whether whoever sits here may visit sites.
    property bool visits: false
    readonly property bool visitable: root.visits && ["site", "disposal"].includes(selection.layer)

    readonly property string heading: selection.layer === "alert" ? alertWords.kind(selection.alertKind) : selection.title
    readonly property bool opens: ["case", "report", "alert"].includes(selection.layer)
    readonly property string kindText: selection.layer === "case" ? qsTr("案件 · %1").arg(words.state(selection.state))
        : selection.layer === "report" ? qsTr("我的上报 · %1").arg(words.state(selection.state))
        : selection.layer === "alert" ? qsTr("预警 · %1 · %2").arg(alertWords.severity(selection.severity)).arg(alertWords.state(selection.state))
        : selection.layer === "site" ? qsTr("工地") : selection.layer === "disposal" ? qsTr("消纳场") : qsTr("单元网格")

    signal closed
    signal openAsked
    signal visitAsked(string kind, string ref)
    signal wayAsked

    objectName: "map.card"
    implicitHeight: Math.min(root.maximumHeight, scroller.contentHeight + (task.visible ? task.height + Theme.spaceL : 0))
    height: implicitHeight
    radius: Theme.radiusL
    color: Theme.surface
    border.width: Theme.line
    border.color: Theme.sunlight ? Theme.outlineStrong : Theme.outline

    CaseWords {
        id: words
    }
    AlertWords {
        id: alertWords
    }
    // Taps on the card are not taps on the map.
    MouseArea {
        anchors.fill: parent
        onWheel: event => event.accepted = true
    }
    Flickable {
        id: scroller

        anchors.fill: parent
        anchors.bottomMargin: task.visible ? task.height + Theme.spaceL : 0
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
            spacing: Theme.spaceS

            RowLayout {
                spacing: Theme.spaceM

                FaIcon {
                    name: root.selection.layer === "case" ? "flag" : root.selection.layer === "report" ? "send" : root.selection.layer === "alert" ? "siren" : root.selection.layer === "site" ? "site" : root.selection.layer === "disposal" ? "trash" : "grid"
                    color: Theme.primary
                }
                FaText {
                    objectName: "map.card.kind"
                    text: root.kindText
                    kind: "label"
                    color: Theme.textMuted
                    Layout.fillWidth: true
                }
                FaIconButton {
                    objectName: "map.card.close"
                    iconName: "cross"
                    text: qsTr("关闭")
                    Layout.rightMargin: -Theme.spaceM
                    onClicked: root.closed()
                }
            }
            FaText {
                objectName: "map.card.title"
                text: root.heading
                kind: "heading"
                Layout.fillWidth: true
            }
            FaText {
                text: root.selection.note
                visible: text !== ""
                maximumLineCount: 4
                elide: Text.ElideRight
                Layout.fillWidth: true
            }
            FaFact {
                label: qsTr("车辆")
                value: root.selection.title === "" ? root.selection.plate : qsTr("%1，%2").arg(root.selection.plate).arg(root.selection.title)
                visible: root.selection.plate !== ""
                strong: true
            }
            FaFact {
                label: qsTr("距我")
                value: root.selection.distance
                visible: root.selection.distance !== ""
                strong: true
            }
            FaFact {
                label: qsTr("时限")
                value: root.selection.overdue ? qsTr("%1，已超时").arg(root.selection.due) : root.selection.due
                tone: root.selection.overdue ? "danger" : "normal"
                visible: root.selection.due !== ""
            }
            FaFact {
                label: qsTr("处置人")
                value: root.selection.mine ? qsTr("%1（我）").arg(root.selection.assignee) : root.selection.assignee
                visible: root.opens && root.selection.assignee !== ""
            }
            FaFact {
                label: qsTr("地址")
                value: root.selection.address
                visible: root.selection.address !== ""
            }
            FaFact {
                label: qsTr("街道社区")
                value: root.selection.district
                visible: root.selection.district !== ""
            }
            FaFact {
                label: qsTr("网格编码")
                value: root.selection.gridCell === "outside" ? qsTr("城市网格之外") : root.selection.gridCell
                visible: root.selection.gridCell !== ""
            }
            FaFact {
                label: qsTr("格内工地")
                value: root.selection.sites
                visible: root.selection.sites !== ""
            }
            FaFact {
                label: qsTr("在办案件")
                value: qsTr("%1 件").arg(root.selection.openCases)
                visible: root.selection.layer === "cells"
            }
        }
    }
    RowLayout {
        id: task

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        anchors.margins: Theme.spaceL
        spacing: Theme.spaceS
        visible: root.selection.layer !== "cells"

        FaButton {
            objectName: "map.card.way"
            kind: root.opens || root.visitable ? "secondary" : "primary"
            large: true
            text: qsTr("去这里")
            iconName: "route"
            Layout.fillWidth: true
            Layout.preferredWidth: 1
            onClicked: root.wayAsked()
        }
        FaButton {
            objectName: "map.card.task"
            text: root.visitable ? qsTr("开始检查") : root.selection.layer === "alert" ? qsTr("打开预警") : root.selection.layer === "report" ? qsTr("打开上报") : qsTr("打开任务")
            iconName: root.visitable ? "shield" : root.selection.layer === "alert" ? "siren" : root.selection.layer === "report" ? "send" : "task"
            visible: root.opens || root.visitable
            Layout.fillWidth: true
            Layout.preferredWidth: 1.2
            onClicked: root.visitable ? root.visitAsked(root.selection.layer === "site" ? "site" : "disposal_site", root.selection.key) : root.openAsked()
        }
    }
}
