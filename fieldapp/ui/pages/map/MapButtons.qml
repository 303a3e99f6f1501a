// Everything fingers can do on the map, as buttons too: closer, farther, whole city, own place, and four ways to look on.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.map
import fieldapp.ui
import fieldapp.viewmodels

GridLayout {
    id: root

    required property MapViewModel map
    required property CityMap city
    property real maximumHeight: 800

    readonly property int button: Theme.targetPrimary
    // Two columns where one would not fit above the pad.
    readonly property bool low: root.maximumHeight < 7 * root.button + 7 * Theme.spaceS

    columns: 3
    rowSpacing: Theme.spaceS
    columnSpacing: Theme.spaceS

    MapButton {
        objectName: "map.zoomIn"
        iconName: "plus"
        text: qsTr("放大")
        Layout.row: 0
        Layout.column: 2
        onClicked: root.city.zoomIn()
    }
    MapButton {
        objectName: "map.zoomOut"
        iconName: "minus"
        text: qsTr("缩小")
        Layout.row: 1
        Layout.column: 2
        onClicked: root.city.zoomOut()
    }
    MapButton {
        objectName: "map.showAll"
        iconName: "map"
        text: qsTr("整个城市")
        Layout.row: root.low ? 0 : 2
        Layout.column: root.low ? 1 : 2
        onClicked: root.city.showAll()
    }
    MapButton {
        objectName: "map.goHome"
        iconName: root.map.positionQuality === "missing" ? "gps-off" : "crosshair"
        text: qsTr("我的位置")
        enabled: root.map.positionQuality !== "missing"
        Layout.row: root.low ? 1 : 3
        Layout.column: root.low ? 1 : 2
        onClicked: root.map.goHome()
    }
    Item {
        implicitHeight: Theme.spaceS
        Layout.row: 4
        Layout.column: 2
    }
    MapButton {
        objectName: "map.up"
        iconName: "chevron-up"
        text: qsTr("向北看")
        autoRepeat: true
        Layout.row: 5
        Layout.column: 1
        onClicked: root.city.panStep(0, -0.3)
    }
    MapButton {
        objectName: "map.left"
        iconName: "chevron-left"
        text: qsTr("向西看")
        autoRepeat: true
        Layout.row: 6
        Layout.column: 0
        onClicked: root.city.panStep(-0.3, 0)
    }
    MapButton {
        objectName: "map.down"
        iconName: "chevron-down"
        text: qsTr("向南看")
        autoRepeat: true
        Layout.row: 6
        Layout.column: 1
        onClicked: root.city.panStep(0, 0.3)
    }
    MapButton {
        objectName: "map.right"
        iconName: "chevron-right"
        text: qsTr("向东看")
        autoRepeat: true
        Layout.row: 6
        Layout.column: 2
        onClicked: root.city.panStep(0.3, 0)
    }
}
