// One line of input: label above, error or hint below, a clear button inside.
// In: `value` (shown unless it is what is being typed). Out: edited(fullText), which holds uncommitted input-method text too.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import fieldapp.ui

FaField {
    id: root

    property alias text: input.text
    property string value: ""
    property string placeholder: ""
    property string iconName: ""
    property bool clearable: true
    property bool password: false
    property bool busy: false
    property alias readOnly: input.readOnly
    property alias maximumLength: input.maximumLength
    property alias inputMethodHints: input.inputMethodHints
    readonly property string fullText: whole(input.text, input.preeditText, input.cursorPosition)

    signal edited(string fullText)
    signal accepted
    signal cleared

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

    onValueChanged: {
        if (root.value !== root.now())
            input.text = root.value;
    }
    lit: input.activeFocus
    flatFrame: readOnly

    RowLayout {
        width: parent.width
        spacing: 0

        FaIcon {
            name: root.iconName
            color: Theme.textMuted
            Layout.leftMargin: Theme.spaceL
        }
        T.TextField {
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
            Accessible.name: root.label !== "" ? root.label : root.placeholder
            Accessible.description: root.error !== "" ? root.error : root.hint
            implicitHeight: Math.max(56, contentHeight + 2 * Theme.spaceM)
            leftPadding: root.iconName !== "" ? Theme.spaceM : Theme.spaceL
            rightPadding: Theme.spaceS
            verticalAlignment: TextInput.AlignVCenter
            font.family: Theme.fontFamily
            font.pixelSize: input.drawn
            color: root.enabled ? Theme.text : Theme.textDisabled
            selectionColor: Theme.primary
            selectedTextColor: Theme.primaryInk
            echoMode: root.password ? TextInput.Password : TextInput.Normal
            Layout.fillWidth: true
            onTextEdited: root.edited(root.now())
            onPreeditTextChanged: root.edited(root.now())
            onAccepted: root.accepted()
            // While nobody types, a text too long for its field shows its beginning.
            onActiveFocusChanged: showBeginning()
            onTextChanged: showBeginning()
            onWidthChanged: showBeginning()

            function showBeginning(): void {
                if (!input.activeFocus)
                    Qt.callLater(input.ensureVisible, 0);
            }

            FaText {
                anchors.fill: parent
                anchors.leftMargin: input.leftPadding
                anchors.rightMargin: input.rightPadding
                verticalAlignment: Text.AlignVCenter
                text: root.placeholder
                color: Theme.textMuted
                wrapMode: Text.NoWrap
                elide: Text.ElideRight
                visible: input.length === 0 && input.preeditText === ""
                Accessible.ignored: true
            }
        }
        FaBusy {
            running: root.busy
            Layout.rightMargin: Theme.spaceM
        }
        FaIconButton {
            objectName: root.objectName + ".clear"
            iconName: "cross"
            iconSize: 20
            text: qsTr("清除")
            visible: root.clearable && !root.readOnly && root.enabled && input.length > 0
            Layout.rightMargin: Theme.spaceXs
            onClicked: {
                input.clear();
                input.forceActiveFocus();
                root.edited("");
                root.cleared();
            }
        }
    }
}
