// How a permit stands: sign, colour and word.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui

Rectangle {
    id: root

    required property string fact
    property bool blacklisted: false

    readonly property string tone: root.blacklisted ? "danger" : words.tone(root.fact)
    readonly property color soft: root.tone === "success" ? Theme.successSoft : root.tone === "warning" ? Theme.warningSoft
        : root.tone === "danger" ? Theme.dangerSoft : Theme.surfaceSunken
    readonly property color ink: root.tone === "success" ? Theme.successSoftInk : root.tone === "warning" ? Theme.warningSoftInk
        : root.tone === "danger" ? Theme.dangerSoftInk : Theme.text
    readonly property string word: root.blacklisted ? qsTr("黑名单") : words.shortFact(root.fact)

    implicitWidth: row.implicitWidth + 22
    implicitHeight: Math.max(32, row.implicitHeight + 6)
    radius: Math.min(height / 2, 18)
    color: root.soft
    border.width: Theme.sunlight ? Theme.line : 0
    border.color: root.ink
    Accessible.role: Accessible.StaticText
    Accessible.name: root.word

    LookupWords {
        id: words
    }
    RowLayout {
        id: row

        anchors.centerIn: parent
        spacing: 6

        FaIcon {
            name: root.blacklisted ? "blacklist" : words.sign(root.fact)
            size: 20
            color: root.ink
        }
        FaText {
            text: root.word
            kind: "caption"
            strong: true
            color: root.ink
            wrapMode: Text.NoWrap
            Accessible.ignored: true
        }
    }
}
