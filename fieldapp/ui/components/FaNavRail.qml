// The way between the app's places, at the left edge, always in the same order.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Controls.Basic as Basic
import fieldapp.ui

Rectangle {
    id: root

    default property list<FaNavItem> items
    property list<FaNavItem> footerItems
    property alias header: head.data
    property string current: ""
    property bool expanded: false
    // Many places on a low screen: a little closer, so that all of them are in sight.
    readonly property int placesShown: root.items.filter(item => item.shown).length + root.footerItems.length
    readonly property bool tight: !root.expanded && root.placesShown * 76 > root.height - 3 * Theme.spaceS

    signal chosen(string key)

    implicitWidth: root.expanded ? Math.round(232 * Math.min(Theme.textScale, 1.5))
                                 : Math.round(104 * Math.min(Theme.textScale, 1.6))
    color: Theme.rail
    Accessible.role: Accessible.PageTabList
    Accessible.name: qsTr("导航")

    ColumnLayout {
        anchors.fill: parent
        anchors.margins: Theme.spaceS
        spacing: Theme.spaceS

        ColumnLayout {
            id: head

            visible: children.length > 0
            Layout.fillWidth: true
        }
        Flickable {
            id: scroller

            // Keeps the place one is at in sight when the rail is taller than the screen.
            function reveal(top: real, bottom: real): void {
                if (top < contentY)
                    contentY = top;
                else if (bottom > contentY + height)
                    contentY = bottom - height;
            }

            clip: true
            contentWidth: width
            contentHeight: places.implicitHeight
            boundsBehavior: Flickable.StopAtBounds
            Layout.fillWidth: true
            Layout.fillHeight: true

            Basic.ScrollBar.vertical: FaScrollBar {}

            ColumnLayout {
                id: places

                width: parent.width
                spacing: Theme.spaceXs

                Repeater {
                    model: root.items

                    FaNavButton {
                        required property FaNavItem modelData

                        // A larger text leaves less room above the footer.
                        readonly property real room: scroller.height

                        function show(): void {
                            if (checked)
                                scroller.reveal(y, y + height);
                        }

                        objectName: root.objectName + ".item." + modelData.key
                        text: modelData.text
                        iconName: modelData.iconName
                        badge: modelData.badge
                        alert: modelData.alert
                        visible: modelData.shown
                        expanded: root.expanded
                        tight: root.tight
                        checked: modelData.key === root.current
                        Layout.fillWidth: true
                        onClicked: root.chosen(modelData.key)
                        onCheckedChanged: show()
                        onYChanged: show()
                        onHeightChanged: show()
                        onRoomChanged: show()
                    }
                }
            }
        }
        ColumnLayout {
            spacing: Theme.spaceXs
            visible: root.footerItems.length > 0

            Repeater {
                model: root.footerItems

                FaNavButton {
                    required property FaNavItem modelData

                    objectName: root.objectName + ".item." + modelData.key
                    text: modelData.text
                    iconName: modelData.iconName
                    badge: modelData.badge
                    alert: modelData.alert
                    visible: modelData.shown
                    expanded: root.expanded
                    tight: root.tight
                    checked: modelData.key === root.current
                    Layout.fillWidth: true
                    onClicked: root.chosen(modelData.key)
                }
            }
        }
    }
}
