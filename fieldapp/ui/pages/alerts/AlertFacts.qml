// What is known of an alert: the truck with the way to its verdict, the place with the way to the map, the evidence.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui
import fieldapp.viewmodels

FaCard {
    id: root

    required property AlertSheetViewModel sheet

    signal mapAsked
    signal truckAsked
    signal pictureAsked

    title: qsTr("预警信息")
    iconName: "bell"
    spacing: Theme.spaceXs

    Flow {
        spacing: Theme.spaceS
        visible: root.sheet.plate !== "" || root.sheet.hasPlace
        Layout.fillWidth: true
        Layout.bottomMargin: Theme.spaceS

        FaButton {
            objectName: "alerts.truck"
            text: qsTr("查车 %1").arg(root.sheet.plate)
            iconName: "truck"
            kind: "secondary"
            visible: root.sheet.plate !== ""
            onClicked: root.truckAsked()
        }
        FaButton {
            objectName: "alerts.map"
            text: qsTr("地图")
            iconName: "map"
            kind: "secondary"
            visible: root.sheet.hasPlace
            onClicked: root.mapAsked()
        }
    }
    FaText {
        text: root.sheet.note
        visible: text !== ""
        Layout.fillWidth: true
        Layout.bottomMargin: Theme.spaceS
    }
    FaFact {
        label: qsTr("处理情况")
        iconName: "user"
        value: root.sheet.stand
    }
    FaFact {
        label: qsTr("车牌")
        iconName: "plate"
        value: root.sheet.plate
        visible: value !== ""
    }
    FaFact {
        label: qsTr("单位")
        iconName: "building"
        value: root.sheet.company
        visible: value !== ""
    }
    FaFact {
        label: qsTr("准运证")
        iconName: "permit"
        value: root.sheet.permit
        visible: value !== ""
    }
    FaFact {
        label: qsTr("位置")
        iconName: "location"
        value: root.sheet.place
        visible: value !== ""
    }
    FaFact {
        label: qsTr("发现时间")
        iconName: "clock"
        value: root.sheet.when
    }
    FaFact {
        label: qsTr("来源")
        iconName: "eye"
        value: root.sheet.source
        visible: value !== ""
    }
    FaPhotoTile {
        objectName: "alerts.picture"
        source: root.sheet.picture
        size: 240
        visible: source !== ""
        Layout.topMargin: Theme.spaceS
        onClicked: opener.show([root.sheet.picture], 0, root.sheet.title)
    }
    FaButton {
        objectName: "alerts.picture.fetch"
        text: qsTr("取现场图片")
        iconName: "download"
        kind: "secondary"
        visible: root.sheet.pictureElsewhere
        onClicked: root.pictureAsked()
    }
    FaText {
        text: root.sheet.pictureReason
        color: Theme.danger
        visible: text !== ""
        Layout.fillWidth: true
    }
    FaPhotoOpener {
        id: opener

        objectName: "alerts.picture.viewer"
    }
    Repeater {
        model: root.sheet.measured

        FaFact {
            required label
            required value

            iconName: "info"
        }
    }
}
