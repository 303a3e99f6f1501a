// The verdict's shape: circle and check, triangle, octagon and cross, or a square with a question.
pragma ComponentBehavior: Bound

import QtQuick
import fieldapp.ui

Item {
    id: root

    required property string kind
    required property string word
    required property color ink
    required property color ground
    property int size: 88

    implicitWidth: root.size
    implicitHeight: root.size
    Accessible.role: Accessible.Graphic
    Accessible.name: root.word

    FaIcon {
        anchors.fill: parent
        name: root.kind === "ok" ? "fill-circle" : root.kind === "warning" ? "fill-triangle"
            : root.kind === "danger" ? "fill-octagon" : "fill-square"
        size: root.size
        scales: false
        color: root.ink
    }
    FaIcon {
        anchors.centerIn: parent
        anchors.verticalCenterOffset: root.kind === "warning" ? root.size * 0.08 : 0
        name: root.kind === "ok" ? "check" : root.kind === "warning" ? "exclamation"
            : root.kind === "danger" ? "cross" : "question-mark"
        size: root.size * (root.kind === "warning" ? 0.52 : 0.62)
        scales: false
        color: root.ground
    }
}
