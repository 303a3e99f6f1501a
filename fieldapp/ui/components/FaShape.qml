// A verdict that colour-blind eyes read too: circle and check, triangle, octagon, or a question.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui

RowLayout {
    id: root

    // ok, warning, danger or unknown
    required property string kind
    property int size: 72
    property string title: ""
    property string text: ""

    spacing: Theme.spaceL
    Accessible.role: Accessible.StaticText
    Accessible.name: root.title
    Accessible.description: root.text

    FaTone {
        id: colors

        tone: root.kind === "ok" ? "success" : root.kind === "warning" ? "warning" : root.kind === "danger" ? "danger" : "normal"
    }

    Item {
        implicitWidth: root.size
        implicitHeight: root.size

        FaIcon {
            anchors.fill: parent
            name: root.kind === "ok" ? "fill-circle" : root.kind === "warning" ? "fill-triangle"
                : root.kind === "danger" ? "fill-octagon" : "fill-square"
            size: root.size
            scales: false
            color: colors.fill
        }
        FaIcon {
            anchors.centerIn: parent
            anchors.verticalCenterOffset: root.kind === "warning" ? root.size * 0.08 : 0
            name: root.kind === "ok" ? "check" : root.kind === "warning" ? "exclamation"
                : root.kind === "danger" ? "cross" : "question-mark"
            size: root.size * (root.kind === "warning" ? 0.52 : 0.62)
            scales: false
            color: colors.ink
        }
    }
    FaTitles {
        visible: root.title !== ""
        title: root.title
        subtitle: root.text
        kind: "title"
        strong: true
        ink: colors.fill
        Layout.fillWidth: true
    }
}
