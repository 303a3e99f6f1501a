// The patrol under way, or the way to begin one.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui
import fieldapp.viewmodels

FaCard {
    id: root

    required property PatrolViewModel patrol

    signal mapAsked

    readonly property bool off: root.patrol.state === "off"
    readonly property bool running: root.patrol.state === "running"

    objectName: "patrol.card"
    title: root.off ? qsTr("未在巡查") : root.running ? qsTr("巡查中") : qsTr("巡查已暂停")
    subtitle: root.off ? qsTr("开始后记录轨迹，随时可以暂停或结束") : qsTr("%1 开始").arg(root.patrol.since)
    iconName: "route"
    tone: root.running ? (root.patrol.waiting ? "warning" : "success") : "normal"

    FaBanner {
        objectName: "patrol.waiting"
        kind: "warning"
        iconName: "gps-off"
        text: qsTr("没有足够准确的定位，此时的路程不计入轨迹。到开阔处会自动接着记录。")
        visible: root.patrol.waiting
        Layout.fillWidth: true
    }
    FaText {
        objectName: "patrol.lastTitle"
        kind: "label"
        text: qsTr("上次巡查（%1）").arg(root.patrol.since)
        visible: root.off && root.patrol.shown
        Layout.fillWidth: true
    }
    ColumnLayout {
        spacing: Theme.spaceXs
        visible: root.patrol.shown
        Layout.fillWidth: true

        FaFact {
            objectName: "patrol.length"
            iconName: "route"
            label: qsTr("里程")
            value: qsTr("%1 公里").arg(root.patrol.kilometres)
            strong: true
        }
        FaFact {
            objectName: "patrol.minutes"
            iconName: "clock"
            label: qsTr("时长")
            value: qsTr("%1 分钟").arg(root.patrol.minutes)
            strong: true
        }
        FaFact {
            objectName: "patrol.coverage"
            iconName: "grid"
            label: qsTr("责任网格")
            value: root.patrol.gridCells > 0
                ? qsTr("走过 %1 个，共 %2 个单元网格（%3%）").arg(root.patrol.walkedCells).arg(root.patrol.gridCells).arg(
                    Math.floor(100 * root.patrol.walkedCells / root.patrol.gridCells))
                : qsTr("走过单元网格后显示")
            strong: true
        }
        FaFact {
            objectName: "patrol.gaps"
            iconName: "warning"
            tone: "warning"
            label: qsTr("中断")
            value: qsTr("%1 次，中断处不连线").arg(root.patrol.gaps)
            visible: root.patrol.gaps > 0
        }
    }
    FaButton {
        objectName: "patrol.start"
        kind: "primary"
        text: qsTr("开始巡查")
        iconName: "route"
        visible: root.off
        enabled: root.patrol.ready
        Layout.fillWidth: true
        onClicked: root.patrol.start()
    }
    GridLayout {
        columns: root.width < 480 * Theme.textScale ? 1 : 2
        columnSpacing: Theme.spaceM
        rowSpacing: Theme.spaceM
        uniformCellWidths: true
        visible: !root.off
        Layout.fillWidth: true

        FaButton {
            objectName: root.running ? "patrol.pause" : "patrol.resume"
            kind: root.running ? "secondary" : "primary"
            large: true
            text: root.running ? qsTr("暂停") : qsTr("继续巡查")
            enabled: root.patrol.ready
            Layout.fillWidth: true
            onClicked: {
                if (root.running)
                    root.patrol.pause();
                else
                    root.patrol.resume();
            }
        }
        FaButton {
            objectName: "patrol.stop"
            kind: "secondary"
            large: true
            text: qsTr("结束巡查")
            iconName: "flag-done"
            enabled: root.patrol.ready
            Layout.fillWidth: true
            onClicked: confirm.open()
        }
        FaButton {
            objectName: "patrol.map"
            kind: "quiet"
            text: qsTr("在地图上看")
            iconName: "map"
            Layout.columnSpan: parent.columns
            Layout.fillWidth: true
            onClicked: root.mapAsked()
        }
    }
    FaText {
        kind: "caption"
        color: Theme.textMuted
        text: qsTr("轨迹经过抽稀，误差不超过 25 米；精度差的定位不计入；轨迹只发送到本市服务器。")
        Layout.fillWidth: true
    }
    FaDialog {
        id: confirm

        objectName: "patrol.confirm"
        title: qsTr("结束这次巡查？")
        text: qsTr("轨迹会保存并发送。之后可以另外开始一次。")
        iconName: "flag-done"
        acceptText: qsTr("结束巡查")
        rejectText: qsTr("接着巡查")
        onAccepted: root.patrol.stop()
    }
}
