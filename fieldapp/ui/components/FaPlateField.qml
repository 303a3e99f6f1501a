// A plate as it hangs on the truck: blue, yellow or green, with empty places where characters are still missing.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import fieldapp.ui

T.AbstractButton {
    id: root

    property string plate: ""
    // blue, yellow, green, white or black
    property string plateColor: "blue"
    property int slots: plateColor === "green" ? 8 : 7
    property bool active: false
    property int plateHeight: Math.round(84 * Math.min(Theme.textScale, 1.5))

    readonly property int cells: Math.max(root.slots, root.plate.length)
    readonly property real unit: Math.min(plateHeight, width / (cells * 0.62 + 0.64))
    readonly property color ink: plateColor === "blue" || plateColor === "black" ? "#FFFFFF" : "#0B0B0B"

    implicitWidth: Math.ceil(plateHeight * (cells * 0.62 + 0.64))
    implicitHeight: plateHeight
    focusPolicy: Qt.TabFocus
    Accessible.role: Accessible.Button
    Accessible.name: plate === "" ? qsTr("车牌，未输入") : qsTr("车牌 %1").arg(plate.split("").join(" "))

    contentItem: Item {
        Row {
            id: row

            anchors.centerIn: parent

            Repeater {
                model: root.cells

                Item {
                    id: cell

                    required property int index

                    readonly property string letter: root.plate.charAt(index)
                    readonly property bool next: root.active && index === root.plate.length

                    width: root.unit * (index === 1 ? 0.9 : 0.62)
                    height: root.unit * 0.86

                    FaText {
                        width: root.unit * 0.62
                        height: parent.height
                        text: cell.letter
                        strong: true
                        color: root.ink
                        pixels: Math.max(10, root.unit * 0.58)
                        lineHeight: 1
                        wrapMode: Text.NoWrap
                        horizontalAlignment: Text.AlignHCenter
                        verticalAlignment: Text.AlignVCenter
                        Accessible.ignored: true
                    }
                    Rectangle {
                        x: root.unit * 0.1
                        y: parent.height * 0.76
                        width: root.unit * 0.42
                        height: cell.next ? 5 : 3
                        radius: height / 2
                        color: root.ink
                        opacity: cell.next ? 1 : 0.55
                        visible: cell.letter === ""
                    }
                    Rectangle {
                        visible: cell.index === 1
                        x: root.unit * 0.7
                        anchors.verticalCenter: parent.verticalCenter
                        width: root.unit * 0.11
                        height: width
                        radius: width / 2
                        color: root.ink
                    }
                }
            }
        }
    }

    background: Rectangle {
        radius: Theme.radiusM
        color: root.plateColor === "yellow" ? "#F7C331" : root.plateColor === "green" ? "#8FD8A0"
            : root.plateColor === "white" ? "#FFFFFF" : root.plateColor === "black" ? "#17191A" : "#1247A6"
        border.width: root.active ? 4 : 0
        border.color: Theme.focus

        Rectangle {
            anchors.fill: parent
            anchors.margins: 6
            radius: Theme.radiusM - 4
            color: "transparent"
            border.width: 2
            border.color: root.ink
            opacity: 0.8
        }
        FaFocusRing {
            visible: root.visualFocus
        }
    }
}
