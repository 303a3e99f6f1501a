// Which layers are shown.
pragma ComponentBehavior: Bound

import QtQuick
import fieldapp.ui
import fieldapp.viewmodels

Flow {
    id: root

    required property MapViewModel map
    readonly property bool legend: legend.checked

    spacing: Theme.spaceS

    FaChip {
        objectName: "map.layer.cells"
        text: qsTr("单元网格")
        iconName: "grid"
        checkable: true
        checked: root.map.showCells
        onClicked: root.map.showLayer("cells", checked)
    }
    FaChip {
        objectName: "map.layer.site"
        text: qsTr("工地")
        iconName: "site"
        checkable: true
        checked: root.map.showSites
        onClicked: root.map.showLayer("site", checked)
    }
    FaChip {
        objectName: "map.layer.disposal"
        text: qsTr("消纳场")
        iconName: "trash"
        checkable: true
        checked: root.map.showDisposal
        onClicked: root.map.showLayer("disposal", checked)
    }
    FaChip {
        objectName: "map.layer.case"
        text: qsTr("案件")
        iconName: "flag"
        checkable: true
        checked: root.map.showCases
        onClicked: root.map.showLayer("case", checked)
    }
    FaChip {
        id: legend

        objectName: "map.legend"
        text: qsTr("图例")
        iconName: "info"
        checkable: true
    }
}
