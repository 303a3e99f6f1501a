// The city's map, offline: cells, sites, cases, one's own place; and setting a pin for a report.
pragma ComponentBehavior: Bound

import QtQuick
import fieldapp.map
import fieldapp.ui
import fieldapp.viewmodels
import "map"

Item {
    id: root

    required property MapViewModel map
    property bool visits: false

    signal visitAsked(string kind, string ref)

    readonly property bool narrow: width < Theme.stacked * Math.min(Theme.textScale, 1.6)

    function dress(): void {
        city.dress(Theme.name, {
            ground: Theme.background,
            surface: Theme.surface,
            line: Theme.outline,
            border: Theme.outlineStrong,
            ink: Theme.text,
            muted: Theme.textMuted,
            primary: Theme.primary,
            primary_ink: Theme.primaryInk,
            success: Theme.success,
            warning: Theme.warning,
            danger: Theme.danger,
            info: Theme.info
        }, Theme.fontFamily, Theme.textScale);
    }

    function choose(layer: string, key: string): void {
        root.map.choose(layer, key);
        if (!root.map.pinMode && !root.narrow)
            city.reveal(card.x + card.width);
    }

    objectName: "mapPage"
    onVisibleChanged: {
        if (root.visible)
            root.map.activate();
        else
            root.map.rest();
    }
    Component.onCompleted: {
        root.dress();
        if (root.visible)
            root.map.activate();
    }

    Connections {
        target: Theme

        function onNameChanged(): void {
            root.dress();
        }
        function onTextScaleChanged(): void {
            root.dress();
        }
    }
    Connections {
        target: root.map

        function onLookAt(lon: real, lat: real): void {
            city.centreOn(lon, lat);
        }
    }

    CityMap {
        id: city

        objectName: "map.city"
        anchors.fill: parent
        scene: root.map.scene
        free: Qt.rect(0, chips.height + Theme.spaceM, city.width - Theme.targetPrimary - 2 * Theme.spaceM,
            city.height - chips.height - foot.height - 3 * Theme.spaceM)
        Accessible.role: Accessible.Graphic
        Accessible.name: qsTr("城市示意地图")
        onMarkTapped: (layer, key) => root.choose(layer, key)
        onCellTapped: code => root.choose("cells", code)
        onGroundTapped: (lon, lat) => root.map.placePin(lon, lat)

        TapHandler {
            onTapped: point => city.tap(point.position.x, point.position.y)
        }
        DragHandler {
            id: drag

            property point last: Qt.point(0, 0)

            target: null
            onActiveChanged: drag.last = Qt.point(0, 0)
            onTranslationChanged: {
                city.panBy(drag.activeTranslation.x - drag.last.x, drag.activeTranslation.y - drag.last.y);
                drag.last = Qt.point(drag.activeTranslation.x, drag.activeTranslation.y);
            }
        }
        PinchHandler {
            id: pinch

            target: null
            onScaleChanged: delta => city.zoomAt(delta, pinch.centroid.position.x, pinch.centroid.position.y)
        }
        WheelHandler {
            acceptedDevices: PointerDevice.Mouse | PointerDevice.TouchPad
            onWheel: event => city.zoomAt(Math.pow(1.0015, event.angleDelta.y), event.x, event.y)
        }
    }

    LayerChips {
        id: chips

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: parent.top
        anchors.margins: Theme.spaceM
        visible: !root.map.pinMode
    }
    PinBar {
        id: pinBar

        map: root.map
        city: city
        anchors.horizontalCenter: parent.horizontalCenter
        anchors.top: parent.top
        anchors.topMargin: Theme.spaceM
        width: Math.min(parent.width - 2 * Theme.spaceM, 720 * Math.min(Theme.textScale, 1.4))
        visible: root.map.pinMode
    }
    MapButtons {
        id: buttons

        map: root.map
        city: city
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        anchors.margins: Theme.spaceM
        maximumHeight: parent.height - (pinBar.visible ? pinBar.height : chips.height) - 3 * Theme.spaceM
    }
    MapFoot {
        id: foot

        objectName: "map.foot"
        city: city
        map: root.map
        anchors.left: parent.left
        anchors.bottom: parent.bottom
        anchors.margins: Theme.spaceM
        maximumWidth: buttons.x - 2 * Theme.spaceM
    }
    LegendCard {
        anchors.right: parent.right
        anchors.top: chips.bottom
        anchors.margins: Theme.spaceM
        anchors.rightMargin: buttons.width > 0 ? Theme.targetPrimary + 2 * Theme.spaceM : Theme.spaceM
        maximumWidth: root.width - 3 * Theme.spaceM - Theme.targetPrimary
        maximumHeight: root.height - chips.height - 3 * Theme.spaceM
        visible: chips.legend && !root.map.pinMode
    }
    LayersCard {
        map: root.map
        anchors.left: parent.left
        anchors.top: chips.bottom
        anchors.margins: Theme.spaceM
        width: Math.min(buttons.x - 2 * Theme.spaceM, 440 * Math.min(Theme.textScale, 1.6))
        maximumHeight: root.height - chips.height - 3 * Theme.spaceM
        visible: chips.layers && !root.map.pinMode
        onFilesAsked: files.open()
    }
    BaseMapDialog {
        id: files

        base: root.map.base
    }
    PlaceCard {
        id: card

        selection: root.map.selection
        anchors.left: parent.left
        anchors.top: chips.bottom
        anchors.margins: Theme.spaceM
        width: Math.min(root.narrow ? buttons.x - 2 * Theme.spaceM : 440 * Math.min(Theme.textScale, 1.5), buttons.x - 2 * Theme.spaceM)
        maximumHeight: parent.height - chips.height - 110
        visible: root.map.selection.layer !== "" && !chips.layers
        onClosed: root.map.clearSelection()
        visits: root.visits
        onOpenAsked: root.map.openChosen()
        onVisitAsked: (kind, ref) => root.visitAsked(kind, ref)
        onWayAsked: root.map.leadTo(card.heading)
    }
    WayBar {
        way: root.map.way
        anchors.horizontalCenter: parent.horizontalCenter
        anchors.top: chips.bottom
        anchors.topMargin: Theme.spaceM
        width: Math.min(root.width - 2 * (Theme.targetPrimary + 2 * Theme.spaceM), 640 * Math.min(Theme.textScale, 1.5))
        visible: root.map.way.active && !root.map.pinMode && !chips.layers && !chips.legend && !card.visible
    }
    Crosshair {
        anchors.centerIn: parent
        visible: root.map.pinMode && !root.map.pinPlaced
    }
    FaEmpty {
        anchors.centerIn: parent
        width: Math.min(parent.width, 520)
        iconName: root.map.loading ? "map" : "download"
        title: root.map.loading ? qsTr("正在读取地图") : qsTr("本机还没有网格数据")
        text: root.map.loading ? "" : qsTr("联网取得数据后，这里会显示单元网格、工地和案件。")
        visible: root.map.empty || root.map.loading
    }
}
