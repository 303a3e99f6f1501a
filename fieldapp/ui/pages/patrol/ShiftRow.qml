// One thing that was looked at, told by colour, shape and words.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui

Rectangle {
    id: root

    required property string name
    required property string fitness
    required property string text
    required property string advice
    readonly property string tone: root.fitness === "ok" ? "success" : root.fitness === "warn" ? "warning"
        : root.fitness === "fail" ? "danger" : "info"

    objectName: "shift.row." + root.name
    implicitHeight: Math.max(Theme.target, row.implicitHeight + 2 * Theme.spaceS)
    radius: Theme.radiusM
    color: root.fitness === "ok" ? "transparent" : colors.soft
    border.width: Theme.sunlight && root.fitness !== "ok" ? Theme.line : 0
    border.color: colors.softInk
    Layout.fillWidth: true
    Accessible.role: Accessible.StaticText
    Accessible.name: root.text + root.advice

    FaTone {
        id: colors

        tone: root.tone
    }
    RowLayout {
        id: row

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        anchors.leftMargin: Theme.spaceM
        anchors.rightMargin: Theme.spaceM
        spacing: Theme.spaceM

        FaIcon {
            name: root.fitness === "ok" ? "check-circle" : root.fitness === "warn" ? "warning"
                : root.fitness === "fail" ? "cross-circle" : "question"
            color: root.fitness === "ok" ? colors.fill : colors.softInk
            Layout.alignment: Qt.AlignTop
            Layout.topMargin: Math.max(0, (said.implicitHeight / Math.max(1, said.lineCount) - height) / 2)
        }
        ColumnLayout {
            spacing: 0
            Layout.fillWidth: true

            FaText {
                id: said

                text: root.text
                strong: root.fitness !== "ok"
                color: root.fitness === "ok" ? Theme.text : colors.softInk
                Layout.fillWidth: true
                Accessible.ignored: true
            }
            FaText {
                text: root.advice
                color: colors.softInk
                visible: text !== ""
                Layout.fillWidth: true
                Accessible.ignored: true
            }
        }
    }
}
