// Several lines of input with a count and ready phrases that go in at the cursor. It counts and never cuts.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Controls.Basic as Basic
import QtQuick.Templates as T
import fieldapp.ui

FaField {
    id: root

    property alias text: input.text
    property string value: ""
    property string placeholder: ""
    property int countLimit: 0
    property int lines: 4
    // Grows with what is written up to this many.
    property int linesMost: root.lines
    property list<string> phrases
    property alias readOnly: input.readOnly
    // Of what is written: a character out of another font may make lines higher.
    readonly property real lineHeight: Math.max(metrics.height, Math.ceil(input.contentHeight / Math.max(1, input.lineCount)))
    readonly property string fullText: whole(input.text, input.preeditText, input.cursorPosition)

    signal edited(string fullText)
    signal phraseChosen(string phrase)

    function whole(text: string, preedit: string, cursor: int): string {
        return preedit === "" ? text : text.slice(0, cursor) + preedit + text.slice(cursor);
    }

    // Not `fullText`: while a signal is being given, a binding may still hold the old text.
    function now(): string {
        return whole(input.text, input.preeditText, input.cursorPosition);
    }

    function focusInput(): void {
        input.forceActiveFocus();
    }

    function insert(text: string): void {
        input.insert(input.cursorPosition, text);
        root.edited(root.now());
    }

    onValueChanged: {
        if (root.value !== root.now())
            input.text = root.value;
    }
    lit: input.activeFocus
    flatFrame: readOnly
    note: countLimit > 0 && input.length >= countLimit * 0.8 ? qsTr("%1 / %2 字").arg(input.length).arg(countLimit) : ""

    Flickable {
        id: flick

        width: parent.width
        height: Math.max(Math.max(1, root.lines) * metrics.height, Math.min(root.linesMost, input.lineCount) * root.lineHeight) + 2 * Theme.spaceM
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        contentWidth: width
        contentHeight: input.height

        // Keeps the line that is being written in sight.
        function follow(top: real, line: real): void {
            if (top < contentY + Theme.spaceM)
                contentY = Math.max(0, top - Theme.spaceM);
            else if (top + line + Theme.spaceM > contentY + height)
                contentY = top + line + Theme.spaceM - height;
        }

        Basic.ScrollBar.vertical: FaScrollBar {}

        T.TextArea {
            id: input

            // As in FaText: laid out anew when it is seen.
            readonly property int pixels: Theme.fontBody
            property int drawn: 18

            function follow(): void {
                if (input.visible)
                    input.drawn = input.pixels;
            }

            onPixelsChanged: input.follow()
            onVisibleChanged: input.follow()
            objectName: root.objectName + ".input"
            focus: true
            width: flick.width
            height: Math.max(flick.height, contentHeight + topPadding + bottomPadding)
            Accessible.name: root.label !== "" ? root.label : root.placeholder
            Accessible.description: root.error !== "" ? root.error : root.hint
            leftPadding: Theme.spaceL
            rightPadding: Theme.spaceL
            topPadding: Theme.spaceM
            bottomPadding: Theme.spaceM
            wrapMode: TextEdit.Wrap
            textFormat: TextEdit.PlainText
            font.family: Theme.fontFamily
            font.pixelSize: input.drawn
            color: root.enabled ? Theme.text : Theme.textDisabled
            selectionColor: Theme.primary
            selectedTextColor: Theme.primaryInk
            onTextChanged: {
                if (activeFocus)
                    root.edited(root.now());
            }
            onPreeditTextChanged: root.edited(root.now())
            onCursorRectangleChanged: flick.follow(cursorRectangle.y, cursorRectangle.height)

            FaText {
                anchors.fill: parent
                anchors.leftMargin: Theme.spaceL
                anchors.rightMargin: Theme.spaceL
                anchors.topMargin: Theme.spaceM
                text: root.placeholder
                color: Theme.textMuted
                visible: input.length === 0 && input.preeditText === ""
                Accessible.ignored: true
            }
        }
    }

    FontMetrics {
        id: metrics

        font: input.font
    }

    hasBelow: phrases.length > 0
    below: Flow {
        spacing: Theme.spaceS
        Layout.fillWidth: true

        Repeater {
            model: root.phrases

            FaChip {
                required property string modelData
                required property int index

                objectName: root.objectName + "." + index
                text: modelData
                iconName: "plus"
                focusPolicy: Qt.NoFocus
                onClicked: {
                    root.insert(modelData);
                    root.phraseChosen(modelData);
                }
            }
        }
    }
}
