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

    // What it is to look like, and what it was last drawn as: only what is seen is drawn anew, so that another text size or theme
    // does not draw the icons of every page that was ever opened.
    readonly property string wanted: root.name === "" ? "" : "image://icon/" + root.name + "/" + root.color.toString().slice(1)
    property int drawn: 0
    property bool made: false // before that nobody knows what is seen

    function draw(): void {
        if (root.made && root.visible && (root.drawn !== root.shown || root.source.toString() !== root.wanted)) {
            root.source = "";
            root.drawn = root.shown;
            root.source = root.wanted;
        }
    }

    sourceSize: Qt.size(root.drawn, root.drawn)
    onWantedChanged: root.draw()
    onShownChanged: root.draw()
    onVisibleChanged: root.draw()
    Component.onCompleted: {
        root.made = true;
        root.draw();
    }
    width: root.drawn > 0 ? root.drawn : root.size
    height: width
    visible: root.name !== ""
    Accessible.ignored: true
}
