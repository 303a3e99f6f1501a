// One piece of text in one of the six sizes. Plain text, wraps by itself.
import QtQuick
import fieldapp.ui

Text {
    id: root

    // display, title, heading, body, label or caption
    property string kind: "body"
    property bool strong: kind === "display" || kind === "title" || kind === "heading" || kind === "label"

    // How large it is to be. Set this and not the font's own size: what nobody sees is not laid out anew when the text size changes,
    // but when it is shown again, so that a change costs what is seen and not every page that was ever opened.
    property int pixels: root.kind === "display" ? Theme.fontDisplay
                       : root.kind === "title" ? Theme.fontTitle
                       : root.kind === "heading" ? Theme.fontHeading
                       : root.kind === "label" ? Theme.fontLabel
                       : root.kind === "caption" ? Theme.fontCaption : Theme.fontBody
    property int drawn: 18

    function follow(): void {
        if (root.visible)
            root.drawn = root.pixels;
    }

    onPixelsChanged: root.follow()
    onVisibleChanged: root.follow()
    color: Theme.text
    font.family: Theme.fontFamily
    font.pixelSize: root.drawn
    font.weight: root.strong ? Theme.weightStrong : Theme.weightNormal
    textFormat: Text.PlainText
    wrapMode: Text.Wrap
    lineHeight: 0.94
}
