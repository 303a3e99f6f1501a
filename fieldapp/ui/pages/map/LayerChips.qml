// The two things that open over the map: which layers it shows, and what its signs mean.
pragma ComponentBehavior: Bound

import QtQuick
import fieldapp.ui

Flow {
    id: root

    readonly property bool legend: legend.checked
    readonly property bool layers: layers.checked

    function close(): void {
        layers.checked = false;
        legend.checked = false;
    }

    spacing: Theme.spaceS

    FaChip {
        id: layers

        objectName: "map.layers"
        text: qsTr("图层")
        iconName: "layers"
        checkable: true
        onClicked: legend.checked = false
    }
    FaChip {
        id: legend

        objectName: "map.legend"
        text: qsTr("图例")
        iconName: "info"
        checkable: true
        onClicked: layers.checked = false
    }
}
