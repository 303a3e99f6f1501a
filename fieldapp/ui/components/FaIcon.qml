// A line icon in one colour, drawn from its SVG at the pixel size it is shown in.
import QtQuick
import fieldapp.ui

Image {
    id: root

    property string name: ""
    property color color: Theme.text
    property int size: Theme.iconSize
    // Grows with the text; off where the icon stands in a box that does not.
    property bool scales: true

    readonly property int shown: root.scales ? Math.round(root.size * Theme.iconScale) : root.size

    source: root.name === "" ? "" : "image://icon/" + root.name + "/" + root.color.toString().slice(1)
    sourceSize.width: root.shown
    sourceSize.height: root.shown
    width: root.shown
    height: root.shown
    visible: root.name !== ""
    Accessible.ignored: true
}
