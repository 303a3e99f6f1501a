// Photos of a report or an act: those that lie on this device, opened large by a touch, and a plain word about the others.
pragma ComponentBehavior: Bound

import QtQuick
import fieldapp.ui

Flow {
    id: root

    property list<string> photos
    property list<string> larges
    property int photoCount: 0
    property int tileSize: 120

    property string title: ""

    readonly property int elsewhere: root.photoCount - root.photos.length

    spacing: Theme.spaceS

    Repeater {
        model: root.photos

        FaPhotoTile {
            required property string modelData
            required property int index

            objectName: root.objectName + "." + index
            source: modelData
            number: index + 1
            size: root.tileSize
            onClicked: opener.show(root.larges, index, root.title)
        }
    }
    TaskPill {
        objectName: "tasks.photosElsewhere"
        iconName: "cloud"
        text: root.elsewhere > 0 ? qsTr("%1 张照片在服务器上").arg(root.elsewhere) : ""
    }
    FaPhotoOpener {
        id: opener

        objectName: root.objectName + ".viewer"
    }
}
