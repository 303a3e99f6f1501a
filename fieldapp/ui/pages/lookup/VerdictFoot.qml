// One thing the verdict rests on: where, when, how old the data, how heavy.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui

RowLayout {
    id: root

    required property color ink
    required property string iconName
    required property string text

    spacing: 6
    Accessible.role: Accessible.StaticText
    Accessible.name: root.text

    FaIcon {
        name: root.iconName
        size: 20
        color: root.ink
    }
    FaText {
        text: root.text
        kind: "label"
        color: root.ink
        wrapMode: Text.NoWrap
        Accessible.ignored: true
    }
}
