// One piece of text in one of the six sizes. Plain text, wraps by itself.
import QtQuick
import fieldapp.ui

Text {
    id: root

    // display, title, heading, body, label or caption
    property string kind: "body"
    property bool strong: kind === "display" || kind === "title" || kind === "heading" || kind === "label"

    color: Theme.text
    font.family: Theme.fontFamily
    font.pixelSize: root.kind === "display" ? Theme.fontDisplay
                  : root.kind === "title" ? Theme.fontTitle
                  : root.kind === "heading" ? Theme.fontHeading
                  : root.kind === "label" ? Theme.fontLabel
                  : root.kind === "caption" ? Theme.fontCaption : Theme.fontBody
    font.weight: root.strong ? Theme.weightStrong : Theme.weightNormal
    textFormat: Text.PlainText
    wrapMode: Text.Wrap
    lineHeight: 0.94
}
