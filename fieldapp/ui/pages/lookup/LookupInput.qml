// What is asked: the plate as it hangs on the truck, a line for a keyboard or an input method, and the glove-sized keypad.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui
import fieldapp.viewmodels
import "../read"

ColumnLayout {
    id: root

    required property LookupViewModel lookup
    required property ReadViewModel read
    required property CameraViewModel camera
    // Nothing stands beside it: suggestions come as a strip above the keypad.
    property bool alone: false

    // With large text the keypad comes first: the line below says the same as the drawn plate.
    readonly property real stripHeight: Math.max(Theme.target, Theme.fontLabel * 2.4)
    readonly property real keypadHeight: 5 * Theme.target + 4 * Theme.spaceS
    readonly property bool tight: root.height < drawn.implicitHeight + field.implicitHeight + reader.implicitHeight + root.stripHeight + root.keypadHeight
        + 5 * Theme.spaceM + 2 * Theme.spaceL

    function type(text: string): void {
        root.lookup.edit(root.lookup.query + text);
        field.focusInput();
    }

    spacing: Theme.spaceM

    FaPlateField {
        id: drawn

        objectName: "lookup.plate"
        visible: !root.alone || !root.tight
        // A question mark keeps the place of a province that was left out.
        plate: root.lookup.plate !== "" && root.lookup.plate.charCodeAt(0) < 128 ? "?" + root.lookup.plate : root.lookup.plate
        plateColor: root.lookup.plateColor
        active: true
        Layout.alignment: Qt.AlignHCenter
        Layout.topMargin: Theme.spaceL
        Layout.leftMargin: Theme.spaceL
        Layout.rightMargin: Theme.spaceL
        Layout.maximumWidth: root.width - 2 * Theme.spaceL
        onClicked: field.focusInput()
    }
    FaSearchField {
        id: field

        objectName: "lookup.field"
        value: root.lookup.query
        placeholder: qsTr("车牌、企业名称或信用代码")
        error: root.lookup.errorText
        maximumLength: 60
        Layout.fillWidth: true
        Layout.topMargin: drawn.visible ? 0 : Theme.spaceL
        Layout.leftMargin: Theme.spaceL
        Layout.rightMargin: Theme.spaceL
        onEdited: text => root.lookup.edit(text)
        onAccepted: root.lookup.submit()
    }
    PlateReader {
        id: reader

        read: root.read
        camera: root.camera
        Layout.fillWidth: true
        Layout.leftMargin: Theme.spaceL
        Layout.rightMargin: Theme.spaceL
        onPlateRead: text => {
            root.lookup.edit(text);
            root.lookup.submit();
        }
    }
    ListView {
        objectName: "lookup.strip"
        model: root.lookup.suggestions
        orientation: ListView.Horizontal
        spacing: Theme.spaceS
        clip: true
        visible: root.alone && root.lookup.suggestions.count > 0
        implicitHeight: root.stripHeight
        boundsBehavior: Flickable.StopAtBounds
        Layout.fillWidth: true
        Layout.leftMargin: Theme.spaceL
        Layout.rightMargin: Theme.spaceL

        delegate: FaChip {
            required property string kind
            required property string key
            required property string title
            required property bool blacklisted

            objectName: "lookup.strip." + key
            height: ListView.view.height
            text: title
            iconName: blacklisted ? "blacklist" : kind === "company" ? "building" : kind === "look_alike" || kind === "one_error" ? "question" : "truck"
            onClicked: root.lookup.choose(kind, key)
        }
    }
    ListView {
        objectName: "lookup.recentStrip"
        model: root.lookup.recent
        orientation: ListView.Horizontal
        spacing: Theme.spaceS
        clip: true
        visible: root.alone && root.lookup.recent.count > 0 && root.lookup.stage === "start"
        implicitHeight: root.stripHeight
        boundsBehavior: Flickable.StopAtBounds
        Layout.fillWidth: true
        Layout.leftMargin: Theme.spaceL
        Layout.rightMargin: Theme.spaceL

        delegate: FaChip {
            required property string kind
            required property string key
            required property string title

            objectName: "lookup.recentStrip." + key
            height: ListView.view.height
            text: title
            iconName: "clock"
            onClicked: root.lookup.choose(kind, key)
        }
    }
    Item {
        Layout.fillHeight: true
    }
    FaPlateKeypad {
        objectName: "lookup.keypad"
        plate: root.lookup.plate
        doneEnabled: root.lookup.query.trim().length > 1
        Layout.fillWidth: true
        Layout.fillHeight: true
        Layout.preferredHeight: Layout.maximumHeight
        Layout.maximumHeight: 5 * Math.min(92, Math.max(Theme.targetPrimary, root.height * 0.105)) + 4 * Theme.spaceS
        Layout.minimumHeight: root.keypadHeight
        Layout.leftMargin: Theme.spaceL
        Layout.rightMargin: Theme.spaceL
        Layout.bottomMargin: Theme.spaceL
        onKey: text => root.lookup.key(text)
        onBackspace: root.lookup.backspace()
        onDone: root.lookup.submit()
    }
}
