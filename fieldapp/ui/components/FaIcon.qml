// A line icon in one colour, drawn from its SVG at the pixel size it is shown in.
import QtQuick
import fieldapp.ui

Image {
    id: root

    property string name: ""
    property color color: Theme.text
    property int size: Theme.iconSize

    source: root.name === "" ? "" : "image://icon/" + root.name + "/" + root.color.toString().slice(1)
    sourceSize.width: root.size
    sourceSize.height: root.size
    width: root.size
    height: root.size
    visible: root.name !== ""
    Accessible.ignored: true
}
