// Setting a pin: what to do, where it stands now, and taking it or leaving it.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.map
import fieldapp.ui
import fieldapp.viewmodels

FaCard {
    id: root

    required property MapViewModel map
    required property CityMap city

    function placeMiddle(): void {
        const middle = root.city.middle();
        root.map.placePin(middle[0], middle[1]);
    }

    objectName: "map.pinBar"
    iconName: "location"
    title: root.map.pinPlaced ? qsTr("位置放在这里？") : qsTr("点一下地图，放置位置")
    subtitle: !root.map.pinPlaced ? qsTr("也可以移动地图，再放在十字中心。")
        : root.map.pinCell === "" ? qsTr("%1，城市网格之外").arg(root.map.pinText) : qsTr("%1，网格 %2").arg(root.map.pinText).arg(root.map.pinCell)

    RowLayout {
        spacing: Theme.spaceS

        FaButton {
            objectName: "map.pin.cancel"
            kind: "secondary"
            large: true
            text: qsTr("取消")
            Layout.fillWidth: true
            Layout.preferredWidth: 1
            onClicked: root.map.cancelPin()
        }
        FaButton {
            objectName: "map.pin.middle"
            kind: "secondary"
            large: true
            text: qsTr("放在中心")
            Layout.fillWidth: true
            Layout.preferredWidth: 1
            onClicked: root.placeMiddle()
        }
        FaButton {
            objectName: "map.pin.confirm"
            text: qsTr("用这个位置")
            iconName: "check"
            enabled: root.map.pinPlaced
            Layout.fillWidth: true
            Layout.preferredWidth: 1.4
            onClicked: root.map.confirmPin()
        }
    }
}
