// Where it is: what the photos or the person say, the grid cell there, and the ways to say it otherwise.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui
import fieldapp.viewmodels

FaCard {
    id: root

    required property CaptureViewModel capture

    readonly property CapturePlaceViewModel place: root.capture.place
    readonly property CaptureFormViewModel form: root.capture.form
    readonly property bool waiting: root.capture.photos.count === 0 && root.place.fixQuality !== "missing"
    readonly property bool doubtful: (!root.place.placed && !root.waiting) || root.place.stale
    readonly property string word: root.place.source === "gnss" ? qsTr("卫星定位") : root.place.source === "replay" ? qsTr("回放定位")
        : root.place.source === "exif" ? qsTr("照片自带位置") : root.place.source === "pin" ? qsTr("人工标注") : root.waiting ? qsTr("等待拍照") : qsTr("尚无位置")
    readonly property string cellWord: root.place.gridState === "outside" ? qsTr("城市范围外")
        : root.place.gridState === "unplaced" ? qsTr("未定位") : root.place.gridCell

    signal coordinatesAsked

    title: qsTr("位置")
    enabled: !root.capture.submitting

    RowLayout {
        spacing: Theme.spaceM
        Layout.fillWidth: true

        Rectangle {
            implicitWidth: Math.round(44 * Theme.iconScale)
            implicitHeight: implicitWidth
            radius: Theme.radiusM
            color: root.doubtful ? Theme.warningSoft : root.place.source === "gnss" ? Theme.successSoft : Theme.infoSoft

            FaIcon {
                anchors.centerIn: parent
                name: root.waiting && !root.place.placed ? "crosshair" : !root.place.placed ? "gps-off" : root.place.stale ? "clock" : root.place.source === "exif" ? "photo"
                    : root.place.source === "pin" ? "flag" : root.place.source === "replay" ? "refresh" : "location"
                color: root.doubtful ? Theme.warningSoftInk : root.place.source === "gnss" ? Theme.successSoftInk : Theme.infoSoftInk
            }
        }
        FaTitles {
            title: [root.word, root.place.accuracy, root.place.stale ? qsTr("已过时") : ""].filter(part => part !== "").join(" · ")
            subtitle: root.place.placed ? root.place.text
                : root.waiting ? qsTr("拍照时自动记录拍摄位置") : qsTr("可以先提交；标出位置便于派遣")
            strong: true
            Layout.fillWidth: true
        }
    }
    Flow {
        spacing: Theme.spaceS
        Layout.fillWidth: true

        FaChip {
            objectName: "place.fix"
            iconName: "crosshair"
            text: qsTr("当前定位")
            enabled: root.place.fixQuality !== "missing"
            onClicked: root.capture.takeFix()
        }
        FaChip {
            objectName: "place.photo"
            iconName: "photo"
            text: qsTr("照片位置")
            visible: root.place.photoPlaced
            checkable: false
            enabled: root.place.byHand
            onClicked: root.capture.takePhotoPlace()
        }
        FaChip {
            objectName: "place.pin"
            iconName: "map"
            text: qsTr("地图标点")
            onClicked: root.capture.askPin()
        }
        FaChip {
            objectName: "place.coordinates"
            iconName: "edit"
            text: qsTr("输入坐标")
            onClicked: root.coordinatesAsked()
        }
    }
    FieldError {
        objectName: "place.error"
        text: root.form.placeError
    }
    FaTextField {
        objectName: "grid"
        label: qsTr("单元网格")
        value: root.form.gridChosen
        placeholder: root.cellWord
        hint: root.form.gridChosen !== "" && root.place.gridState === "unknown" ? qsTr("本市没有这个网格，请核对。")
            : root.place.gridState === "outside" ? qsTr("按此位置不在任何网格内，仍可上报。") : root.place.gridName
        error: root.form.gridError
        inputMethodHints: Qt.ImhDigitsOnly
        maximumLength: 24
        Layout.fillWidth: true
        onEdited: text => root.form.setGridCell(text)
    }
    FaTextField {
        objectName: "address"
        label: qsTr("地点描述")
        value: root.form.address
        placeholder: root.place.addressGuess !== "" ? root.place.addressGuess : qsTr("路名、门牌或附近标志物")
        error: root.form.addressError
        maximumLength: 200
        Layout.fillWidth: true
        onEdited: text => root.form.setAddress(text)
    }
}
