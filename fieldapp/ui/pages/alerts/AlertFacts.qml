// What is known of an alert: the truck with the way to its verdict, the place with the way to the map, the evidence.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui
import fieldapp.viewmodels

FaCard {
    id: root

    required property AlertSheetViewModel sheet
    // Whether where it stands is said already, above.
    property bool standShown: false

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
    RowLayout {
        spacing: Theme.spaceM
        visible: root.sheet.picture !== "" || root.sheet.note !== ""
        Layout.fillWidth: true
        Layout.bottomMargin: Theme.spaceS

        FaPhotoTile {
            id: picture

            objectName: "alerts.picture"
            source: root.sheet.picture
            size: 160
            visible: source !== ""
            Layout.alignment: Qt.AlignTop
            onClicked: opener.show([root.sheet.picture], 0, root.sheet.title)
        }
        FaText {
            id: note

            text: root.sheet.note
            visible: text !== ""
            Layout.fillWidth: true
            Layout.alignment: Qt.AlignTop
        }
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
        Layout.bottomMargin: Theme.spaceS
    }
    FaPhotoOpener {
        id: opener

        objectName: "alerts.picture.viewer"
    }
    FaFact {
        label: qsTr("处理情况")
        iconName: "user"
        value: root.sheet.stand
        visible: !root.standShown
    }
    Repeater {
        model: root.sheet.measured

        FaFact {
            required label
            required value

            objectName: "alerts.measured." + label
            iconName: "info"
        }
    }
    FaFact {
        label: qsTr("位置")
        iconName: "location"
        value: root.sheet.place
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
        label: qsTr("来源")
        iconName: "eye"
        value: root.sheet.source
        visible: value !== ""
    }
}
