// Looking up a truck: what is typed at the left, what the records say at the right.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui
import fieldapp.viewmodels
import "lookup"

FocusScope {
    id: root

    required property LookupViewModel lookup
    required property ReadViewModel read
    required property CameraViewModel camera
    property bool visits: false

    signal visitAsked(string kind, string ref)

    readonly property bool answered: lookup.stage === "truck" || lookup.stage === "company"

    objectName: "lookupPage"
    // A keyboard types into the field without a tap first. The field itself is not focused by the page: on a
    // tablet that would bring up the system's keyboard over the keypad.
    focus: true
    onVisibleChanged: {
        if (root.visible)
            root.forceActiveFocus();
    }
    Keys.onPressed: event => {
        event.accepted = event.text.trim() !== "" && event.key !== Qt.Key_Escape;
        if (event.accepted)
            input.type(event.text);
    }
    Keys.onEscapePressed: root.lookup.clear()
    Keys.onReturnPressed: root.lookup.submit()
    Keys.onEnterPressed: root.lookup.submit()

    Rectangle {
        anchors.fill: parent
        color: Theme.background
    }
    ColumnLayout {
        anchors.fill: parent
        spacing: 0

        FaPageHeader {
            objectName: "lookup.header"
            title: qsTr("查车")
            subtitle: qsTr("此车此时此地能否通行，没有网络也能查")
            showBack: root.lookup.canReturn || (panes.stacked && root.answered)
            onBack: root.lookup.back()

            LookupAge {
                age: root.lookup.age
            }
        }
        FaSplit {
            id: panes

            ratio: Math.max(0.36, Math.min(0.5, 596 / Math.max(1, width)))
            showSecond: root.answered
            Layout.fillWidth: true
            Layout.fillHeight: true

            first: LookupInput {
                id: input

                anchors.fill: parent
                lookup: root.lookup
                read: root.read
                camera: root.camera
                alone: panes.stacked
            }
            second: LookupAnswer {
                anchors.fill: parent
                lookup: root.lookup
                alone: panes.stacked
                visits: root.visits
                onVisitAsked: (kind, ref) => root.visitAsked(kind, ref)
            }
        }
    }
}
