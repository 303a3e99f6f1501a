// A plate as text, letter by letter; the places at which it is not what was typed are marked by colour and a bar.
pragma ComponentBehavior: Bound

import QtQuick
import fieldapp.ui

Row {
    id: root

    required property string plate
    property string differs: ""
    property int pixelSize: Theme.fontHeading

    readonly property list<string> places: root.differs === "" ? [] : root.differs.split(",")

    spacing: 1
    Accessible.ignored: true

    Repeater {
        model: root.plate.split("")

        FaText {
            id: letter

            required property string modelData
            required property int index

            readonly property bool marked: root.places.indexOf(String(index)) >= 0

            text: modelData
            pixels: root.pixelSize
            strong: true
            color: letter.marked ? Theme.warning : Theme.text
            rightPadding: letter.index === 1 ? 6 : 0

            Rectangle {
                y: parent.height - 3
                width: letter.contentWidth
                height: 3
                radius: 1.5
                color: Theme.warning
                visible: letter.marked
            }
        }
    }
}
