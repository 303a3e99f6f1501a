// The photos of a message: those that are here, and a place for each that is asked of central by a touch.
pragma ComponentBehavior: Bound

import QtQuick
import fieldapp.ui
import "../tasks"

Flow {
    id: root

    required property list<string> photos
    required property list<string> larges
    required property list<string> wanted
    property color matte: Theme.surface
    property int side: Math.round(128 * Math.min(Theme.textScale, 1.5))

    signal opened(list<string> larges, int at)
    signal asked(string sha256)

    spacing: Theme.spaceS
    visible: root.photos.length > 0

    Repeater {
        model: root.photos

        Item {
            id: place

            required property string modelData
            required property int index

            implicitWidth: root.side
            implicitHeight: root.side

            FaPhotoTile {
                objectName: root.objectName + "." + place.index
                source: place.modelData
                number: root.photos.length > 1 ? place.index + 1 : 0
                size: root.side
                matte: root.matte
                visible: place.modelData !== ""
                onClicked: root.wanted[place.index] !== "" ? root.asked(root.wanted[place.index]) : root.opened(root.larges, place.index)
            }
            AddTile {
                objectName: root.objectName + ".fetch." + place.index
                text: qsTr("取照片")
                iconName: "download"
                size: root.side
                visible: place.modelData === ""
                onClicked: root.asked(root.wanted[place.index])
            }
        }
    }
}
