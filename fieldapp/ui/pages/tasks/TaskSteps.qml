// The way of a task in four steps: done, done here but not at central yet, next, or still to come.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui

RowLayout {
    id: root

    property list<string> steps
    property list<string> times
    property bool live: true

    readonly property list<string> names: [qsTr("接单"), qsTr("到场"), qsTr("处置"), qsTr("反馈")]
    readonly property int next: root.steps.findIndex(step => step === "todo")

    spacing: 0
    uniformCellSizes: true

    Repeater {
        model: root.names

        ColumnLayout {
            id: step

            required property string modelData
            required property int index

            readonly property string how: root.steps[index] ?? "todo"
            readonly property bool done: how !== "todo"
            readonly property bool isNext: root.live && index === root.next

            objectName: "tasks.step." + index
            spacing: 2
            Accessible.role: Accessible.StaticText
            Accessible.name: modelData
            Accessible.description: done ? (how === "pending" ? qsTr("已完成，等待发送") : qsTr("已完成")) : isNext ? qsTr("下一步") : qsTr("未完成")
            Layout.fillWidth: true
            Layout.alignment: Qt.AlignTop

            Item {
                implicitHeight: 44
                Layout.fillWidth: true

                Rectangle {
                    anchors.verticalCenter: parent.verticalCenter
                    width: parent.width / 2
                    height: 4
                    color: step.done ? Theme.success : Theme.outline
                    visible: step.index > 0
                }
                Rectangle {
                    anchors.verticalCenter: parent.verticalCenter
                    anchors.right: parent.right
                    width: parent.width / 2
                    height: 4
                    color: (root.steps[step.index + 1] ?? "todo") !== "todo" ? Theme.success : Theme.outline
                    visible: step.index < 3
                }
                Rectangle {
                    anchors.centerIn: parent
                    width: 40
                    height: 40
                    radius: 20
                    color: step.done ? Theme.success : step.isNext ? Theme.primary : Theme.surface
                    border.width: step.done || step.isNext ? 0 : Theme.lineStrong
                    border.color: Theme.outlineStrong

                    FaIcon {
                        anchors.centerIn: parent
                        name: step.done ? "check" : ""
                        color: Theme.successInk
                        scales: false
                    }
                    FaText {
                        anchors.centerIn: parent
                        text: step.done ? "" : step.index + 1
                        kind: "label"
                        pixels: 17
                        color: step.isNext ? Theme.primaryInk : Theme.textMuted
                        Accessible.ignored: true
                    }
                    Rectangle {
                        anchors.right: parent.right
                        anchors.bottom: parent.bottom
                        anchors.margins: -5
                        width: 22
                        height: 22
                        radius: 11
                        color: Theme.infoSoft
                        border.width: 2
                        border.color: Theme.surface
                        visible: step.how === "pending"

                        FaIcon {
                            anchors.centerIn: parent
                            name: "clock"
                            size: 16
                            scales: false
                            color: Theme.infoSoftInk
                        }
                    }
                }
            }
            FaText {
                text: step.modelData
                kind: "label"
                strong: step.done || step.isNext
                color: step.done || step.isNext ? Theme.text : Theme.textMuted
                horizontalAlignment: Text.AlignHCenter
                Layout.fillWidth: true
                Accessible.ignored: true
            }
            FaText {
                text: root.times[step.index] ?? ""
                kind: "caption"
                color: Theme.textMuted
                horizontalAlignment: Text.AlignHCenter
                visible: text !== ""
                Layout.fillWidth: true
                Accessible.ignored: true
            }
        }
    }
}
