// Looking up a truck: plate and keypad.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import fieldapp.ui

FaSplit {
    id: root

    property string plate: "粤B8K2"

    ratio: 0.58
    first: ColumnLayout {
        anchors.fill: parent
        anchors.margins: Theme.spaceXl
        spacing: Theme.spaceXl

        FaPlateField {
            objectName: "plate"
            plate: root.plate
            active: true
            Layout.alignment: Qt.AlignHCenter
            Layout.maximumWidth: parent.width
        }
        FaPlateKeypad {
            objectName: "keypad"
            plate: root.plate
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.maximumHeight: 440
            onKey: text => root.plate += text
            onBackspace: root.plate = root.plate.slice(0, -1)
        }
    }
    second: FaScroll {
        anchors.fill: parent

        FaPlateField {
            plate: "粤BD12345"
            plateColor: "green"
            plateHeight: 64
        }
        FaPlateField {
            plate: "粤B8K21挂"
            plateColor: "yellow"
            plateHeight: 64
        }
        FaBanner {
            kind: "info"
            text: "也可以输入全角或小写字母"
        }
    }
}
