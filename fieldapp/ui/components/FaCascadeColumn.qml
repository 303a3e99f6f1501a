// One column of a cascade.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Controls.Basic as Basic
import QtQuick.Templates as T
import fieldapp.ui

ColumnLayout {
    id: root

    property alias rows: list.model
    property string title: ""
    property string code: ""
    property string emptyText: ""
    property bool leads: false

    // The row of the chosen code; it is brought into sight, for there may be many rows before it.
    property int pickedRow: -1

    signal chosen(string code)

    function reveal(): void {
        if (root.pickedRow < 0 || list.height <= 0)
            return;
        const row = list.itemAtIndex(root.pickedRow);
        if (!row || row.y < list.contentY || row.y + row.height > list.contentY + list.height)
            list.positionViewAtIndex(root.pickedRow, ListView.Center);
    }

    spacing: Theme.spaceS
    onPickedRowChanged: Qt.callLater(root.reveal)

    Instantiator {
        model: list.model

        delegate: QtObject {
            required property string code
            required property int index
            readonly property bool picked: code === root.code

            onPickedChanged: {
                if (picked)
                    root.pickedRow = index;
                else if (root.pickedRow === index)
                    root.pickedRow = -1;
            }
            Component.onCompleted: {
                if (picked) {
                    root.pickedRow = index;
                    Qt.callLater(root.reveal);
                }
            }
        }
    }

    FaText {
        text: root.title
        kind: "label"
        color: Theme.textMuted
        Layout.fillWidth: true
    }
    Rectangle {
        radius: Theme.radiusM
        color: Theme.surface
        border.width: Theme.line
        border.color: Theme.sunlight ? Theme.outlineStrong : Theme.outline
        Layout.fillWidth: true
        Layout.fillHeight: true

        FaText {
            anchors.centerIn: parent
            width: parent.width - 2 * Theme.spaceL
            text: root.emptyText
            color: Theme.textMuted
            horizontalAlignment: Text.AlignHCenter
            visible: !list.model || list.model.count === 0
        }
        ListView {
            id: list

            objectName: root.objectName + ".list"
            anchors.fill: parent
            anchors.margins: 6
            clip: true
            spacing: 2
            boundsBehavior: Flickable.StopAtBounds
            onHeightChanged: Qt.callLater(root.reveal)
            Accessible.role: Accessible.List
            Accessible.name: root.title

            Basic.ScrollBar.vertical: FaScrollBar {}

            delegate: T.ItemDelegate {
                id: row

                required property string code
                required property string label
                required property string note

                readonly property bool picked: code === root.code

                objectName: root.objectName + "." + code
                width: ListView.view.width - (list.contentHeight > list.height ? Theme.spaceM : 0)
                implicitHeight: Math.max(56, implicitContentHeight + topPadding + bottomPadding)
                leftPadding: Theme.spaceM
                rightPadding: Theme.spaceM
                topPadding: Theme.spaceXs
                bottomPadding: Theme.spaceXs
                text: label
                Accessible.name: label
                Accessible.selected: picked
                onClicked: root.chosen(code)

                contentItem: RowLayout {
                    spacing: Theme.spaceS

                    FaTitles {
                        title: row.label
                        subtitle: row.note
                        strong: row.picked
                        ink: row.picked ? Theme.primaryInk : Theme.text
                        subtitleInk: row.picked ? Theme.primaryInk : Theme.textMuted
                        Layout.fillWidth: true
                    }
                    FaIcon {
                        name: row.picked && !root.leads ? "check" : root.leads ? "chevron-right" : ""
                        color: row.picked ? Theme.primaryInk : Theme.textMuted
                    }
                }

                background: Rectangle {
                    radius: Theme.radiusS
                    color: row.picked ? Theme.primary : row.down ? Theme.primarySoft : "transparent"

                    FaFocusRing {
                        anchors.margins: 1
                        around: Theme.radiusS
                        visible: row.visualFocus
                    }
                }
            }
        }
    }
}
